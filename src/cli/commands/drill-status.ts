import { resolve } from 'node:path';
import type { Cadence, Programme, Turn } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';
import { turnWords } from '../../projections/programme/cadence.ts';
import { callWords } from '../../app/drill-words.ts';
import { utcOrNull } from '../words.ts';
import type { Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';

export const status: Run = async (context, input) => {
  const app = await context.app('drill');
  const programme = await app.programme();
  if (input.flag('ics')) return calendar(context, input, programme);
  const view = programme.cadence();
  const unreadable = programme.unreadable();
  if (context.print.json) context.print.object('drill-status', json(view, unreadable));
  else tell(context, view, unreadable);
  if (input.flag('check') && view.late.length > 0)
    throw new Problem('drill-overdue', {
      what: view.late.join('; '),
      next: 'firebreak drill run <runbook> plays one; firebreak drill items shows improvements',
    });
  return 0;
};

function calendar(context: Context, input: Input, programme: Programme): number {
  const out = input.text('out');
  if (out === '-') {
    context.world.environment.stdout.write(programme.calendar());
    return 0;
  }
  // Lines of a calendar end with a carriage return, which is nothing for a terminal.
  const { cwd } = context.world.environment;
  context.print.line(programme.writeCalendar(out === null ? null : resolve(cwd, out)));
  return 0;
}

const words = {
  fine: 'in time',
  due: 'DUE SOON',
  overdue: 'OVERDUE',
  never: 'NEVER',
} as const satisfies Readonly<Record<Turn['standing'], string>>;

const cells = (turn: Turn): readonly string[] => [
  words[turn.standing],
  turn.last ?? 'never',
  turn.due ?? 'now',
];

const callRow = (call: Cadence['call']): readonly string[] =>
  call === null
    ? ['call test', 'NEVER', 'never', '', 'firebreak drill call <contact> writes one down']
    : [
        'call test',
        call.result === 'reached' ? 'reached' : 'NOT REACHED',
        call.day,
        '',
        `${call.contact}, in ${call.drill}: ${callWords(call)}`,
      ];

function tell({ print }: Context, view: Cadence, unreadable: readonly string[]): void {
  const { programme, rules } = view;
  print.table(
    ['WHAT', 'STANDS', 'LAST', 'DUE', 'NAME'],
    [
      ['next drill', ...cells(programme), `at most ${rules.programme_days} days apart`],
      ...view.scenarios.map((one) => [
        `scenario ${one.runbook}`,
        ...cells(one),
        `${one.title}${one.passed === false ? ' (last one NOT PASSED)' : ''}`,
      ]),
      ...view.people.map((one) => [
        `person ${one.person}`,
        ...cells(one),
        one.joined === null ? '' : `joined ${one.joined}`,
      ]),
      ...view.elements.map((one) => [`pci ${one.element}`, ...cells(one), one.says]),
      callRow(view.call),
    ],
  );
  print.say(`The next drill: ${turnWords(programme)}.`);
  print.say(
    `${view.openItems} improvements are open, ${view.overdueItems.length} overdue. firebreak drill items lists them.`,
  );
  print.say(
    `Counted: ${view.played} drills that people played to their score. Not counted: ${view.scripted} that the scripted responder played.`,
  );
  if (view.people.length === 0)
    print.say('Nobody is on call: people with their roles stand in firebreak.yaml under people:.');
  for (const id of unreadable) print.say(`The journal of ${id} does not open; it is not counted.`);
}

const json = (view: Cadence, unreadable: readonly string[]) => ({
  today: view.today,
  rules: view.rules,
  programme: view.programme,
  scenarios: view.scenarios,
  people: view.people,
  pci_elements: view.elements,
  call_test:
    view.call === null
      ? null
      : {
          drill: view.call.drill,
          contact: view.call.contact,
          result: view.call.result,
          rung_at: utcOrNull(view.call.rung),
          answered_at: utcOrNull(view.call.answered),
        },
  items_open: view.openItems,
  items_overdue: view.overdueItems.map(({ name }) => name),
  played_by_people: view.played,
  played_by_script: view.scripted,
  overdue: view.late,
  due_soon: view.soon,
  unreadable,
});
