import { Problem } from '../base/problem.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { DecisionState, IncidentState } from './state.ts';

/** Decisions rest on facts, and facts are corrected: what was decided on others than stand now is asked again, never changed. */

/** A fact that a decision rested on, with the entry then and now; null where nobody had recorded it. */
export type Changed = Readonly<{ fact: string; was: number | null; is: number | null }>;

export type Again = Readonly<{ decision: DecisionState; changed: readonly Changed[] }>;

/** Decisions that stand: of a step the newest, of the others each that was not decided anew. */
export const standingDecisions = ({ decisions }: IncidentState): readonly DecisionState[] => {
  const anew = new Set(decisions.map(({ instead }) => instead));
  const newest = new Map(decisions.map((one) => [one.step ?? one.n, one.n] as const));
  return decisions.filter(({ n, step }) => newest.get(step ?? n) === n && !anew.has(n));
};

/** What changed under a decision since it was made. A decision of a time when nothing was kept about that rests on nothing. */
export const changedUnder = (decision: DecisionState, { facts }: IncidentState): readonly Changed[] =>
  (decision.relies ?? []).flatMap(({ fact, n: was }) => {
    const is = facts.get(fact)?.n ?? null;
    return is === was ? [] : [{ fact, was, is }];
  });

/** Decisions that are to be made again, or confirmed with a reason, oldest first. */
export const askedAgain = (state: IncidentState): readonly Again[] =>
  standingDecisions(state)
    .map((decision) => ({ decision, changed: changedUnder(decision, state) }))
    .filter(({ changed }) => changed.length > 0);

/** Why it is asked again, in words. */
export const againWords = ({ decision, changed }: Again): string =>
  `decided in entry ${decision.n}, and since then ${changed
    .map(({ fact, was, is }) =>
      was === null
        ? `${fact} became known (entry ${is})`
        : `${fact} has changed (entry ${was}, now ${is ?? 'none'})`,
    )
    .join(', ')}: decide anew, or confirm it with the reason`;

/** The facts that a decision rests on, each with the entry that stands: what the step names, what its advice was drawn from, what a person adds. */
export const reliedOn = (
  { facts }: IncidentState,
  step: PlannedStep | null,
  named: readonly string[],
): readonly Readonly<{ fact: string; n: number | null }>[] => {
  const own = step?.kind === 'decide' ? step.fact : null;
  const all = new Set([...(step?.kind === 'decide' ? (step.relies ?? []) : []), ...named]);
  return [...all].filter((fact) => fact !== own).map((fact) => ({ fact, n: facts.get(fact)?.n ?? null }));
};

/** @throws Problem `not-found` where the entry is no decision that stands without a step */
export const needDecision = (state: IncidentState, n: number): DecisionState => {
  const found = standingDecisions(state).find((one) => one.n === n && one.step === null);
  if (found === undefined)
    throw new Problem('not-found', { what: 'decision without a step, in entry', id: String(n) });
  return found;
};
