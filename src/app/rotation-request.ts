import { Problem } from '../base/problem.ts';
import type { PreparedRotation, RotateRequest } from '../engine/rotate/plan.ts';
import type { Request } from '../engine/prepare.ts';
import type { Definitions } from '../engine/world.ts';
import { planForItem } from '../plan/compile.ts';
import type { Bindings } from '../plan/compile.ts';
import type { RotationPlan } from './contract.ts';
import { shown } from './requests.ts';

/** A rotation as it is asked of the engine: what ends the old one, and what the inventory says of a new one. */
export const rotationRequest = (
  { inventory }: Pick<Definitions, 'inventory'>,
  bindings: Bindings,
  item: string,
  kill: Request,
): RotateRequest => {
  const row = inventory.credentials.find(({ id }) => id === item);
  const found = planForItem(item, 'make', bindings);
  if (row === undefined || found === null)
    throw new Problem('usage', {
      why: `${item} is no credential of the inventory: only a credential can be replaced by a new one`,
      next: `firebreak pause ${item} stops it, firebreak inventory lists the credentials`,
    });
  return { kill, make: found.target, place: row.place ?? null, byHand: row.rotate_by_hand ?? null };
};

/** What a person is shown; the requests stay inside, and are made anew before anything runs. */
export const shownRotation = ({ request: _request, kill, ...rest }: PreparedRotation): RotationPlan => ({
  ...rest,
  kill: shown(kill),
});
