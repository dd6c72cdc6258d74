import { Problem } from '../base/problem.ts';
import type { Prepared as EnginePrepared, Request } from '../engine/prepare.ts';
import { targetOf } from '../engine/ask.ts';
import { targetOf as targetOfRelease } from '../engine/release/item.ts';
import { approvalOf } from '../incident/approvals.ts';
import type { Approval } from '../incident/approvals.ts';
import { stepOf } from '../incident/decide.ts';
import { containedNow, releaseApproval } from '../incident/release.ts';
import { inSafeOrder } from '../incident/release-order.ts';
import { targetsOf } from '../incident/ready.ts';
import { stepsOf } from '../model/plan.ts';
import type { PlannedStep, Target } from '../model/plan.ts';
import type { IncidentState } from '../incident/state.ts';
import { frictionOf, planForItem } from '../plan/compile.ts';
import type { ActionFacts, Bindings } from '../plan/compile.ts';
import type { Prepared } from './contract.ts';
import type { IncidentParts } from './parts.ts';

/** What is asked of the engine: by a step, or straight from a row of the inventory. */

/** The request that a step stands for now: made anew before every run, so that a changed target set is noticed. */
export const stepRequest = (parts: IncidentParts, id: string, direction: 'do' | 'undo'): Request => {
  // What another process has noted or corrected meanwhile may have changed what is meant.
  parts.ledger.refresh();
  const state = parts.ledger.state();
  const step = stepOf(state, id);
  if (step.kind !== 'act')
    throw new Problem('usage', { why: `step ${id} is done by a person; there is nothing to run` });
  const outstanding = untaken(state, step.preserve);
  const approval = approvalOf(state, step, parts.world.clock.now(), parts.actor);
  return actRequest(step, direction, targetsOf(step, state), outstanding, state.planSha256, approval);
};

/** An undo asks for no second person and for no evidence first: it brings back what was. */
export const actRequest = (
  step: Extract<PlannedStep, { kind: 'act' }>,
  direction: 'do' | 'undo',
  targets: readonly Target[],
  outstanding: readonly string[],
  planSha256: string,
  approval: Approval | null,
): Request => ({
  step: step.id,
  title: step.title,
  direction,
  targets,
  input: step.input,
  friction: direction === 'undo' ? 'yes' : step.friction,
  reversible: step.reversible,
  unconfirmed: step.confidence === 'unconfirmed',
  effect: step.effect,
  fallback: step.fallback,
  approval: direction === 'undo' ? null : approval,
  preserve: direction === 'undo' ? [] : outstanding,
  planSha256,
});

/** Everything that is held now. The approval is over what the tool would switch on; the rest is for people. */
export const releaseRequest = (parts: IncidentParts): Request => {
  parts.ledger.refresh();
  const state = parts.ledger.state();
  const release = inSafeOrder(containedNow(state), parts.frozen.inventory);
  if (release.length === 0)
    throw new Problem('step-not-ready', {
      step: 'release',
      why: 'this incident holds nothing: whatever it stopped is on again, or nothing was stopped',
    });
  return {
    step: null,
    title: 'Release what was contained',
    direction: 'undo',
    targets: release.map(targetOfRelease),
    input: {},
    friction: 'type-target',
    reversible: true,
    unconfirmed: false,
    effect: 'reversible',
    fallback: 'Switch it on again at the vendor, as it was before, and record what you saw.',
    approval: releaseApproval(state, parts.world.clock.now(), parts.actor),
    preserve: [],
    planSha256: state.planSha256,
    release,
  };
};

/** What a person is shown of what was prepared: the request itself stays inside, and is made anew before it is run. */
export const shown = ({ request: _request, ...rest }: EnginePrepared): Prepared => rest;

/** Evidence that is still to be taken: not finished, not left out, not given up with a reason. */
const untaken = (state: IncidentState, evidence: readonly string[]): readonly string[] =>
  evidence.filter((one) => {
    const stands = state.steps.get(one)?.status;
    return (stands === undefined || stands === 'started') && !state.waived.has(one);
  });

/** What stopping a row destroys is the same outside the steps: what its own step preserves, and what the runbook wants first. */
const preserveFor = (state: IncidentState, item: string): readonly string[] => {
  const { plan } = state;
  if (plan === null) return [];
  const own = stepsOf(plan).flatMap((step) =>
    step.kind === 'act' && step.effect !== 'reads' && targetsOf(step, state).some((one) => one.item === item)
      ? step.preserve
      : [],
  );
  return untaken(state, [...new Set([...(plan.preserve_first ?? []), ...own])]);
};

export type ItemDeed = 'pause' | 'revoke' | 'undo';

/** One row, outside any runbook. An undo takes back what was last done to it so. */
export const itemRequest = async (parts: IncidentParts, item: string, what: ItemDeed): Promise<Request> => {
  const bindings = await parts.bindings();
  parts.ledger.refresh();
  const state = parts.ledger.state();
  const { planSha256, acts } = state;
  if (what !== 'undo')
    return { ...requestFor(bindings, item, what, planSha256), preserve: preserveFor(state, item) };
  const done = [...acts.values()].findLast(
    (act) =>
      act.step === null &&
      act.stage === undefined &&
      act.target === item &&
      act.direction === 'do' &&
      !act.undone,
  );
  if (done === undefined)
    throw new Problem('not-found', { what: 'pause or revocation outside the runbook of', id: item });
  return {
    ...request(item, targetOf(done), bindings.actions.get(done.action) ?? null, planSha256),
    title: `Undo ${item}`,
    direction: 'undo',
    friction: 'yes',
  };
};

export const requestFor = (
  bindings: Bindings,
  item: string,
  what: 'pause' | 'revoke',
  planSha256: string,
): Request => {
  const found = planForItem(item, what, bindings);
  if (found === null) throw new Problem('not-found', { what: 'inventory row', id: item });
  return {
    ...request(item, found.target, found.facts, planSha256),
    title: `${what === 'pause' ? 'Pause' : 'Revoke'} ${item}`,
    fallback: `Inventory row ${item} names no action to ${what} it: do it at the vendor and record what you did.`,
  };
};

const request = (item: string, target: Target, facts: ActionFacts | null, planSha256: string): Request => ({
  step: null,
  title: item,
  direction: 'do',
  targets: [target],
  input: {},
  friction: frictionOf(facts?.effect ?? 'reads', undefined),
  reversible: facts?.reversible ?? false,
  unconfirmed: facts?.confidence === 'unconfirmed',
  effect: facts?.effect ?? 'reads',
  fallback: `Do it for ${item} at the vendor and record what you did.`,
  approval: null,
  preserve: [],
  planSha256,
});
