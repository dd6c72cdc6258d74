import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/base/instant.ts';
import { nextTurn, systemClock } from '../../src/io/clock.ts';
import { newId, systemRandom } from '../../src/io/random.ts';
import { at, fakeClock } from '../fakes/clock.ts';
import { fakeRandom } from '../fakes/random.ts';

describe('the clock', () => {
  const clock = systemClock();

  it('stamps with the start of the machine, a time that only grows, and the wall', async () => {
    const first = clock.stamp();
    await clock.sleep(5);
    const second = clock.stamp();
    expect(first.boot).toMatch(/^[0-9a-f]{8}$/);
    expect(second.boot).toBe(first.boot);
    expect(systemClock().stamp().boot).toBe(first.boot);
    expect(BigInt(second.mono) - BigInt(first.mono)).toBeGreaterThanOrEqual(4_000_000n);
    expect(Math.abs((parseInstant(second.wall) ?? 0) - clock.now())).toBeLessThan(1000);
  });

  it('stops sleeping when told to', async () => {
    const stop = new AbortController();
    const asleep = clock.sleep(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(asleep).rejects.toThrow('enough');
    await expect(clock.sleep(60_000, stop.signal)).rejects.toThrow('enough');
    await clock.sleep(-5);
    await nextTurn();
  });

  it('in tests moves only when told to, and wakes sleepers in order', async () => {
    const fake = fakeClock('2026-03-01T09:00Z');
    const woken: string[] = [];
    const sleepers = [
      fake.sleep(2000).then(() => woken.push('b')),
      fake.sleep(1000).then(() => woken.push('a')),
    ];
    fake.advance('1s');
    await sleepers[1];
    expect([woken, fake.sleepers()]).toEqual([['a'], 1]);
    const mono = BigInt(fake.stamp().mono);
    fake.set('2026-02-01T00:00Z');
    fake.advance('71h');
    await sleepers[0];
    expect(fake.now()).toBe(at('2026-02-03T23:00Z'));
    expect(BigInt(fake.stamp().mono) - mono).toBe(71n * 3_600_000_000_000n);
  });
});

describe('ids', () => {
  it('sort by age and never repeat', () => {
    const clock = fakeClock('2026-03-01T09:00Z');
    const random = fakeRandom();
    const ids = Array.from({ length: 50 }, () => {
      clock.advance(1);
      return newId('inc', clock, random);
    });
    expect(ids[0]).toMatch(/^inc-01[0-9A-HJKMNP-TV-Z]{24}$/);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(Array.from({ length: 1000 }, () => newId('x', clock, systemRandom()))).size).toBe(1000);
  });
});
