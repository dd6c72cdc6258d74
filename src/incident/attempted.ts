import type { PlannedStep, Target } from '../model/plan.ts';
import { placeOf } from '../model/item.ts';
import { inDoubt } from './state.ts';
import type { Act, IncidentState, StepState } from './state.ts';

/** What the attempts on its targets say of a step: while it is open, and once it was finished. */

/** Where every step stands, in the words of the screen. `void`: its condition is false, so it is not needed (yet). */
export type StepStatus = 'todo' | 'now' | 'wait' | 'done' | 'hand' | 'skip' | 'fail' | 'unsure' | 'void';

type Standing = Readonly<{ status: StepStatus; because: string }>;

/** Some targets by name; of many the first few and how many more. */
const someOf = (targets: readonly string[]): string => {
  const few = targets.length <= NAMED + 1 ? targets : targets.slice(0, NAMED);
  const more = targets.length - few.length;
  return `${few.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
};
const NAMED = 5;
export const named = (acts: readonly Act[]): string => someOf(acts.map((act) => act.target));

const isFailed = (act: Act): boolean =>
  act.result === 'failed' || act.result === 'forbidden' || act.result === 'not-supported';
const isUnproved = (act: Act): boolean => !isFailed(act) && !inDoubt(act) && act.proof !== 'proved';

/** Where an open step stands by its attempts: the worst of them says it. */
export const standingOf = (step: PlannedStep, state: IncidentState, acts: readonly Act[]): Standing => {
  const unsure = acts.filter(inDoubt);
  if (unsure.length > 0) {
    return {
      status: 'unsure',
      because: `the outcome on ${named(unsure)} is not known: it may have happened`,
    };
  }
  const failed = acts.filter(isFailed);
  if (failed.length > 0) return { status: 'fail', because: `it did not work on ${named(failed)}` };
  const refuted = acts.filter((act) => act.proof === 'refuted');
  if (refuted.length > 0)
    return {
      status: 'fail',
      because: `the system still answers for ${named(refuted)}`,
    };
  const unproved = acts.filter(isUnproved);
  if (unproved.length > 0) return { status: 'now', because: `not proved yet for ${named(unproved)}` };
  return { status: state.steps.get(step.id)?.status === 'started' ? 'now' : 'todo', because: '' };
};

/** What a finished step stopped and the system answers for again. A tick by hand stands against what was told before it. */
const cameBack = (acts: readonly Act[], how: StepState['how']): Standing | null => {
  const back = acts.filter((act) => act.proof === 'refuted' && !act.undone && (how === 'acted' || act.hand));
  if (back.length === 0) return null;
  const [never, again] = [
    back.filter(({ drifts }) => drifts.length === 0),
    back.filter(({ drifts }) => drifts.length > 0),
  ];
  return {
    status: 'fail',
    because: [
      ...(again.length === 0 ? [] : [`it was proved off and answers again: ${named(again)}`]),
      ...(never.length === 0 ? [] : [`done by hand, and the system still answers: ${named(never)}`]),
    ].join('; '),
  };
};

const beganAfter = ({ intent }: Act, { n }: StepState): boolean => placeOf(intent).entry > n;

/**
 * Targets that the answer to its fact names only since the step was finished: it was finished for the others. What a person did by hand
 * where no system is told of leaves no attempt, so a changed answer asks for a look at all of it.
 */
const namedSince = (
  step: PlannedStep,
  { facts }: IncidentState,
  recorded: StepState,
  targets: readonly Target[],
  acts: readonly Act[],
): readonly string[] => {
  const fact = step.kind === 'act' && step.from_fact !== null ? facts.get(step.from_fact) : undefined;
  if (fact === undefined || fact.n < recorded.n) return [];
  const before = new Set(acts.filter((act) => !beganAfter(act, recorded)).map(({ target }) => target));
  return targets.map(({ item }) => item).filter((item) => !before.has(item));
};

/** Why a finished step is to be looked at again; null where it is not. */
export const openAgain = (
  step: PlannedStep,
  state: IncidentState,
  recorded: StepState,
  targets: readonly Target[],
  acts: readonly Act[],
): Standing | null => {
  const back = cameBack(acts, recorded.how);
  if (back !== null) return back;
  // What was tried after it was finished speaks for itself: it was finished by other attempts.
  const later = acts.filter((act) => !act.undone && beganAfter(act, recorded));
  const standing = standingOf(step, state, later);
  if (standing.because !== '') return standing;
  const untried = namedSince(step, state, recorded, targets, acts).filter(
    (item) => !later.some(({ target }) => target === item),
  );
  if (untried.length === 0) return null;
  return { status: 'now', because: `named since it was finished, and not done: ${someOf(untried)}` };
};
