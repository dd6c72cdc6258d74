import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { virtualClock } from '../../src/drill/clock.ts';
import { direct } from '../../src/drill/director.ts';
import type { Director } from '../../src/drill/director.ts';
import { noticesOf } from '../../src/drill/log.ts';
import type { Systems } from '../../src/drill/systems.ts';
import { NetworkError } from '../../src/io/http.ts';
import type { DrillSource } from '../../src/model/drill.ts';
import { byHand, story } from '../incident/story.ts';
import type { Story } from '../incident/story.ts';

/** The director over a told story and a system whose door this test opens and closes. */

type World = Readonly<{
  director: Director;
  told: Story;
  door: { open: boolean; gone: boolean; trouble: boolean; goneAt: string; asked: number };
  kinds: () => readonly string[];
  again: () => Director;
}>;

const staged = (scenario: Partial<DrillSource>, sim: () => Json = () => ({})): World => {
  const told = story([byHand('copy'), byHand('kill')]);
  const start = told.now();
  const clock = virtualClock(start);
  const door = { open: true, gone: false, trouble: false, goneAt: '', asked: 0 };
  let kept: Json | null = null;
  const systems: Systems = {
    baseUrl: (instance) => (door.goneAt === instance ? null : 'http://127.0.0.1:9'),
    truth: () => ({ vault: sim() }),
    get: () => null,
    gone: () => (door.gone ? ['vault'] : []),
    close: async () => {},
  };
  const make = (): Director =>
    direct({
      drill: { injects: [], ...scenario } as unknown as DrillSource,
      systems,
      start,
      seed: 1,
      clock,
      made: (name) => `made-${name}`,
      http: {
        fetch: async (_url, init) => {
          door.asked += 1;
          if (door.gone) throw new NetworkError('refused', false, 'nothing answers');
          if (door.trouble) return new Response('{}', { status: 503 });
          const known = new Headers(init?.headers).get('authorization') === 'Bearer made-key';
          return await Promise.resolve(new Response('{}', { status: door.open && known ? 200 : 401 }));
        },
      },
      ledger: {
        entries: (from = 0) => told.entries().filter(({ n }) => n >= from),
        state: () => told.state(),
        append: async (events) => {
          told.later(clock.now() - told.now());
          told.happens(...events);
          await Promise.resolve();
        },
      },
      kept: { read: () => kept, write: (value) => void (kept = value) },
    });
  const kinds = (): readonly string[] =>
    told.entries().flatMap((entry) => (entry.kind.startsWith('drill.') ? [entry.kind] : []));
  return { director: make(), told, door, kinds, again: make };
};

const thief = {
  id: 'thief',
  says: 'Reads with the stolen key',
  instance: 'vault',
  every_seconds: 20,
  method: 'GET',
  path: '/v1/things',
  headers: { authorization: 'Bearer $secret:key' },
  takes: 3,
} as const;

describe('somebody who attacks', () => {
  test('gets in until the system refuses them, comes back when it does not, and the journal has each change once', async () => {
    const { director, door, kinds } = staged({ attacker: [thief] });
    await director.pass(5 * 60_000);
    expect(kinds()).toEqual(['drill.attacked']);
    expect(director.log().attacked.get('thief')).toMatchObject({ getsIn: true, refusedAt: null });
    const taken = director.attempts().get('thief')?.taken ?? 0;
    expect(taken).toBeGreaterThanOrEqual(3 * 10);
    door.open = false;
    const before = door.asked;
    await director.pass(20 * 60_000);
    expect(director.log().attacked.get('thief')).toMatchObject({ getsIn: false });
    expect(director.attempts().get('thief')?.taken).toBeLessThanOrEqual(taken + 3);
    // Refused, they knock far less often.
    expect(door.asked - before).toBeLessThan(8);
    door.open = true;
    await director.pass(20 * 60_000);
    expect(director.log().attacked.get('thief')).toMatchObject({ getsIn: true, refusedAt: null });
    expect(kinds()).toEqual(['drill.attacked', 'drill.attacked', 'drill.attacked']);
  });

  test('goes on after a crash with what they had', async () => {
    const { director, again, kinds } = staged({ attacker: [thief] });
    await director.pass(5 * 60_000);
    const next = again();
    expect(next.attempts().get('thief')).toEqual(director.attempts().get('thief'));
    await next.turn();
    expect(kinds()).toEqual(['drill.attacked']);
  });

  test('meets a system that is gone: it is said once, and not taken for containment', async () => {
    const { director, door, kinds } = staged({ attacker: [thief] });
    door.gone = true;
    await director.pass(10 * 60_000);
    expect(kinds()).toEqual(['drill.lost']);
    expect(noticesOf(director.log())).toEqual(['GONE, go on by hand: vault']);
    expect(door.asked).toBe(0);
    expect(director.log().attacked.get('thief')).toBeUndefined();
  });
});

test('a simulator that dies is missed although nobody attacks, once, and the messages go on', async () => {
  const { director, door, kinds } = staged({
    injects: [{ id: 'later', at: 2, channel: 'chat', from: 'Ops', to: 'responder', body: 'Still here' }],
  });
  await director.turn();
  expect(kinds()).toEqual([]);
  door.gone = true;
  await director.pass(3 * 60_000);
  await director.turn();
  await director.turn();
  expect(kinds()).toEqual(['drill.lost', 'drill.injected']);
  expect(director.over()).toBeNull();
});

test('an error of the system is no refusal, and one system that is gone stops nobody at another', async () => {
  const other = { ...thief, id: 'other', instance: 'elsewhere' };
  const { director, door } = staged({ attacker: [thief, other] });
  await director.pass(60_000);
  door.trouble = true;
  await director.pass(5 * 60_000);
  expect(director.log().attacked.get('thief')).toMatchObject({ getsIn: true, refusedAt: null });
  door.trouble = false;
  door.goneAt = 'elsewhere';
  const before = director.attempts().get('thief')?.tries ?? 0;
  await director.pass(5 * 60_000);
  expect(director.log().lost).toEqual(new Set(['elsewhere']));
  expect(director.attempts().get('thief')?.tries).toBeGreaterThan(before + 5);
});

describe('a wrong move', () => {
  const scenario = {
    traps: [
      {
        id: 'killed-first',
        says: 'It was killed before it was copied',
        instead: 'Copy first',
        kind: 'out-of-order',
        when: 'at.kill < at.copy',
        play: { before: { copy: [{ take: 'kill' }] } },
      },
    ],
    injects: [
      {
        id: 'history-gone',
        after: 'killed-first',
        delay: 2,
        channel: 'mail',
        from: 'Vendor',
        to: 'responder',
        body: 'Gone',
      },
    ],
  } as const satisfies Partial<DrillSource>;

  test('is noticed once, with its consequence after its delay', async () => {
    const { director, told } = staged(scenario);
    await director.turn();
    expect(director.log().sprung.size).toBe(0);
    told.does({ do: 'tick', step: 'kill', result: 'Killed' });
    await director.turn();
    await director.turn();
    expect([...director.log().sprung]).toMatchObject([['killed-first', { kind: 'out-of-order', points: 2 }]]);
    expect(director.log().arrived.size).toBe(0);
    await director.pass(2 * 60_000);
    await director.turn();
    expect([...director.log().arrived.keys()]).toEqual(['history-gone']);
  });

  test('is none where the order was right', async () => {
    const { director, told } = staged(scenario);
    told.does({ do: 'tick', step: 'copy', result: 'Copied' });
    told.later(1000);
    told.does({ do: 'tick', step: 'kill', result: 'Killed' });
    await director.turn();
    await director.pass(60 * 60_000);
    expect(director.log().sprung.size).toBe(0);
    expect(director.log().arrived.size).toBe(0);
  });
});

test('a message with a condition waits for it; a rule that ends the drill ends everything', async () => {
  let leaking = false;
  const { director } = staged(
    {
      injects: [
        {
          id: 'press',
          at: 0,
          if: 'sim.vault.leaking == true',
          channel: 'press',
          from: 'Blogger',
          to: 'comms',
          body: 'Hello',
        },
        { id: 'late', at: 30, channel: 'chat', from: 'Somebody', to: 'comms', body: 'Never read' },
      ],
      stops: [
        { id: 'leaks', says: 'It leaks to the world', when: 'sim.vault.leaking == true && second > 600' },
      ],
    },
    () => ({ leaking }),
  );
  await director.turn();
  expect(director.log().arrived.size).toBe(0);
  leaking = true;
  await director.turn();
  expect([...director.log().arrived.keys()]).toEqual(['press']);
  expect(director.over()).toBeNull();
  await director.pass(11 * 60_000);
  await director.turn();
  expect(director.over()).toBe('It leaks to the world');
  await director.pass(60 * 60_000);
  await director.turn();
  expect(director.log().arrived.has('late')).toBe(false);
});

test('what cannot be told springs no trap', async () => {
  const { director } = staged({
    traps: [
      { id: 'odd', says: 'x', instead: 'y', kind: 'leak', when: 'sim.vault.nowhere.deep == true', play: {} },
    ],
  } as unknown as Partial<DrillSource>);
  await director.turn();
  expect(director.log().sprung.size).toBe(0);
});
