import type { Json } from '../base/canonical.ts';
import { conditionHolds, conditionName } from '../base/condition.ts';
import type { PlannedStep, Target } from '../model/plan.ts';
import { stepsOf } from '../model/plan.ts';
import { againWords, askedAgain, type Again } from './again.ts';
import { named, openAgain, standingOf } from './attempted.ts';
import type { StepStatus } from './attempted.ts';
import { inDoubt } from './state.ts';
import type { Act, IncidentState } from './state.ts';

export type { StepStatus };

export type StepView = Readonly<{
  step: PlannedStep;
  status: StepStatus;
  /** Why it waits, failed or is unsure: a plain sentence without foreign text. */
  because: string;
  targets: readonly Target[];
  /** The newest attempt on each target, in the order in which they were first tried. */
  acts: readonly Act[];
}>;

export type Progress = Readonly<{
  steps: readonly StepView[];
  /** The one step a person should look at now; null when nothing is left. */
  current: StepView | null;
  next: StepView | null;
  done: number;
  skipped: number;
  unsure: number;
  total: number;
}>;

const ended: ReadonlySet<StepStatus> = new Set(['done', 'hand', 'skip', 'void']);
export const hasEnded = (status: StepStatus): boolean => ended.has(status);

/** A target that is a fact's answer: ids of inventory rows, known once the fact is. */
export const targetsOf = (step: PlannedStep, state: IncidentState): readonly Target[] => {
  if (step.kind !== 'act') return [];
  if (step.from_fact === null) return step.targets;
  const value: Json = state.facts.get(step.from_fact)?.value ?? null;
  const chosen = new Set(Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []);
  return step.targets.filter((target) => chosen.has(target.item));
};

/** The newest attempt to do a step, for each target; undos are not among them, nor what a rotation does beside it. */
export const latestActs = (step: string, state: IncidentState): ReadonlyMap<string, Act> => {
  const latest = new Map<string, Act>();
  for (const act of state.acts.values())
    if (act.step === step && act.direction === 'do' && act.stage === undefined) latest.set(act.target, act);
  return latest;
};

/** Undos of a step whose outcome is not known: what was stopped may be on again. */
export const undosInDoubt = (step: string, state: IncidentState): readonly Act[] =>
  [...state.acts.values()].filter(
    (act) => act.step === step && act.direction === 'undo' && act.stage === undefined && inDoubt(act),
  );

const facts = (state: IncidentState): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    [...state.facts].map(([id, fact]) => [
      conditionName(id),
      fact.known && !fact.ruledOut ? fact.value : null,
    ]),
  );

/** `known` is what conditions may ask about; `again` the decisions that are asked again, by their step. */
type Context = Readonly<{ known: Json; again: ReadonlyMap<string | null, Again> }>;

const viewOf = (
  step: PlannedStep,
  state: IncidentState,
  before: ReadonlyMap<string, StepStatus>,
  context: Context,
): StepView => {
  const latest = latestActs(step.id, state);
  const targets = targetsOf(step, state);
  const acts = [...latest.values()];
  const base = { step, targets, acts };
  const undoing = undosInDoubt(step.id, state);
  if (undoing.length > 0) {
    const which = named(undoing);
    return {
      ...base,
      status: 'unsure',
      because: `the outcome of undoing it on ${which} is not known: it may be on again`,
    };
  }
  const recorded = state.steps.get(step.id);
  const again = context.again.get(step.id);
  if (again !== undefined && recorded?.status === 'finished')
    return { ...base, status: 'now', because: againWords(again) };
  if (recorded?.status === 'skipped') return { ...base, status: 'skip', because: 'left out with a reason' };
  if (recorded?.status === 'finished') {
    const reopened = openAgain(step, state, recorded, targets, acts);
    if (reopened !== null) return { ...base, ...reopened };
    return { ...base, status: recorded.how === 'by-hand' ? 'hand' : 'done', because: '' };
  }
  if (step.kind === 'wait' && step.fact !== null && state.facts.get(step.fact)?.known === true) {
    return { ...base, status: 'done', because: `${step.fact} is known` };
  }
  // What was taken back stands neither for nor against the step: it is to be done again.
  const asOpen = standingOf(
    step,
    state,
    acts.filter((act) => !act.undone),
  );
  if (acts.length > 0 || recorded !== undefined) return { ...base, ...asOpen };
  if (step.when !== null && !conditionHolds(step.when, context.known))
    return { ...base, status: 'void', because: `not needed while ${step.when} does not hold` };
  const waiting = step.after.filter((id) => !ended.has(before.get(id) ?? 'done'));
  if (waiting.length > 0) return { ...base, status: 'wait', because: `after ${waiting.join(', ')}` };
  return { ...base, ...asOpen };
};

/**
 * Where the incident stands: one pass in plan order. A step whose predecessors are open waits; one whose condition is false
 * is void and says so; everything else is the person's to take, the first open one being current.
 */
export const progress = (state: IncidentState): Progress => {
  const statuses = new Map<string, StepStatus>();
  const views: StepView[] = [];
  const steps: Record<string, Json> = {};
  const known = facts(state);
  const again = new Map(askedAgain(state).map((one) => [one.decision.step, one]));
  for (const step of state.plan === null ? [] : stepsOf(state.plan)) {
    const said = { facts: known, steps, incident: { severity: state.severity, drill: state.drill } };
    const view = viewOf(step, state, statuses, { known: said, again });
    statuses.set(step.id, view.status);
    steps[conditionName(step.id)] = view.status;
    views.push(view);
  }
  const openSteps = views.filter((view) => !ended.has(view.status));
  const actionable = openSteps.filter((view) => view.status !== 'wait');
  const current = actionable[0] ?? null;
  return {
    steps: views,
    current,
    next: openSteps.find((view) => view !== current) ?? null,
    done: views.filter((view) => view.status === 'done' || view.status === 'hand').length,
    skipped: views.filter((view) => view.status === 'skip').length,
    unsure: views.filter((view) => view.status === 'unsure').length,
    total: views.filter((view) => view.status !== 'void').length,
  };
};
