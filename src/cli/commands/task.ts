import { taskTime, taskWord, type TaskRow } from '../../projections/team.ts';
import { askLine, reasonFor } from '../ask.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { utcOrNull } from '../words.ts';

/** One named person does one thing within a time, and has said yes to it. */

export const listTasks: Run = async (context, input) => {
  const incident = await context.incident(input.args[0] ?? null);
  const { team, zone } = incident.view();
  const { print } = context;
  if (print.json) {
    print.object('tasks', { incident: incident.id, tasks: team.tasks.map(taskJson) });
    return 0;
  }
  for (const task of team.tasks) {
    const time = taskTime(task);
    print.line(`${taskWord(task)} ${task.n} ${task.person}: ${task.text}`);
    print.line(
      `    given by ${task.by}, until ${bothTimes(task.dueAt, zone)}${time === '' ? '' : `, ${time}`}${task.silent ? '; has not said yes' : ''}`,
    );
  }
  if (team.tasks.length === 0)
    print.say('Nobody was asked for anything yet: firebreak task give HANDLE WHAT --minutes N');
  return 0;
};

const taskJson = (task: TaskRow) => ({
  task: task.n,
  person: task.person,
  text: task.text,
  by: task.by,
  given: utcOrNull(task.at),
  due: utcOrNull(task.dueAt),
  acknowledged: utcOrNull(task.acknowledgedAt),
  ended:
    task.ended === null ? null : { how: task.ended.how, at: utcOrNull(task.ended.at), entry: task.ended.n },
  late: task.late,
});

export const give: Run = async (context, input) => {
  const incident = await context.writable();
  const [person = '', ...words] = input.args;
  const minutes = input.number('minutes', 1);
  if (minutes === null) throw usage('say how long it may take: --minutes N');
  return await record(
    context,
    incident,
    { do: 'give-task', person, text: words.join(' '), minutes },
    `ASKED ${person} within ${minutes} min: ${words.join(' ')}`,
  );
};

const numbered = (given: string): number => {
  if (!/^\d{1,9}$/.test(given))
    throw usage(`name a task by its number, as firebreak task shows it, not "${given}"`);
  return Number(given);
};

export const acknowledge: Run = async (context, input) => {
  const incident = await context.writable();
  const task = numbered(input.arg(0));
  return await record(context, incident, { do: 'take-task', task }, `YES to task ${task}`);
};

export const done: Run = async (context, input) => {
  const incident = await context.writable();
  const task = numbered(input.arg(0));
  const typed = input.args.slice(1).join(' ');
  const note =
    typed === ''
      ? await askLine(context, 'What came of it?', {
          what: 'the end of a task',
          flags: 'the result, after the number',
        })
      : typed;
  return await record(context, incident, { do: 'end-task', task, how: 'done', note }, `DONE task ${task}`);
};

export const drop: Run = async (context, input) => {
  const incident = await context.writable();
  const task = numbered(input.arg(0));
  const note = await reasonFor(context, input.text('why'), `dropping task ${task}`);
  return await record(
    context,
    incident,
    { do: 'end-task', task, how: 'dropped', note },
    `DROPPED task ${task}`,
  );
};
