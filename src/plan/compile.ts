import { canonicalJson } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { unreachable } from '../base/assert.ts';
import type { Confidence, Effect, Friction, RetryClass } from '../model/action.ts';
import { effects, frictions } from '../model/action.ts';
import type { Inventory } from '../model/inventory.ts';
import type { PhaseId } from '../model/names.ts';
import type { PackMark, Plan, PlannedPhase, PlannedStep, Target } from '../model/plan.ts';
import type { RunbookSource, StepSource, Targets } from '../model/runbook.ts';

/**
 * Binds a runbook to one inventory: every target named, every action known. Pure. What cannot be reached by a connector
 * stays in the plan as a target to be done by hand; nothing is left out in silence.
 */

/** What a plan must know of an action, without loading its connector again. */
export type ActionFacts = Readonly<{
  effect: Effect;
  retry: RetryClass;
  confidence: Confidence;
  reversible: boolean;
  stops: boolean;
}>;

export type Bindings = Readonly<{
  inventory: Inventory;
  /** Instance name -> its kind (`meta`), and the word its actions go by (`meta`, or the recipe: `parlo`). */
  instances: ReadonlyMap<string, Readonly<{ kind: string; speaks: string }>>;
  /** `meta.stop-webhooks` -> what is known of it. */
  actions: ReadonlyMap<string, ActionFacts>;
}>;

/** One row of the inventory as a target sees it. */
type Row = Readonly<{
  id: string;
  kind: 'channel' | 'integration' | 'credential';
  instance: string | null;
  channels: readonly string[];
  tags: readonly string[];
  pause: string | null;
  revoke: string | null;
  make: string | null;
}>;

/** A runbook may say "pause it, whatever it is": the row's own action is then taken. */
const ownActions = { 'item.pause': 'pause', 'item.revoke': 'revoke', 'item.make': 'make' } as const;
const isOwn = (action: string): action is keyof typeof ownActions => Object.hasOwn(ownActions, action);

export const rowsOf = (inventory: Inventory): readonly Row[] => [
  ...inventory.channels.map((row): Row => ({
    id: row.id,
    kind: 'channel',
    instance: null,
    channels: [row.id],
    tags: row.tags ?? [],
    pause: null,
    revoke: null,
    make: null,
  })),
  ...inventory.integrations.map((row): Row => ({
    id: row.id,
    kind: 'integration',
    instance: row.connector ?? null,
    channels: row.channel === undefined ? [] : [row.channel],
    tags: row.tags ?? [],
    pause: row.pause ?? null,
    revoke: row.revoke ?? null,
    make: null,
  })),
  ...inventory.credentials.map((row): Row => ({
    id: row.id,
    kind: 'credential',
    instance: row.connector ?? null,
    channels: row.opens,
    tags: row.tags ?? [],
    pause: null,
    revoke: row.revoke ?? null,
    make: row.make ?? null,
  })),
];

const speaks = (row: Row, bindings: Bindings): string | null =>
  row.instance === null ? null : (bindings.instances.get(row.instance)?.speaks ?? null);

const targetOf = (row: Row, action: string, bindings: Bindings): Target => {
  const wanted = isOwn(action) ? row[ownActions[action]] : action;
  const offered =
    wanted !== null && wanted.split('.')[0] === speaks(row, bindings) && bindings.actions.has(wanted);
  const connector = row.instance === null ? null : (bindings.instances.get(row.instance)?.kind ?? null);
  return { item: row.id, instance: row.instance, connector, action: offered ? wanted : null };
};

const chosen = (targets: Targets, action: string, bindings: Bindings): readonly Row[] => {
  const rows = rowsOf(bindings.inventory);
  const { items, kind, channel, connector, tag } = targets;
  const narrowed = rows.filter(
    (row) =>
      (items === undefined || items.includes(row.id)) &&
      (kind === undefined || row.kind === kind) &&
      (channel === undefined || row.channels.includes(channel)) &&
      (connector === undefined ||
        speaks(row, bindings) === connector ||
        bindings.instances.get(row.instance ?? '')?.kind === connector) &&
      (tag === undefined || row.tags.includes(tag)),
  );
  // What is named outright stays, by hand if need be; a fact chooses at run time, so that every row stays a candidate; a
  // selection by rule takes those the action can reach.
  if (items !== undefined || targets.fact !== undefined || isOwn(action)) return narrowed;
  return narrowed.filter((row) => speaks(row, bindings) === action.split('.')[0]);
};

/** The least friction that an effect deserves; a runbook may ask for more, never for less. */
const frictionOf = (effect: Effect, asked: Friction | undefined): Friction => {
  const least: Friction = effect === 'reads' ? 'enter' : effect === 'reversible' ? 'yes' : 'type-target';
  return frictions[Math.max(frictions.indexOf(least), frictions.indexOf(asked ?? 'enter'))] ?? least;
};

/** The most dangerous of several actions decides how a step is treated. */
const worst = (facts: readonly ActionFacts[]): ActionFacts =>
  facts.reduce<ActionFacts>(
    (all, one) => ({
      effect: effects[Math.max(effects.indexOf(all.effect), effects.indexOf(one.effect))] ?? one.effect,
      retry: one.retry > all.retry ? one.retry : all.retry,
      confidence: one.confidence === 'unconfirmed' ? 'unconfirmed' : all.confidence,
      reversible: all.reversible && one.reversible,
      stops: all.stops || one.stops,
    }),
    { effect: 'reads', retry: 'A', confidence: 'confirmed', reversible: true, stops: false },
  );

type Common = Pick<
  PlannedStep,
  | 'id'
  | 'phase'
  | 'title'
  | 'why'
  | 'role'
  | 'minutes'
  | 'when'
  | 'after'
  | 'verify'
  | 'fallback'
  | 'preserve'
  | 'approvals'
  | 'serves'
  | 'star'
>;

const commonOf = (step: StepSource, phase: PhaseId): Common => ({
  id: step.id,
  phase,
  title: step.title,
  why: step.why,
  role: step.role,
  minutes: step.minutes,
  when: step.when ?? null,
  after: step.after ?? [],
  verify: step.verify,
  fallback: step.fallback,
  preserve: step.preserve ?? [],
  approvals: step.approvals ?? 0,
  serves: step.serves,
  star: step.star ?? false,
});

type Decision = Omit<Extract<PlannedStep, { kind: 'decide' }>, keyof Common>;

const decisionOf = ({
  question,
  fact,
  options,
  decider,
  advice,
  relies,
  assess,
}: Extract<StepSource, { decide: unknown }>['decide']): Decision => ({
  kind: 'decide',
  question,
  fact,
  options,
  decider,
  advice: advice ?? '',
  ...(relies === undefined ? {} : { relies }),
  ...(assess === undefined ? {} : { assess: { ...assess, factors: assess.factors ?? {} } }),
});

const stepOf = (step: StepSource, phase: PhaseId, bindings: Bindings): PlannedStep => {
  const common = commonOf(step, phase);
  if ('act' in step) {
    const { action, targets, input } = step.act;
    const bound = chosen(targets, action, bindings).map((row) => targetOf(row, action, bindings));
    const known = bound
      .flatMap((target) => (target.action === null ? [] : [bindings.actions.get(target.action)]))
      .filter((one) => one !== undefined);
    const own = bindings.actions.get(action);
    const facts = worst(known.length > 0 ? known : own === undefined ? [] : [own]);
    const friction = frictionOf(facts.effect, step.confirm);
    return {
      ...common,
      ...facts,
      kind: 'act',
      action,
      targets: bound,
      from_fact: targets.fact ?? null,
      input: input ?? {},
      friction,
    };
  }
  if ('ask' in step) {
    const { question, fact, answer, choices, unknown, help } = step.ask;
    const listed = (choices ?? []).map((choice) => ({ ...choice, consequence: '' }));
    return {
      ...common,
      kind: 'ask',
      question,
      fact,
      answer,
      choices: listed,
      unknown: unknown ?? false,
      help: help ?? '',
    };
  }
  if ('decide' in step) {
    return { ...common, ...decisionOf(step.decide) };
  }
  if ('do' in step) {
    const { instruction, record, call, evidence, submits, effect, undo } = step.do;
    return {
      ...common,
      kind: 'do',
      instruction,
      record,
      call: call ?? null,
      evidence: evidence ?? false,
      submits: submits ?? null,
      effect: effect ?? 'reads',
      ...(undo === undefined ? {} : { undo }),
    };
  }
  if ('write' in step)
    return { ...common, kind: 'write', letter: step.write.letter, duty: step.write.duty ?? null };
  if ('wait' in step)
    return { ...common, kind: 'wait', fact: step.wait.fact ?? null, for_minutes: step.wait.minutes ?? null };
  return unreachable(step);
};

export const compilePlan = (
  id: string,
  runbook: RunbookSource,
  bindings: Bindings,
  pack: PackMark | null = null,
): Plan => ({
  runbook: id,
  ...(pack === null ? {} : { pack }),
  version: runbook.version,
  title: runbook.title,
  severity: runbook.severity,
  duties: runbook.duties,
  never: runbook.never ?? [],
  ...(runbook.preserve_first === undefined ? {} : { preserve_first: runbook.preserve_first }),
  phases: runbook.phases.map((phase): PlannedPhase => ({
    id: phase.id,
    title: phase.title,
    goal: phase.goal,
    steps: phase.steps.map((step) => stepOf(step, phase.id, bindings)),
  })),
});

/** A plan of no runbook: one row of the inventory, paused or revoked by its own action. */
export const planForItem = (
  item: string,
  what: 'pause' | 'revoke' | 'make',
  bindings: Bindings,
): Readonly<{ target: Target; facts: ActionFacts | null }> | null => {
  const row = rowsOf(bindings.inventory).find((one) => one.id === item);
  if (row === undefined) return null;
  const target = targetOf(row, `item.${what}`, bindings);
  return { target, facts: target.action === null ? null : (bindings.actions.get(target.action) ?? null) };
};

/** The plan's bytes and the hash by which everybody refers to it. */
export const planText = (plan: Plan): string =>
  canonicalJson(plan as unknown as Parameters<typeof canonicalJson>[0]);
export const planSha256 = (plan: Plan): string => sha256Hex(planText(plan));
export { frictionOf };
