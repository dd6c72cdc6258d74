import { bounded } from '../../base/bounded.ts';
import type { Ordered } from '../../incident/release-order.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Manual, Preview } from '../../model/action.ts';
import { limits } from '../../model/limits.ts';
import { makeLook } from '../look.ts';
import type { Look } from '../look.ts';
import { described, reachTarget, wholeOf } from '../prepare.ts';
import type { Prepared, PreparedTarget, Request } from '../prepare.ts';
import type { Definitions, World } from '../world.ts';
import { requestOf, targetOf } from './item.ts';

/** A release as it is shown before anything is sent: each thing in its place, with what becomes of it and what it waits for. */
export const prepareRelease = async (
  world: World,
  definitions: Definitions,
  state: IncidentState,
  request: Request,
): Promise<Prepared> => {
  const look = makeLook();
  const targets = await bounded(
    request.release ?? [],
    limits.previewsAtOnce,
    async (one) => await prepareOne({ world, definitions, state, request, look }, one),
  );
  return { ...wholeOf(world, request, targets), phrase: 'release', release: true };
};

type Context = Readonly<{
  world: World;
  definitions: Definitions;
  state: IncidentState;
  request: Request;
  look: Look;
}>;

const prepareOne = async (
  { world, definitions, state, request, look }: Context,
  one: Ordered,
): Promise<PreparedTarget> => {
  const target = targetOf(one);
  const base = { target, ...described(definitions.inventory, one.item), scopes: [] };
  if (one.way === 'stays-off')
    return {
      ...base,
      preview: saying('it was off before us, so it stays off: nothing is sent'),
      byHand: null,
    };
  const own = requestOf(state, request, one);
  const found = await reachTarget(world, definitions, target, own, [], true);
  const { manual } = found.is === 'by-hand' ? found : { manual: found.action.byHand };
  if (one.way === 'for-good') return { ...base, preview: null, byHand: { why: GONE, manual: anew(manual) } };
  if (one.way === 'by-hand')
    return { ...base, preview: null, byHand: { why: 'a person stopped it by hand', manual: back(manual) } };
  if (found.is === 'by-hand')
    return { ...base, preview: null, byHand: { why: found.why, manual: back(manual) } };
  if (found.action.undo === undefined)
    return { ...base, preview: null, byHand: { why: GONE, manual: anew(manual) } };
  const seen = await look(found, target, []);
  return { ...base, scopes: found.action.scopes, preview: before(seen, one), byHand: null };
};

const GONE = 'it was ended for good and cannot come back';

/** The page tells how it was stopped; the same switch is turned the other way. */
const back = ({ where, steps }: Manual): Manual => ({
  where,
  steps: ['This is how it is stopped; turn the same switch back, as it stood before:', ...steps],
  record: 'What you switched on, when, and what the system showed',
});

const anew = ({ where }: Manual): Manual => ({
  where,
  steps: [
    'Make a new one there, with no more rights than it needs.',
    'Give it to what worked with the old one, and see that this works.',
  ],
  record: 'What was made, who holds it, and where it was put; never its value',
});

const saying = (...warnings: readonly string[]): Preview => ({
  calls: [],
  breaks: [],
  now: 'unknown',
  warnings,
});

/** A preview tells of switching off: what is said of the state now is all that a release takes from it. */
const before = ({ now, warnings }: Preview, { after }: Ordered): Preview => ({
  calls: [],
  breaks: [],
  now,
  warnings: [
    ...(now === 'active'
      ? ['it is on already: somebody else switched it on, and nothing of theirs is overwritten']
      : []),
    ...(now === 'unknown' ? warnings : []),
    ...(after.length === 0 ? [] : [`waits until these are on and proved: ${after.join(', ')}`]),
  ],
});
