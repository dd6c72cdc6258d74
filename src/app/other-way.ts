import type { OpenIncident, Prepared, RotationPlan } from './contract.ts';

/** The longer way to end a credential, where the inventory says how a new one is made or where it goes; else null. */
export const otherWay = async (
  incident: OpenIncident,
  { targets, direction, friction, step }: Prepared,
): Promise<RotationPlan | null> => {
  const [only, ...others] = targets;
  if (direction !== 'do' || friction !== 'type-target' || only === undefined || others.length > 0)
    return null;
  const row = incident.items().find(({ id }) => id === only.target.item);
  if (row?.kind !== 'credential') return null;
  try {
    const plan = await incident.prepareRotation(row.id, step);
    return plan.make.action === null && plan.place === null ? null : plan;
  } catch {
    // Whatever is wrong with the longer way, it keeps nobody from the short one; firebreak rotate says what it is.
    return null;
  }
};
