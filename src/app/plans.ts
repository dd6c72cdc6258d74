import { prepare } from '../engine/prepare.ts';
import { prepareRotation } from '../engine/rotate/plan.ts';
import type { World } from '../engine/world.ts';
import { unasked } from '../incident/approvals.ts';
import { unopened } from '../incident/state.ts';
import { stepsOf } from '../model/plan.ts';
import type { Base } from './base.ts';
import type { PlanPreview, Prepared, RotationPlan } from './contract.ts';
import { definitionsOf, freezeCatalog } from './definitions.ts';
import type { Connectors } from './definitions.ts';
import { compiledOf } from './knowledge.ts';
import type { Knowledge } from './knowledge.ts';
import { actRequest, requestFor, shown } from './requests.ts';
import { rotationRequest, shownRotation } from './rotation-request.ts';

/** The dry run: every step that calls a system, previewed against the real one. Reads only. */
export const previewPlan = async (
  base: Base,
  world: World,
  knowledge: Knowledge,
  runbook: string,
): Promise<PlanPreview> => {
  const { plan, sha256 } = compiledOf(knowledge, runbook);
  const definitions = definitionsOf(freezeCatalog(knowledge.catalog, null, []), base.connectors);
  const steps = await Promise.all(
    stepsOf(plan).map(async (step) => {
      if (step.kind !== 'act') return { step, prepared: null };
      const request = actRequest(step, 'do', step.targets, step.preserve, sha256, unasked(step));
      const prepared = shown(await prepare(world, definitions, request, noSuspects));
      return { step, prepared };
    }),
  );
  return { runbook, title: plan.title, sha256, plan, steps };
};

/** What a pause or a revocation would do: looked at without an incident, so that looking starts no clock. */
export const previewItem = async (
  world: World,
  knowledge: Knowledge,
  connectors: Connectors,
  item: string,
  what: 'pause' | 'revoke',
): Promise<Prepared> => {
  const definitions = definitionsOf(freezeCatalog(knowledge.catalog, null, []), connectors);
  return shown(await prepare(world, definitions, requestFor(knowledge.bindings, item, what, ''), noSuspects));
};

/** The two ways to end a credential, without an incident. */
export const previewRotation = async (
  world: World,
  knowledge: Knowledge,
  connectors: Connectors,
  item: string,
): Promise<RotationPlan> => {
  const definitions = definitionsOf(freezeCatalog(knowledge.catalog, null, []), connectors);
  const kill = requestFor(knowledge.bindings, item, 'revoke', '');
  const request = rotationRequest(definitions, knowledge.bindings, item, kill);
  return shownRotation(await prepareRotation(world, definitions, request, unopened, []));
};

/** Without an incident nobody has handed in a leaked credential. */
const noSuspects = (): readonly string[] => [];
