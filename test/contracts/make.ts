import { expect, test } from 'vitest';
import { canonicalEntry } from '../../src/base/canonical.ts';
import type { Fault } from '../../src/connectors/simulator.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { act, inWorld, undo } from './acts.ts';
import { leaks } from './forms.ts';
import { actionsOf } from './trial.ts';
import type { Member, World } from './trial.ts';

/** What makes a new credential in place of an old one: one, handed out before anything else, accepted, and never a second. */

const LOST: readonly Readonly<{ title: string; fault: Fault }>[] = [
  { title: 'one 503', fault: { is: 'status', status: 503 } },
  { title: 'a connection cut before anything happened', fault: { is: 'cut' } },
  { title: 'an answer cut off after it happened', fault: { is: 'cut-after' } },
];

const living = (one: ConnectorCase, world: World): readonly string[] => {
  if (one.made === undefined) throw new Error('the case does not say which new credentials live');
  return one.made(
    world.state(),
    world.made.map(({ secret }) => secret),
  );
};

/** The request that makes it: the last that changes anything. */
const makingPlace = async (member: Member, one: ConnectorCase) =>
  await inWorld(member, one, async (world) => {
    await act(world);
    const ask = world.writes.at(-1);
    if (ask === undefined) throw new Error('nothing was changed');
    return { method: ask.method, path: ask.path };
  });

/** Of the exchange that makes it the engine keeps no answer, and no request that sends it; nothing else may hold what was made. */
const kept = (world: World) =>
  world.heard.map((exchange) => ({
    ...exchange,
    answer: world.writes.length > 0 ? '' : exchange.answer,
    ...(world.action.makes?.endsOld === false && world.action.makes.sends === true ? { request: '' } : {}),
  }));

export function makeSuite(member: Member, one: ConnectorCase): void {
  const secrets = [...Object.values(one.secrets), ...(one.suspects ?? [])];

  test('says that it makes something, and has a page for doing it by hand', () => {
    const action = actionsOf(member, one)[one.action];
    expect(one.kind).toBe('make');
    expect(action).toMatchObject({ creates: true, effect: 'irreversible' });
    expect(action?.byHand.steps.length).toBeGreaterThan(0);
    expect(Object.keys(one.secrets)).toEqual(expect.arrayContaining([...(action?.secrets ?? [])]));
  });

  test('its preview makes nothing and shows the call', async () => {
    await inWorld(member, one, async (world) => {
      const before = JSON.stringify(world.state());
      const preview = await world.action.preview(world.input, world.outside());
      expect(JSON.stringify(world.state())).toBe(before);
      expect(preview.calls.length).toBeGreaterThan(0);
      expect(world.made).toEqual([]);
      expect(leaks([preview, world.heard], secrets)).toEqual([]);
    });
  });

  test('makes one, hands it out, and it is accepted; a dead one is not', async () => {
    await inWorld(member, one, async (world) => {
      const outcome = await act(world);
      expect(outcome.result).toBe('done');
      const [made, ...others] = world.made;
      expect(others).toEqual([]);
      expect(living(one, world)).toEqual([made?.secret]);
      const fresh = made?.secret ?? '';
      const proved = await world.action.verify(world.input, world.outside({ fresh }));
      expect(proved).toMatchObject({ is: 'proved' });
      expect(leaks([outcome, proved, kept(world)], [...secrets, fresh])).toEqual([]);
      expect(() => canonicalEntry(JSON.parse(JSON.stringify({ receipt: outcome.receipt })))).not.toThrow();
      const { refuse } = one;
      if (refuse === undefined) throw new Error('the case does not say how the new one dies');
      world.change(refuse);
      expect((await world.action.verify(world.input, world.outside({ fresh }))).is).toBe('refuted');
      expect((await world.action.verify(world.input, world.outside())).is).toBe('unproved');
      world.simulator?.fault({ is: 'cut' });
      expect((await world.action.verify(world.input, world.outside({ fresh }))).is).toBe('unproved');
    });
  });

  test('ends the old one only where it says so', async () => {
    await inWorld(member, one, async (world) => {
      const { makes } = world.action;
      if (makes?.endsOld !== true) return;
      expect((await makes.old(world.input, world.outside())).is).toBe('refuted');
      await act(world);
      expect(one.oldDead?.(world.state())).toBe(true);
      const old = await makes.old(world.input, world.outside());
      expect(old).toMatchObject({ is: 'proved' });
      expect(leaks([old], secrets)).toEqual([]);
    });
  });

  test.each(LOST)('after $title a repeat leaves one, the one that was handed out last', async ({ fault }) => {
    const place = await makingPlace(member, one);
    await inWorld(member, one, async (world) => {
      world.simulator?.fault({ ...fault, ...place });
      const first = await act(world);
      if (world.made.length === 0) expect(first.result).not.toBe('done');
      if (first.result !== 'done') expect((await act(world)).result).toBe('done');
      expect(living(one, world)).toEqual([world.made.at(-1)?.secret]);
    });
  });

  test('whose journal refuses to take it in is made again, and the first one is gone', async () => {
    await inWorld(member, one, async (world) => {
      const full = new Error('the disk is full');
      await expect(act(world, { made: async () => await Promise.reject(full) })).rejects.toBe(full);
      expect((await act(world)).result).toBe('done');
      expect(living(one, world)).toEqual([world.made.at(-1)?.secret]);
    });
  });

  test('says forbidden to a 401 and makes nothing', async () => {
    await inWorld(member, one, async (world) => {
      const state = JSON.stringify(world.state());
      for (let i = 0; i < 40; i += 1) world.simulator?.fault({ is: 'status', status: 401 });
      expect(['forbidden', 'failed']).toContain((await act(world)).result);
      expect(JSON.stringify(world.state())).toBe(state);
      expect(world.made).toEqual([]);
    });
  });

  const { restores } = one;
  if (restores === null) return;

  test('undo ends what was made, and nothing else', async () => {
    await inWorld(member, one, async (world) => {
      const before = restores(world.state());
      const outcome = await act(world);
      expect(restores(world.state())).not.toEqual(before);
      expect((await undo(world, outcome)).result).toBe('done');
      expect(restores(world.state())).toEqual(before);
      expect((await undo(world, outcome)).result).toBe('already');
    });
  });
}
