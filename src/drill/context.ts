import { conditionName, evaluate, parseCondition } from '../base/condition.ts';
import type { Condition, ConditionContext } from '../base/condition.ts';
import type { Json } from '../base/canonical.ts';
import { SECOND } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import type { Progress } from '../incident/ready.ts';
import type { Act, IncidentState } from '../incident/state.ts';

/** What the conditions of a scenario may ask about, at one moment. */
export type Moment = Readonly<{
  state: IncidentState;
  progress: Progress;
  /** The simulators' own state, by instance with underscores. */
  truth: Readonly<Record<string, Json>>;
  /** Standing by duty; only the checks at the end ask for clocks, and counting them is dear. */
  clocks?: Readonly<Record<string, string>>;
  start: Instant;
  now: Instant;
}>;

/** `gdpr.33-1` as a condition spells it: `clocks.gdpr_33_1`. */
export const clockName = (duty: string): string => duty.replaceAll(/[.-]/g, '_');

const seconds = (from: Instant, to: Instant): number => Math.floor((to - from) / SECOND);

/** Undone: what the step did last to some target has been taken back. */
const undoneSteps = (acts: Iterable<Act>): readonly string[] => {
  const found = new Set<string>();
  for (const act of acts) if (act.undone && act.step !== null) found.add(act.step);
  return [...found];
};

const actedOutside = (acts: Iterable<Act>): readonly string[] => {
  const found = new Set<string>();
  for (const act of acts)
    if (act.step === null && act.direction === 'do' && act.result === 'done')
      found.add(`${act.action}:${act.target}`);
  return [...found];
};

export const contextAt = ({ state, progress, truth, clocks, start, now }: Moment): ConditionContext => ({
  facts: Object.fromEntries([...state.facts].map(([id, fact]) => [conditionName(id), fact.value])),
  steps: Object.fromEntries(progress.steps.map(({ step, status }) => [conditionName(step.id), status])),
  incident: { severity: state.severity, drill: true },
  sim: truth,
  clocks: clocks ?? {},
  at: Object.fromEntries(
    [...state.steps].flatMap(([id, step]) =>
      step.endedAt === null ? [] : [[conditionName(id), seconds(start, step.endedAt)]],
    ),
  ),
  decided: Object.fromEntries(
    state.decisions.flatMap(({ step, option }) => (step === null ? [] : [[conditionName(step), option]])),
  ),
  time: Object.fromEntries(
    [...state.facts].map(([id, fact]) => [conditionName(id), seconds(start, fact.at)]),
  ),
  undone: undoneSteps(state.acts.values()),
  waived: [...state.waived.keys()],
  acted: actedOutside(state.acts.values()),
  second: seconds(start, now),
});

// A scenario asks the same few conditions again at every turn; parsing them again would cost more than asking.
const parsedBefore = new Map<string, Condition | string>();

const parsed = (text: string): Condition | string => {
  const before = parsedBefore.get(text);
  if (before !== undefined) return before;
  const found = parseCondition(text, 'drill');
  const kept = found.ok ? found.condition : found.message;
  parsedBefore.set(text, kept);
  return kept;
};

/** True, false, or why it cannot be told. */
export const asks = (text: string, context: ConditionContext): boolean | string => {
  const condition = parsed(text);
  return typeof condition === 'string' ? condition : evaluate(condition, context);
};
