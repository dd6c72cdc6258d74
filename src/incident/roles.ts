import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import { roles } from '../model/names.ts';
import type { Role } from '../model/names.ts';
import { stepsOf } from '../model/plan.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { IncidentState } from './state.ts';

/**
 * Which role may do what: one table. It guides honest people in the middle of the night and stops nobody who can edit a file;
 * therefore nobody is locked out by it: what nobody else is there for, anybody may do.
 */

/** What a person can do beside commands: run an action, keep evidence, draft a letter, destroy what has served its time. */
export type Deed = Command['do'] | 'run' | 'evidence' | 'letter' | 'destroy' | 'release';

const everybody = roles;
const hands: readonly Role[] = ['commander', 'responder'];
const helpers: readonly Role[] = ['commander', 'responder', 'scribe', 'comms', 'legal', 'pci'];
const lawyers: readonly Role[] = ['commander', 'legal', 'pci'];

/** A manager reads, notes, approves and reviews; whoever takes another role as well may do what that one may. */
export const mayDo: Readonly<Record<Deed, readonly Role[]>> = {
  note: everybody,
  call: everybody,
  role: everybody,
  'hand-over': everybody,
  'keep-journal': helpers,
  'take-role': everybody,
  withdraw: everybody,
  'give-task': helpers,
  'take-task': everybody,
  'end-task': everybody,
  'ask-approval': everybody,
  approve: everybody,
  review: everybody,
  run: hands,
  release: hands,
  override: hands,
  waive: hands,
  settle: hands,
  start: helpers,
  answer: helpers,
  tick: helpers,
  skip: hands,
  reopen: hands,
  learn: helpers,
  correct: helpers,
  evidence: helpers,
  letter: helpers,
  'rule-out': lawyers,
  decide: ['commander', 'legal', 'pci', 'comms'],
  severity: ['commander', 'legal', 'pci'],
  submit: ['commander', 'legal', 'pci', 'comms', 'scribe'],
  prove: ['commander', 'legal', 'pci', 'comms', 'scribe'],
  acknowledge: ['commander', 'legal', 'pci', 'comms', 'scribe'],
  'open-clock': helpers,
  'correct-clock': helpers,
  'extend-clock': ['commander', 'legal', 'comms'],
  'end-clock': ['commander', 'legal', 'comms', 'scribe'],
  close: ['commander'],
  hold: lawyers,
  lift: lawyers,
  destroy: ['commander', 'legal'],
};

/** Roles somebody has taken tonight, and beside them those that the workspace gives to whoever has taken none. */
const rolesOf = (state: IncidentState, person: string): readonly Role[] => {
  const taken = roles.filter((role) => state.roles.get(role) === person);
  return taken.length > 0 ? taken : (state.people.get(person)?.roles ?? []);
};

/** The role that a step was written for may take it, whatever the table says. */
const ownOf = (step: PlannedStep | undefined): readonly Role[] =>
  step === undefined ? [] : step.kind === 'decide' ? [step.role, step.decider] : [step.role];

type Holder = Readonly<{ role: Role; person: string }>;

/**
 * Who should be doing this instead; null where it may be done. Only a role that somebody else has taken stands in the way, so
 * that a role which nobody holds never blocks anything. Whoever has no role at all counts as a pair of hands.
 */
const heldByOthers = (
  state: IncidentState,
  actor: string,
  deed: Deed,
  stepId: string | null = null,
): Holder | null => {
  const step = state.plan === null ? undefined : stepsOf(state.plan).find(({ id }) => id === stepId);
  const may = new Set([...mayDo[deed], ...ownOf(step)]);
  const mine = rolesOf(state, actor);
  if ((mine.length === 0 ? (['responder'] as const) : mine).some((role) => may.has(role))) return null;
  const taken = [...may].map((role) => ({ role, person: state.roles.get(role) }));
  const other = taken.find(({ person }) => person !== undefined && person !== actor);
  return other?.person === undefined ? null : { role: other.role, person: other.person };
};

/** @throws Problem `not-authorised`, which names who may, and the way to take the role */
export const mustBeAllowed = (
  state: IncidentState,
  actor: string,
  deed: Deed,
  step: string | null = null,
): void => {
  const other = heldByOthers(state, actor, deed, step);
  if (other === null) return;
  const mine = rolesOf(state, actor);
  throw new Problem('not-authorised', {
    rule: 'role',
    why: `${mine.join(', ') === '' ? 'somebody without a role' : `the role of ${mine.join(', ')}`} does not ${deed.replaceAll('-', ' ')} while ${other.person} is ${other.role}`,
    next: `ask ${other.person}, or take the role yourself, which everybody will read: firebreak role ${other.role}`,
  });
};

/** Roles that the steps still ahead are written for, or decided by, and that nobody has taken. */
export const unfilledRoles = (state: IncidentState): readonly Role[] => {
  const ahead = (state.plan === null ? [] : stepsOf(state.plan)).filter(({ id }) => {
    const status = state.steps.get(id)?.status;
    return status !== 'finished' && status !== 'skipped';
  });
  const wanted = new Set<Role>(['commander', ...ahead.flatMap(ownOf)]);
  return state.phase === 'open' ? roles.filter((role) => wanted.has(role) && !state.roles.has(role)) : [];
};
