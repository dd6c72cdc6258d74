import type { Action } from '../connectors/connector.ts';
import { recipeOf } from '../engine/door.ts';
import { actionsOf } from '../engine/reach.ts';
import { entryOf } from '../engine/world.ts';
import type { Definitions } from '../engine/world.ts';
import { stepsOf } from '../model/plan.ts';
import { compilePlan } from '../plan/compile.ts';
import type { Knowledge } from './knowledge.ts';

/** One action that some runbook, or a row's own pause or revoke, would run through an instance. */
export type Need = Readonly<{ instance: string; id: string; action: Action; by: readonly string[] }>;

/** Everything that any runbook could ask of any configured system, with the targets of today's inventory. */
export const needsOf = async (
  { catalog, bindings }: Knowledge,
  definitions: Definitions,
): Promise<readonly Need[]> => {
  const wanted = new Map<string, { instance: string; id: string; by: Set<string> }>();
  const want = (instance: string | null, id: string | null, by: string): void => {
    if (instance === null || id === null) return;
    const key = `${instance} ${id}`;
    const known = wanted.get(key) ?? { instance, id, by: new Set<string>() };
    known.by.add(by);
    wanted.set(key, known);
  };
  for (const [runbook, { value, pack }] of catalog.runbooks) {
    for (const step of stepsOf(compilePlan(runbook, value, bindings, pack)))
      if (step.kind === 'act')
        for (const { instance, action } of step.targets) want(instance, action, runbook);
  }
  const { integrations, credentials } = definitions.inventory;
  for (const { id, connector = null, pause = null, revoke = null } of integrations) {
    want(connector, pause, `pause ${id}`);
    want(connector, revoke, `revoke ${id}`);
  }
  for (const { id, connector = null, revoke = null } of credentials) want(connector, revoke, `revoke ${id}`);
  const found = await Promise.all(
    [...wanted.values()].map(async ({ instance, id, by }): Promise<Need | null> => {
      const action = await actionAt(definitions, instance, id);
      return action === null ? null : { instance, id, action, by: [...by] };
    }),
  );
  return found.filter((one) => one !== null);
};

const actionAt = async (definitions: Definitions, name: string, id: string): Promise<Action | null> => {
  const instance = definitions.company.connectors[name];
  if (instance === undefined) return null;
  const [speaks, action] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)];
  if (speaks !== (instance.recipe ?? instance.uses)) return null;
  const connector = await entryOf(definitions, instance.uses)?.load();
  const recipe = recipeOf(definitions, instance);
  if (connector === undefined || (connector.bind !== undefined && recipe === null)) return null;
  return actionsOf(connector, recipe)[action] ?? null;
};
