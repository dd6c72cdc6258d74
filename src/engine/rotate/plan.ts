import { canonicalJson } from '../../base/canonical.ts';
import type { Json } from '../../base/canonical.ts';
import { sha256Hex } from '../../base/hash.ts';
import { nextStage, openRotation } from '../../incident/rotation.ts';
import type { NextStage } from '../../incident/rotation.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Manual, Preview } from '../../model/action.ts';
import type { PlaceRow } from '../../model/place.ts';
import type { Target } from '../../model/plan.ts';
import { makeLook } from '../look.ts';
import { prepare, reachTarget, requestSha256 } from '../prepare.ts';
import type { Prepared, Request } from '../prepare.ts';
import type { Definitions, World } from '../world.ts';

/** A rotation as it is asked for, and as it is shown before a person chooses between it and killing the old one now. */

export type RotateRequest = Readonly<{
  /** The end of the old one on the spot: one target. What a rotation ends it with rests on the same consent. */
  kill: Request;
  /** How the new one is made; its action is null where a person makes it. */
  make: Target;
  /** The row of `places`; null where a person puts it in place. */
  place: string | null;
  /** The inventory’s words for making one by hand. */
  byHand: string | null;
}>;

/** `byHand`: why the tool does not make it, and the page. `endsOld`: the old one dies the moment the new one is made. */
export type PlannedMake = Readonly<{
  action: string | null;
  title: string;
  byHand: Readonly<{ why: string; manual: Manual }> | null;
  preview: Preview | null;
  endsOld: boolean;
}>;

export type PlannedPlace = Readonly<{
  name: string;
  title: string;
  /** What the tool does there, in words. */
  how: string;
  check: string | null;
  /** Whether the answer shows which credential the service works with. */
  tells: boolean;
  minutes: number | null;
  /** Set where the tool cannot: nobody trusts the workspace, or the world has no such place. */
  shut: string | null;
}>;

export type PreparedRotation = Readonly<{
  item: string;
  step: string | null;
  title: string;
  sha256: string;
  /** Elapsed milliseconds of the clock: how old it is. */
  at: number;
  kill: Prepared;
  make: PlannedMake;
  /** Null where a person puts the new one in place. */
  place: PlannedPlace | null;
  /** Where it goes on. */
  next: NextStage;
  /** The vendor’s name for the new one, once there is one. */
  made: string | null;
  request: RotateRequest;
}>;

export const placeRowOf = (definitions: Definitions, name: string | null): PlaceRow | null => {
  const { places = {} } = definitions.company;
  return name !== null && Object.hasOwn(places, name) ? (places[name] ?? null) : null;
};

/** Everything that decides what will happen; compared again before anything is begun. */
export const rotationSha256 = (request: RotateRequest, definitions: Definitions): string =>
  sha256Hex(
    canonicalJson({
      kill: requestSha256(request.kill),
      make: request.make as unknown as Json,
      place: request.place,
      row: placeRowOf(definitions, request.place) as unknown as Json,
    }),
  );

/** What is put there never stands in it: a command is shown as it is, with its standard input left out. */
const howOf = ({ put }: PlaceRow): string => {
  if ('command' in put)
    return `RUN ${put.command.map((one) => JSON.stringify(one)).join(' ')} with it on standard input`;
  return 'file' in put
    ? `write the file ${put.file}, for its owner alone`
    : `set the keychain entry ${put.keychain}`;
};

const checkOf = ({ check }: PlaceRow): string | null => {
  if (check === undefined) return null;
  return 'url' in check
    ? `GET ${check.url}`
    : `RUN ${check.command.map((one) => JSON.stringify(one)).join(' ')}`;
};

/** Why nothing can be put anywhere; null where it can. */
export const shutPlaces = async (world: World, definitions: Definitions): Promise<string | null> => {
  if (world.places === undefined) return 'nothing can be put anywhere from here';
  if (world.trusts !== undefined && !(await world.trusts(definitions)))
    return 'nobody has trusted the workspace that names its commands: read firebreak.yaml, then: firebreak trust';
  return null;
};

const plannedPlace = async (
  world: World,
  definitions: Definitions,
  name: string | null,
): Promise<PlannedPlace | null> => {
  const row = placeRowOf(definitions, name);
  if (name === null) return null;
  const shut = row === null ? 'firebreak.yaml names no such place' : await shutPlaces(world, definitions);
  const check = row === null ? null : checkOf(row);
  return {
    name,
    title: row?.title ?? name,
    how: row === null ? '' : howOf(row),
    check,
    tells: row?.check !== undefined && 'url' in row.check && row.check.says?.includes('{id}') === true,
    minutes: row?.minutes ?? null,
    shut,
  };
};

/** The page for a person who makes the new one: the connector’s own, else the inventory’s words. */
const pageOf = ({ byHand, kill }: RotateRequest, manual: Manual | null): Manual =>
  manual ?? {
    where: byHand ?? 'At the vendor, where credentials are made',
    steps: [
      'Make a new one with the same rights as the old one, or fewer',
      'Paste it here when you are asked for it: it is shown nowhere',
    ],
    record: `the vendor’s name for the new ${kill.targets[0]?.item ?? 'credential'}, its rights, the time`,
  };

/** What only a person can see is of no use to the tool: without a place of its own nothing is made by the tool either. */
const NO_PLACE =
  'the inventory names no `place` for it, and what the tool makes nobody may see: a person makes it and puts it in place';

const plannedMake = async (
  world: World,
  definitions: Definitions,
  request: RotateRequest,
  suspects: readonly string[],
): Promise<PlannedMake> => {
  const { make, kill, place } = request;
  const byHand = (why: string, manual: Manual | null): PlannedMake => ({
    action: null,
    title: 'Make the new one by hand',
    byHand: { why, manual: pageOf(request, manual) },
    preview: null,
    endsOld: false,
  });
  if (make.action === null)
    return byHand('no action is named that makes one (`make` in the inventory)', null);
  const found = await reachTarget(world, definitions, make, kill, suspects);
  if (found.is === 'by-hand') return byHand(found.why, found.manual);
  if (found.action.makes === undefined) return byHand(`${make.action} makes no credential`, null);
  if (place === null) return byHand(NO_PLACE, found.action.byHand);
  return {
    action: make.action,
    title: found.action.title,
    byHand: null,
    preview: await makeLook()(found, make, suspects),
    endsOld: found.action.makes.endsOld,
  };
};

export const prepareRotation = async (
  world: World,
  definitions: Definitions,
  request: RotateRequest,
  state: IncidentState,
  suspects: readonly string[],
): Promise<PreparedRotation> => {
  const [kill, make, place] = await Promise.all([
    prepare(world, definitions, request.kill, () => suspects),
    plannedMake(world, definitions, request, suspects),
    plannedPlace(world, definitions, request.place),
  ]);
  const item = request.make.item;
  const open = openRotation(state, item);
  return {
    item,
    step: request.kill.step,
    title: `Replace ${item}`,
    sha256: rotationSha256(request, definitions),
    at: world.clock.elapsed(),
    kill,
    make,
    place,
    next: open === null ? 'make' : nextStage(state, open),
    made: open?.made?.id ?? null,
    request,
  };
};
