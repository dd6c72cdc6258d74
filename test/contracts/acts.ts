import type { Json } from '../../src/base/canonical.ts';
import type { Ask } from '../../src/io/server.ts';
import { limits } from '../../src/model/limits.ts';
import type { Outcome } from '../../src/model/action.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { openWorld, undoable } from './trial.ts';
import type { Member, World } from './trial.ts';

/** What the contract suites do to one case: in a world of its own, with the action that the case is about. */

export const inWorld = async <T>(
  member: Member,
  one: ConnectorCase,
  work: (world: World) => Promise<T>,
  seed?: Json,
): Promise<T> => {
  const world = await openWorld(member, one, seed);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
};

export const act = async (world: World, options: Parameters<World['outside']>[0] = {}): Promise<Outcome> =>
  await world.action.run(world.input, world.outside(options));
/** As the engine asks of what was only accepted: again and again for a while, on the fast clock. */
export const proof = async (world: World, after?: Outcome) => {
  const until = world.clock.now() + (after?.result === 'accepted' ? limits.pollDeadlineMs : 0);
  for (;;) {
    const found = await world.action.verify(world.input, world.outside());
    if (found.is === 'proved' || world.clock.now() >= until) return found;
    await world.clock.sleep(limits.pollMs);
  }
};
export const undo = async (world: World, outcome: Outcome): Promise<Outcome> => {
  const result = await world.action.undo?.(world.input, undoable(outcome), world.outside({ key: 'undo' }));
  if (result === undefined) throw new Error('the case says that undo restores, but the action has no undo');
  return result;
};

/**
 * Gives up once the vendor has met the request at this place: what is lost is its answer, however busy the machine is, and nobody
 * waits for it. Null where it never met one.
 */
export const lostAt = async (
  world: World,
  place: Readonly<{ method: string; path: string }>,
): Promise<Outcome | null> => {
  const control = new AbortController();
  const from = world.simulator?.seen().length ?? 0;
  const looking = setInterval(() => {
    const since = world.simulator?.seen().slice(from) ?? [];
    if (since.some(({ method, path }) => method === place.method && path.includes(place.path)))
      control.abort(new DOMException('no answer came', 'TimeoutError'));
  }, 2);
  try {
    const outcome = await act(world, { signal: control.signal });
    return control.signal.aborted ? outcome : null;
  } finally {
    clearInterval(looking);
  }
};

/** The part that undo must restore, as it is before anything was done. */
export const seedState = async (
  member: Member,
  one: ConnectorCase,
  restores: (state: Json) => Json,
): Promise<Json> => await inWorld(member, one, (world) => Promise.resolve(restores(world.state())));

/** The requests of a run that change something, each with its first place; faults are laid on these. */
export const writesOf = async (
  member: Member,
  one: ConnectorCase,
  before?: (world: World) => Promise<Outcome>,
) =>
  await inWorld(member, one, async (world) => {
    const first = before === undefined ? null : await before(world);
    const from = world.writes.length;
    await (first === null ? act(world) : undo(world, first));
    const places = world.writes
      .slice(from)
      .map(({ method, path }: Ask) => ({ method, path: path.replace(/\d{6,}$/, '') }));
    return [...new Map(places.map((place) => [`${place.method} ${place.path}`, place])).values()];
  });
