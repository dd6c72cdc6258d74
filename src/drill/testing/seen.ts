import type { ConditionContext } from '../../base/condition.ts';
import { askedAgain } from '../../incident/again.ts';
import { evolve } from '../../incident/evolve.ts';
import { hasEnded } from '../../incident/ready.ts';
import type { Progress, StepStatus, StepView } from '../../incident/ready.ts';
import { inDoubt, unopened } from '../../incident/state.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Recorded } from '../../model/event.ts';
import type { letterWords } from '../../model/runbook-test.ts';
import type { Known } from '../../model/scenario.ts';
import type { ContainmentView } from '../../projections/containment.ts';
import type { ClockView } from '../../projections/countdowns.ts';

/** What a played test came to. All of it is read from the journal and the simulators: what the script meant to do counts for nothing. */
export type Seen = Readonly<{
  /** Steps in the order in which they ended. */
  path: readonly string[];
  /** Decisions whose facts changed under them, at some time. */
  again: readonly string[];
  /** Steps whose outcome was not known, at some time. */
  unsure: readonly string[];
  steps: ReadonlyMap<string, StepStatus>;
  clocks: ReadonlyMap<string, Pick<ClockView, 'standing' | 'startedAt' | 'due'>>;
  letters: ReadonlyMap<string, LetterWord>;
  containment: Pick<ContainmentView, 'bleeding' | 'targets'>;
  facts: ReadonlyMap<string, Known>;
  context: ConditionContext;
  /** At which step no script got further, and why; null where it came to its end. */
  stuck: Readonly<{ step: string; why: string }> | null;
}>;

export type LetterWord = (typeof letterWords)[number];

/** The way through the incident, told by its entries. */
export type Way = Pick<Seen, 'path' | 'again' | 'unsure'>;

/** Steps of which the entry says that nobody knows how it ended. */
const doubted = (state: IncidentState, entry: Recorded): readonly string[] => {
  if (entry.kind === 'act.outcome')
    return entry.pub.result === 'unknown' && entry.pub.step !== null ? [entry.pub.step] : [];
  if (entry.kind !== 'batch.outcome') return [];
  const { step } = entry.pub;
  return step !== null && [...state.acts.values()].some((act) => act.step === step && inDoubt(act))
    ? [step]
    : [];
};

export const wayThrough = (entries: readonly Recorded[]): Way => {
  const path: string[] = [];
  const again = new Set<string>();
  const unsure = new Set<string>();
  let state = unopened;
  for (const entry of entries) {
    state = evolve(state, entry);
    if (entry.kind === 'step.finished' || entry.kind === 'step.skipped') path.push(entry.pub.step);
    if (entry.kind.startsWith('fact.'))
      for (const { decision } of askedAgain(state)) if (decision.step !== null) again.add(decision.step);
    for (const step of doubted(state, entry)) unsure.add(step);
  }
  return { path, again: [...again], unsure: [...unsure] };
};

/** Whether a letter was written, is still to be written, or will not be. `complete`: the draft of this moment is. */
export const letterWord = (views: readonly StepView[], letter: string, complete: boolean): LetterWord => {
  const writing = views.filter(({ step }) => step.kind === 'write' && step.letter === letter);
  if (writing.some(({ status }) => status === 'done' || status === 'hand'))
    return complete ? 'complete' : 'incomplete';
  return writing.some(({ status }) => !hasEnded(status)) ? 'open' : 'not-needed';
};

export const statusesOf = ({ steps }: Progress): ReadonlyMap<string, StepStatus> =>
  new Map(steps.map(({ step, status }) => [step.id, status]));
