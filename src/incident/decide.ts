import { unreachable } from '../base/assert.ts';
import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh } from '../model/event.ts';
import { aboutApproval } from './about-approval.ts';
import { placeOf, refText } from '../model/item.ts';
import { aboutDuty, aboutFact } from './about-law.ts';
import { aboutHold } from './holds.ts';
import { aboutPersonClock } from './person-clocks.ts';
import { decided } from './about-decision.ts';
import { aboutStep, answered, stepOf, waived } from './about-step.ts';
import { needed, staff } from './said.ts';
import { aboutTeam } from './about-team.ts';
import type { DecideContext } from './said.ts';
import { privilegedBy } from './privileged.ts';
import { kept } from './handed.ts';
import { inDoubt } from './state.ts';
import type { IncidentState } from './state.ts';

export { stepOf };

/** What a command becomes: the events to write, in order. Pure; refusals are Problems with the fact that is in the way. */
export const decide = (state: IncidentState, command: Command, context: DecideContext): readonly Fresh[] => {
  if (state.phase === 'unopened') throw new Problem('no-incident');
  // A closed incident can still be written about: what is learned later must have a place, and an authority answers by day.
  if (state.phase === 'closed' && !AFTERWARDS.has(command.do))
    throw new Problem('incident-closed', { incident: state.codename });
  switch (command.do) {
    case 'start':
    case 'tick':
    case 'skip':
    case 'reopen':
    case 'override':
      return aboutStep(state, command, context);
    case 'waive':
      return waived(state, command, context);
    case 'ask-approval':
    case 'approve':
    case 'review':
      return aboutApproval(state, command, context);
    case 'hold':
    case 'lift':
      return aboutHold(state, command, context);
    case 'answer':
      return answered(stepOf(state, command.step), command.answer, command.reason, state, context);
    case 'decide':
      return decided(state, command, context);
    case 'learn':
    case 'correct':
    case 'rule-out':
      return aboutFact(state, command, context);
    case 'submit':
    case 'prove':
    case 'acknowledge':
      return aboutDuty(state, command, context);
    case 'open-clock':
    case 'correct-clock':
    case 'extend-clock':
    case 'end-clock':
      return aboutPersonClock(state, command, context);
    case 'note':
    case 'call':
    case 'severity':
    case 'role':
      return [written(state, command, context)];
    case 'hand-over':
    case 'take-role':
    case 'withdraw':
    case 'give-task':
    case 'take-task':
    case 'end-task':
      return aboutTeam(state, command, context);
    case 'settle':
      return settled(state, command, context);
    case 'keep-journal':
      return kept(state, command, context);
    case 'close':
      return closed(state, command, context);
    default:
      return unreachable(command);
  }
};

/** What is still to be done when all is over: something is learned, kept, or let go. */
const AFTERWARDS: ReadonlySet<Command['do']> = new Set([
  'note',
  'hold',
  'lift',
  'approve',
  'keep-journal',
  'submit',
  'prove',
  'acknowledge',
]);

type WrittenCommand = Extract<Command, { do: 'note' | 'call' | 'severity' | 'role' }>;

/** What is written down as it was said: nothing in the incident stands in its way. */
const written = (state: IncidentState, command: WrittenCommand, context: DecideContext): Fresh => {
  switch (command.do) {
    case 'note': {
      const { text, at = context.now, star = false, corrects = null } = command;
      return {
        kind: 'note.added',
        pub: { at, star, corrects, ...privilegedBy(state, command, context) },
        priv: { text: needed(text, 'text', context) },
      };
    }
    case 'call': {
      const { contact, outcome, note } = command;
      const priv = note === undefined ? {} : { priv: { note: staff(note, context) } };
      return { kind: 'contact.called', pub: { contact, outcome }, ...priv };
    }
    case 'severity': {
      const { severity, reason } = command;
      return {
        kind: 'severity.set',
        pub: { severity },
        priv: { reason: needed(reason, 'reason', context) },
      };
    }
    case 'role':
      return { kind: 'role.claimed', pub: { role: command.role, person: command.person } };
  }
};

const settled = (
  state: IncidentState,
  command: Extract<Command, { do: 'settle' }>,
  context: DecideContext,
): readonly Fresh[] => {
  const act = state.acts.get(command.intent);
  if (act === undefined) throw noSuchAttempt(state, command.intent);
  if (!inDoubt(act)) throw new Problem('usage', { why: 'the outcome of this attempt is known already' });
  return [
    {
      kind: 'act.outcome',
      pub: {
        intent: act.intent,
        step: act.step,
        target: act.target,
        result: command.result,
        http: null,
        by: 'person',
      },
      priv: { detail: needed(command.reason, 'reason', context) },
    },
  ];
};

/** A batch is no attempt: each of its targets is one, and those that wait for an answer are named. */
const noSuchAttempt = (state: IncidentState, ref: number): Problem => {
  const { entry } = placeOf(ref);
  const near = [...state.acts.values()]
    .filter((act) => placeOf(act.intent).entry === entry && inDoubt(act))
    .map((act) => refText(act.intent));
  const meant = near.length === 0 ? {} : { near: near.slice(0, 3).join(', ') };
  return new Problem('not-found', { what: 'attempt', id: refText(ref), ...meant });
};

const closed = (
  state: IncidentState,
  command: Extract<Command, { do: 'close' }>,
  context: DecideContext,
): readonly Fresh[] => {
  if (command.outcome === 'drill-ended' && !state.drill)
    throw new Problem('usage', { why: 'only a drill ends as a drill' });
  const unsure = [...state.acts.values()].filter(inDoubt);
  // A false alarm too may have changed something that nobody has looked at.
  if (unsure.length > 0 && command.outcome !== 'drill-ended') {
    const which = unsure.map((act) => act.target).join(', ');
    throw new Problem('outcome-unknown', { targets: which, why: 'say what became of it before closing' });
  }
  return [
    {
      kind: 'incident.closed',
      pub: { outcome: command.outcome },
      priv: { summary: needed(command.summary, 'summary', context) },
    },
  ];
};
