import type { Channel, Inventory } from '../model/inventory.ts';
import { stepsOf } from '../model/plan.ts';
import type { IncidentState } from '../projections/incident.ts';

/**
 * Channels that the incident touches: what its containment works on, followed through the data map from credential to
 * integration to channel. A letter describes their data, and does not travel over them.
 */
export function affectedChannels(state: IncidentState, inventory: Inventory): readonly Channel[] {
  const items = targetsOf(state);
  const reached = new Set(items);
  for (const { id, opens } of inventory.credentials)
    if (items.has(id)) for (const one of opens) reached.add(one);
  for (const { id, channel } of inventory.integrations)
    if (reached.has(id) && channel !== undefined) reached.add(channel);
  return inventory.channels.filter(({ id }) => reached.has(id));
}

function targetsOf(state: IncidentState): ReadonlySet<string> {
  const items = new Set(
    [...state.acts.values()].filter(({ effect }) => effect !== 'reads').map(({ target }) => target),
  );
  for (const step of state.plan === null ? [] : stepsOf(state.plan)) {
    const named = step.kind === 'act' && step.phase === 'contain' && step.stops && step.from_fact === null;
    if (named) for (const { item } of step.targets) items.add(item);
  }
  for (const credential of state.credentials.keys()) items.add(credential);
  return items;
}
