import { conditionName, evaluate, parseCondition } from '../base/condition.ts';
import type { Json } from '../base/canonical.ts';
import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { hasEnded } from '../incident/ready.ts';
import type { Progress } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { DrillSource } from '../model/drill.ts';
import type { ClockView } from '../projections/countdowns.ts';

/** The result of a drill, all of it computed from the journal and from the state of the simulators. */
export type Measure = Readonly<{ id: string; title: string; value: string; target: string; met: boolean }>;
export type End = Readonly<{ id: string; says: string; holds: boolean }>;
export type Scored = Readonly<{ passed: boolean; measures: readonly Measure[]; ends: readonly End[] }>;

export type ScoreInput = Readonly<{
  drill: DrillSource;
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  truth: Readonly<Record<string, Json>>;
  start: Instant;
}>;

/** To a tenth of a minute. */
const minutes = (ms: number): string => `${Math.round((ms * 10) / MINUTE) / 10} min`;

const endOf = (input: ScoreInput, end: DrillSource['end'][number]): End => {
  const parsed = parseCondition(end.check, 'drill');
  const context = {
    facts: Object.fromEntries([...input.state.facts].map(([id, fact]) => [conditionName(id), fact.value])),
    steps: Object.fromEntries(
      input.progress.steps.map(({ step, status }) => [conditionName(step.id), status]),
    ),
    incident: { severity: input.state.severity, drill: true },
    sim: input.truth,
    clocks: Object.fromEntries(input.clocks.map((clock) => [clockName(clock.duty), clock.standing])),
  };
  const verdict = parsed.ok ? evaluate(parsed.condition, context) : parsed.message;
  // A check that cannot be told is a check that failed, and says why.
  return {
    id: end.id,
    says: typeof verdict === 'string' ? `${end.says} (${verdict})` : end.says,
    holds: verdict === true,
  };
};

/** `gdpr.33-1` as a condition spells it: `clocks.gdpr_33_1`. */
const clockName = (duty: string): string => duty.replaceAll(/[.-]/g, '_');

const containedAt = (input: ScoreInput): Instant | null => {
  const stopping = input.progress.steps.filter(
    ({ step }) => step.phase === 'contain' && step.kind === 'act' && step.stops,
  );
  // One proof is not containment while another tap runs.
  if (!stopping.every(({ status }) => hasEnded(status))) return null;
  const steps = new Set(stopping.filter(({ status }) => status === 'done').map(({ step }) => step.id));
  const proofs = [...input.state.acts.values()].filter(
    (act) => act.step !== null && steps.has(act.step) && act.proof === 'proved',
  );
  const last = Math.max(...proofs.map((act) => act.provedAt ?? 0));
  return proofs.length === 0 ? null : (last as Instant);
};

const timed = (id: string, title: string, ms: number | null, withinMinutes: number): Measure => ({
  id,
  title,
  value: ms === null ? 'not contained' : minutes(ms),
  target: `${withinMinutes} min`,
  met: ms !== null && ms <= withinMinutes * MINUTE,
});

/** Something of which there should be none. */
const none = (id: string, title: string, count: number): Measure => ({
  id,
  title,
  value: count === 0 ? 'none' : String(count),
  target: 'none',
  met: count === 0,
});

const measures = (input: ScoreInput): readonly Measure[] => {
  const { drill, state, progress, clocks, start } = input;
  const contained = containedAt(input);
  const undecided = state.decisions.filter((decision) => decision.decider === '');
  const late = clocks.filter(
    (clock) => !clock.context && (clock.standing === 'overdue' || clock.standing === 'met-late'),
  );
  return [
    timed('declare', 'Time to declare', state.openedAt - start, drill.targets.declare_minutes),
    timed(
      'contain',
      'Time to contain, proved',
      contained === null ? null : contained - state.openedAt,
      drill.targets.contain_minutes,
    ),
    none('clocks', 'Clocks missed', late.length),
    none('unsure', 'Outcomes left unsure', progress.unsure),
    none('skipped', 'Steps skipped', progress.skipped),
    none('decisions', 'Decisions without a decider', undecided.length),
    // An override is nobody's failure: it is looked at afterwards.
    { ...none('overrides', 'Overrides taken', state.overrides.length), target: 'each reviewed', met: true },
  ];
};

/** Passed means: everything that must be true at the end is true in the simulators, and nothing is left open. */
export const score = (input: ScoreInput): Scored => {
  const ends = input.drill.end.map((end) => endOf(input, end));
  const open = input.progress.current !== null;
  const all: readonly End[] = [
    ...ends,
    { id: 'every-step', says: 'Every step is done, skipped with a reason or not needed', holds: !open },
  ];
  return { passed: all.every((end) => end.holds), measures: measures(input), ends: all };
};
