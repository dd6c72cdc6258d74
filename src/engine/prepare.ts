import { bounded } from '../base/bounded.ts';
import type { Json } from '../base/canonical.ts';
import type { ActionInput } from '../connectors/connector.ts';
import { intendedSha256 } from '../incident/approvals.ts';
import type { Approval } from '../incident/approvals.ts';
import type { Ordered } from '../incident/release-order.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Effect, Friction, Manual, Preview } from '../model/action.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Target } from '../model/plan.ts';
import { limits } from '../model/limits.ts';
import type { Reveal } from '../model/event.ts';
import { makeLook } from './look.ts';
import type { Look } from './look.ts';
import { reach } from './reach.ts';
import type { Reach } from './reach.ts';
import type { Definitions, World } from './world.ts';

/** One action on its targets, as asked for by a step, an undo or a row of the inventory: what is to be looked at and then run. */
export type Request = Readonly<{
  step: string | null;
  title: string;
  direction: 'do' | 'undo';
  targets: readonly Target[];
  input: ActionInput;
  friction: Friction;
  reversible: boolean;
  unconfirmed: boolean;
  effect: Effect;
  fallback: string;
  /** How it stands with the people who must agree; null where nobody must. */
  approval: Approval | null;
  preserve: readonly string[];
  planSha256: string;
  /** Set for a release: each of the targets with its own step and way back, in the order in which they go on again. */
  release?: readonly Ordered[];
}>;

export type Prepared = Readonly<{
  step: string | null;
  title: string;
  action: string;
  direction: 'do' | 'undo';
  /** Over everything that decides what will happen; compared again before the first request is sent. */
  sha256: string;
  /** Elapsed milliseconds of the clock: how old it is. */
  at: number;
  friction: Friction;
  /** What to type when `friction` is `type-target`. */
  phrase: string;
  reversible: boolean;
  undoBy: string;
  unconfirmed: boolean;
  targets: readonly PreparedTarget[];
  /** Evidence steps not done yet, that would be lost or harder to get afterwards. */
  preserve: readonly string[];
  /** Set when a required approver has not approved: the typed reason is recorded as an override. */
  needsReason: string | null;
  approval: Approval | null;
  /** A release of what was contained: its targets are those of many steps. */
  release?: true;
  request: Request;
}>;

export type PreparedTarget = Readonly<{
  target: Target;
  title: string;
  owner: string;
  stops: string;
  scopes: readonly string[];
  preview: Preview | null;
  /** Set when it cannot be done by the tool: why, and the way by hand. */
  byHand: Readonly<{ why: string; manual: Manual }> | null;
}>;

/** The copies of a leaked credential that a person gave for one row, opened for use. Empty without the key. */
export const suspectsOf = (state: IncidentState, reveal: Reveal, item: string): readonly string[] =>
  (state.credentials.get(item) ?? [])
    .map(({ n }) => reveal({ n, name: 'secret' }))
    .filter((value) => value !== null);

export const reachTarget = async (
  world: World,
  definitions: Definitions,
  target: Target,
  request: Pick<Request, 'input' | 'fallback'>,
  suspects: readonly string[],
  asking?: true,
): Promise<Reach> =>
  await reach(world, definitions, target, request.input, {
    fallback: request.fallback,
    suspects: suspects.length,
    ...(asking === undefined ? {} : { asking }),
  });

type Described = Readonly<{ title: string; owner: string; stops: string }>;

export const described = (inventory: Inventory, item: string): Described => {
  const row =
    inventory.integrations.find((one) => one.id === item) ??
    inventory.credentials.find((one) => one.id === item);
  if (row !== undefined) return { title: row.title, owner: row.owner, stops: row.stops };
  const channel = inventory.channels.find((one) => one.id === item);
  return {
    title: channel?.title ?? item,
    owner: channel?.owner ?? '',
    stops: channel === undefined ? '' : `all of ${channel.title}`,
  };
};

const prepareTarget = async (
  world: World,
  definitions: Definitions,
  request: Request,
  target: Target,
  suspects: readonly string[],
  look: Look,
): Promise<PreparedTarget> => {
  const base = { target, ...described(definitions.inventory, target.item) };
  const found = await reachTarget(world, definitions, target, request, suspects);
  if (found.is === 'by-hand')
    return { ...base, scopes: [], preview: null, byHand: { why: found.why, manual: found.manual } };
  const seen = await look(found, target, suspects);
  // An action tells what stopping sends and breaks; an undo takes from it how things stand, and nothing else.
  const preview = request.direction === 'undo' ? { ...seen, calls: [], breaks: [] } : seen;
  return { ...base, scopes: found.action.scopes, preview, byHand: null };
};

/** What decides what happens: the same request on the same targets with the same input gives the same hash. */
export const requestSha256 = (request: Request): string => {
  const { step, direction, targets, input, planSha256, release = targets } = request;
  return intendedSha256({
    step,
    direction,
    targets: release as unknown as readonly Json[],
    input: input as Json,
    plan: planSha256,
  });
};

const phraseOf = (request: Request): string => {
  const [only, ...others] = request.targets;
  return only !== undefined && others.length === 0 ? only.item : (request.step ?? request.title);
};

export const prepare = async (
  world: World,
  definitions: Definitions,
  request: Request,
  secrets: (item: string) => readonly string[],
): Promise<Prepared> => {
  const look = makeLook();
  const targets = await bounded(
    request.targets,
    limits.previewsAtOnce,
    async (target) => await prepareTarget(world, definitions, request, target, secrets(target.item), look),
  );
  return wholeOf(world, request, targets);
};

export const wholeOf = (world: World, request: Request, targets: readonly PreparedTarget[]): Prepared => {
  const byTool = targets.some((target) => target.byHand === null);
  return {
    step: request.step,
    title: request.title,
    action: request.targets.find((target) => target.action !== null)?.action ?? '',
    direction: request.direction,
    sha256: requestSha256(request),
    at: world.clock.elapsed(),
    friction: byTool ? request.friction : 'enter',
    phrase: phraseOf(request),
    reversible: request.reversible,
    undoBy: byTool ? undoWords(request) : 'by hand, as it was done',
    unconfirmed: request.unconfirmed,
    targets,
    preserve: request.preserve,
    needsReason: reasonNeeded(request.approval),
    approval: request.approval,
    request,
  };
};

/** Null also where no reason would do. */
const reasonNeeded = (approval: Approval | null): string | null => {
  if (approval === null || approval.enough || approval.strict) return null;
  const { need, given } = approval;
  const who = need === 1 ? 'no second person has' : `${given.length} of ${need} other people have`;
  return `${who} approved this; a typed reason is recorded as an OVERRIDE`;
};

const undoWords = ({ direction, reversible, step, effect, targets }: Request): string => {
  if (direction === 'undo') return step === null ? 'stop it again' : 'run the step again';
  if (effect === 'reads') return 'nothing to undo: it only reads';
  if (!reversible) return 'cannot be undone';
  return `firebreak undo ${step ?? targets[0]?.item ?? ''}`;
};
