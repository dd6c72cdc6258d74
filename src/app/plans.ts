import { prepare } from '../engine/prepare.ts';
import type { World } from '../engine/world.ts';
import { stepsOf } from '../model/plan.ts';
import type { Base } from './base.ts';
import type { PlanPreview, Prepared } from './contract.ts';
import { definitionsOf, freezeCatalog } from './definitions.ts';
import type { Connectors } from './definitions.ts';
import { compiledOf } from './knowledge.ts';
import type { Knowledge } from './knowledge.ts';
import { requestFor } from './requests.ts';

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
      const {
        request: _request,
        effect: _effect,
        ...prepared
      } = await prepare(
        world,
        definitions,
        {
          step: step.id,
          title: step.title,
          direction: 'do',
          targets: step.targets,
          input: step.input,
          friction: step.friction,
          reversible: step.reversible,
          unconfirmed: step.confidence === 'unconfirmed',
          effect: step.effect,
          fallback: step.fallback,
          approvals: step.approvals,
          preserve: step.preserve,
          planSha256: sha256,
        },
        () => [],
      );
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
  const { request: _request, effect: _effect, ...prepared } = await prepare(
    world,
    definitions,
    requestFor(knowledge.bindings, item, what, ''),
    () => [],
  );
  return prepared;
};
