import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh } from '../model/event.ts';
import { limits } from '../model/limits.ts';
import type { Role } from '../model/names.ts';
import { needed } from './said.ts';
import type { DecideContext } from './said.ts';
import type { IncidentState } from './state.ts';
import type { Offer, Task } from './team-state.ts';

/** What commands about people become: a role goes over once it was said back, a task is one person's and has a time. */

type TeamCommand = Extract<
  Command,
  { do: 'hand-over' | 'take-role' | 'withdraw' | 'give-task' | 'take-task' | 'end-task' }
>;

export const aboutTeam = (
  state: IncidentState,
  command: TeamCommand,
  context: DecideContext,
): readonly Fresh[] => {
  switch (command.do) {
    case 'hand-over':
      return [offered(state, command, context)];
    case 'take-role':
      return [taken(state, command, context)];
    case 'withdraw': {
      const offer = offerOf(state, command.role);
      return [
        {
          kind: 'handover.withdrawn',
          pub: { role: offer.role, offer: offer.n },
          priv: { reason: needed(command.reason, 'reason', context) },
        },
      ];
    }
    case 'give-task':
      return [given(command, context)];
    case 'take-task': {
      const task = openTask(state, command.task);
      if (task.acknowledgedAt !== null) throw usage(`${task.person} has said yes to task ${task.n} already`);
      if (task.person !== context.actor)
        throw usage(
          `task ${task.n} is ${task.person}'s, and only ${task.person} says yes to it: firebreak --as ${task.person} task ack ${task.n}`,
        );
      return [{ kind: 'task.acknowledged', pub: { task: task.n } }];
    }
    case 'end-task': {
      const task = openTask(state, command.task);
      const what = command.how === 'done' ? 'result' : 'reason';
      return [
        {
          kind: 'task.ended',
          pub: { task: task.n, how: command.how },
          priv: { note: needed(command.note, what, context) },
        },
      ];
    }
  }
};

const usage = (why: string): Problem => new Problem('usage', { why });

/** A name that means nobody: what is everybody's is done by no one. */
const NOBODY = /^(?:team|everyone|everybody|anyone|anybody|someone|somebody|all|us|we|they)$/i;
const HANDLE = /^[a-z0-9][a-z0-9._-]{0,79}$/i;

/** What is wrong with it as the name of one person; null where nothing is. */
export const whyNoPerson = (person: string): string | null => {
  if (NOBODY.test(person)) return `"${person}" is nobody: name one person, who then answers for it`;
  return HANDLE.test(person) ? null : `"${person}" is no handle: letters, digits, dots and hyphens`;
};

const named = (person: string): string => {
  const why = whyNoPerson(person);
  if (why !== null) throw usage(why);
  return person;
};

const offered = (
  state: IncidentState,
  { role, to, note }: Extract<Command, { do: 'hand-over' }>,
  context: DecideContext,
): Fresh => {
  const from = state.roles.get(role);
  if (from === undefined)
    throw usage(
      `nobody holds the role of ${role}, so it needs no handover: firebreak role ${role} ${named(to)}`,
    );
  if (from === named(to)) throw usage(`${to} holds the role of ${role} already`);
  return {
    kind: 'handover.offered',
    pub: { role, from, to },
    priv: { note: needed(note, 'note: how it stands, and what to do if it turns out otherwise', context) },
  };
};

const offerOf = (state: IncidentState, role: Role): Offer => {
  const offer = state.team.offers.get(role);
  if (offer !== undefined) return offer;
  const open = [...state.team.offers.keys()].join(', ');
  throw usage(
    `nobody hands over the role of ${role}${open === '' ? '' : `; on its way is ${open}`}: firebreak handover offer ${role} --to HANDLE begins it`,
  );
};

/** Fewer words say nothing back: "ok" is how things get lost. */
const WORDS_MIN = 4;
/** Scripts that write no space between words: about two signs are one. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/gu;
const SIGNS_A_WORD = 2;
export const whyNoReadBack = (said: string): string | null =>
  said.trim().split(/\s+/).length + (said.match(UNSPACED)?.length ?? 0) / SIGNS_A_WORD < WORDS_MIN
    ? 'say back in your own words how it stands and what comes next; an "ok" tells nobody what arrived'
    : null;

const taken = (
  state: IncidentState,
  { role, person, said }: Extract<Command, { do: 'take-role' }>,
  context: DecideContext,
): Fresh => {
  const offer = offerOf(state, role);
  if (offer.to !== person)
    throw usage(
      `${offer.from} hands the role of ${role} to ${offer.to}, not to ${person}; firebreak role ${role} ${person} takes it without a handover, which everybody will read`,
    );
  const why = whyNoReadBack(said);
  if (why !== null) throw usage(why);
  return {
    kind: 'handover.taken',
    pub: { role, offer: offer.n, person },
    priv: { said: needed(said, 'read-back', context) },
  };
};

const given = (
  { person, text, minutes }: Extract<Command, { do: 'give-task' }>,
  context: DecideContext,
): Fresh => {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > limits.taskMinutesMax)
    throw usage(`a task has a time in whole minutes, from 1 to ${limits.taskMinutesMax}`);
  return {
    kind: 'task.given',
    pub: { person: named(person), due_at: (context.now + minutes * MINUTE) as Instant },
    priv: { text: needed(text, 'task', context) },
  };
};

const openTask = (state: IncidentState, n: number): Task => {
  const task = state.team.tasks.get(n);
  const open = [...state.team.tasks.values()]
    .filter(({ ended }) => ended === null)
    .map((one) => String(one.n));
  if (task === undefined)
    throw new Problem('not-found', {
      what: 'task',
      id: String(n),
      ...(open.length === 0 ? {} : { near: open.join(', ') }),
    });
  if (task.ended !== null) throw usage(`task ${n} has ended: ${task.ended.how}`);
  return task;
};
