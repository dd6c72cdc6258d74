import { describe, expect, test } from 'vitest';
import { patientFetch } from '../../src/connectors/call.ts';
import type { Outside } from '../../src/connectors/connector.ts';
import { makeGate, type Pace } from '../../src/engine/batch/pace.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { limits } from '../../src/model/limits.ts';
import { fakeClock, type FakeClock } from '../fakes/clock.ts';

type Answer = Readonly<{ status: number; after?: number }>;
const fine: Answer = { status: 200 };

/** One system on a clock that stands still: when which item asked it, and what it answers. */
type System = Readonly<{
  clock: FakeClock;
  /** `name@milliseconds`, in the order in which they went out. */
  sent: readonly string[];
  ended: readonly string[];
  most: () => number;
  begin: (name: string) => void;
  pass: (ms: number) => Promise<void>;
  rest: () => Promise<void>;
}>;

/** An answer takes a moment of the system's own time, so that requests are under way together. */
const system = (
  pace: Pace,
  answers: (name: string, nth: number) => Answer,
  signal: AbortSignal = new AbortController().signal,
): System => {
  const clock = fakeClock();
  const start = clock.now();
  const gate = makeGate(pace, clock, signal);
  const sent: string[] = [];
  const ended: string[] = [];
  const asked = new Map<string, number>();
  let [under, most] = [0, 0];
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 50; i += 1) await nextTurn();
  };
  const one = async (name: string): Promise<void> => {
    await gate.room(true);
    const outside = {
      clock,
      processes: walledProcesses(new Set()),
      signal,
      http: {
        fetch: async () => {
          sent.push(`${name}@${clock.now() - start}`);
          under += 1;
          most = Math.max(most, under);
          await nextTurn();
          under -= 1;
          const nth = asked.get(name) ?? 0;
          asked.set(name, nth + 1);
          const { status, after } = answers(name, nth);
          const headers = after === undefined ? {} : { 'retry-after': String(after) };
          return new Response('{}', { status, headers });
        },
      },
    } as unknown as Outside;
    await patientFetch(gate.through(outside), 'safe')('http://127.0.0.1/').catch(() => undefined);
    ended.push(name);
    gate.done();
  };
  return {
    clock,
    sent,
    ended,
    most: () => most,
    begin: (name) => void one(name),
    rest,
    pass: async (ms) => {
      clock.advance(ms);
      await rest();
    },
  };
};
const free = (atOnce: number): Pace => ({ atOnce, perMinute: null });
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `t${i}`);

describe('the gate of one system', () => {
  test.each([1, 3])('lets %i requests be under way and no more', async (atOnce) => {
    const one = system(free(atOnce), () => fine);
    for (const name of names(12)) one.begin(name);
    await one.rest();
    expect(one.ended).toHaveLength(12);
    expect(one.most()).toBe(atOnce);
  });

  test.each([429, 503])(
    'gives the place of one that is told %i and a time to another, and repeats it when its time has come',
    async (status) => {
      const one = system(free(1), (name, nth) => (name === 't0' && nth === 0 ? { status, after: 2 } : fine));
      for (const name of names(2)) one.begin(name);
      await one.rest();
      expect(one.sent).toEqual(['t0@0', 't1@0']);
      expect(one.ended).toEqual(['t1']);
      await one.pass(1999);
      expect(one.sent).toHaveLength(2);
      await one.pass(1);
      expect(one.sent.at(-1)).toBe('t0@2000');
      expect(one.ended).toEqual(['t1', 't0']);
    },
  );

  test('waits its own first wait where the system names no time', async () => {
    const one = system(free(1), (_name, nth) => (nth === 0 ? { status: 503 } : fine));
    one.begin('t0');
    await one.rest();
    await one.pass(limits.retryFirstWaitMs - 1);
    expect(one.sent).toHaveLength(1);
    await one.pass(1);
    expect(one.ended).toEqual(['t0']);
  });

  test('sends repeats before what is new', async () => {
    // One request in a second, so that there is a queue when the repeat comes into it.
    const one = system({ atOnce: 4, perMinute: 60 }, (name, nth) =>
      name === 't0' && nth === 0 ? { status: 429, after: 1 } : fine,
    );
    for (const name of names(4)) one.begin(name);
    await one.rest();
    for (let i = 0; i < 6; i += 1) await one.pass(1000);
    const order = one.sent.map((text) => text.split('@')[0]);
    expect(order.slice(0, 2)).toEqual(['t0', 't1']);
    expect(order.lastIndexOf('t0')).toBeLessThan(order.indexOf('t3'));
    expect(one.ended).toHaveLength(4);
  });

  test('leaves the whole system alone when every place in a row was told "later"', async () => {
    const one = system(free(2), (_name, nth) => (nth === 0 ? { status: 429, after: 5 } : fine));
    for (const name of names(8)) one.begin(name);
    await one.rest();
    // One more than the two places went out before the second refusal had come back.
    expect(one.sent).toEqual(['t0@0', 't1@0', 't2@0']);
    await one.pass(4999);
    expect(one.sent).toHaveLength(3);
    await one.pass(1);
    expect(one.sent.length).toBeGreaterThan(3);
  });

  test('lets no more be under way when many that waited are to be sent again at one time', async () => {
    const one = system(free(2), (_name, nth) => (nth === 0 ? { status: 503, after: 1 } : fine));
    for (const name of names(8)) one.begin(name);
    await one.rest();
    for (let i = 0; i < 20; i += 1) await one.pass(1000);
    expect(one.ended).toHaveLength(8);
    expect(one.most()).toBe(2);
  });

  test('has so many requests in a minute, evenly', async () => {
    const one = system({ atOnce: 4, perMinute: 120 }, () => fine);
    for (const name of names(5)) one.begin(name);
    await one.rest();
    for (let i = 0; i < 20; i += 1) await one.pass(100);
    expect(one.sent).toEqual(['t0@0', 't1@500', 't2@1000', 't3@1500', 't4@2000']);
  });

  test('begins no more items than a few times its places, however many wait to be sent again', async () => {
    const one = system(free(2), (name) =>
      Number(name.slice(1)) % 2 === 0 ? { status: 429, after: 20 } : fine,
    );
    for (const name of names(40)) one.begin(name);
    await one.rest();
    const begun = new Set(one.sent.map((text) => text.split('@')[0]));
    const open = [...begun].filter((name) => !one.ended.includes(name ?? ''));
    expect(open.length).toBe(2 * limits.paceOpenFactor);
    expect(begun.size).toBeLessThan(40);
  });

  test('holds nobody back once all is to end', async () => {
    const leave = new AbortController();
    const one = system({ atOnce: 1, perMinute: 1 }, () => fine, leave.signal);
    for (const name of names(1)) one.begin(name);
    await one.rest();
    one.begin('t9');
    await one.rest();
    expect(one.sent).toHaveLength(1);
    leave.abort();
    await one.rest();
    expect(one.ended).toContain('t9');
  });
});
