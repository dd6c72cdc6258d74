import { describe, expect, test } from 'vitest';
import { jumpBetween, passedAtLeast } from '../../src/base/beat.ts';
import { plus } from '../../src/base/instant.ts';
import { steeredClock } from '../../src/drill/steered.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { at, fakeClock } from '../fakes/clock.ts';

const start = at('2026-11-10T06:42:00Z');
const MIN = 60_000;
const begun = { played: 0, speed: 1, paused: false };
const opened = (from = begun) => {
  const machine = fakeClock('2026-12-24T20:00:00Z');
  return { machine, clock: steeredClock(machine, start, from) };
};

describe('the clock of a drill that people play', () => {
  test('changes its speed on the way, stands still and goes on; its stamps only go on and show no clock that was set', () => {
    const { machine, clock } = opened();
    const stamps = [clock.stamp()];
    const after = (by: string): number => {
      machine.advance(by);
      stamps.push(clock.stamp());
      return (clock.now() - start) / MIN;
    };
    expect(after('10m')).toBe(10);
    clock.steer({ speed: 60 });
    expect(after('10s')).toBe(20);
    clock.steer({ paused: true });
    expect(after('3h')).toBe(20);
    clock.steer({ paused: false, speed: 0.5 });
    expect(after('10m')).toBe(25);
    for (const [i, stamp] of stamps.entries()) {
      const before = stamps[i - 1];
      if (before === undefined) continue;
      expect(jumpBetween(before, stamp)).toBeNull();
      expect(passedAtLeast(before, stamp)).toBeGreaterThanOrEqual(0);
    }
    expect(clock.pace()).toEqual({ played: 25 * MIN, speed: 0.5, paused: false });
  });

  test('goes on in another process where it stood and as fast, whatever the machine did in between', () => {
    const { machine, clock } = opened();
    clock.steer({ speed: 4 });
    machine.advance('5m');
    const kept = clock.pace();
    const last = clock.stamp();
    machine.advance('14h');
    const next = steeredClock(machine, start, kept);
    expect(next.now()).toBe(plus(start, 20 * MIN));
    machine.advance('1m');
    expect(next.now()).toBe(plus(start, 24 * MIN));
    expect(jumpBetween(last, next.stamp())).toBeNull();
    // An older card than the journal: what was written down has happened.
    next.jump(plus(start, 60 * MIN));
    next.jump(plus(start, 30 * MIN));
    expect(next.now()).toBe(plus(start, 60 * MIN));
  });

  test.each([
    ['that does not count while it sleeps', false],
    ['that counts on while it sleeps', true],
  ])('a machine %s: the hour is found and is no hour of the drill', (_, counts) => {
    const { machine, clock } = opened();
    clock.slept();
    machine.advance('20s');
    expect(clock.slept()).toBe(0);
    const before = clock.now();
    if (counts) machine.advance('1h');
    else machine.set('2026-12-24T21:00:20Z');
    expect(clock.now()).toBe(before);
    expect(clock.slept()).toBe(60 * MIN);
    expect(clock.slept()).toBe(0);
    machine.advance('10s');
    expect(clock.now() - before).toBe(10_000);
  });

  test('a sleeper waits for the time of the drill through every change of its speed', async () => {
    const { machine, clock } = opened();
    let awake = false;
    const slept = clock.sleep(10 * MIN).then(() => (awake = true));
    await nextTurn();
    machine.advance('1m');
    clock.steer({ paused: true });
    await nextTurn();
    machine.advance('30m');
    await nextTurn();
    expect(awake).toBe(false);
    clock.steer({ paused: false, speed: 9 });
    await nextTurn();
    expect(awake).toBe(false);
    machine.advance('1m');
    await slept;
    expect(clock.now()).toBe(plus(start, 10 * MIN));
  });

  test('a sleeper that is called off stays called off', async () => {
    const { clock } = opened();
    const off = new AbortController();
    const slept = clock.sleep(MIN, off.signal);
    await nextTurn();
    clock.steer({ speed: 2 });
    off.abort(new Error('called off'));
    await expect(slept).rejects.toThrow('called off');
  });
});
