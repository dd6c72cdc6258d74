import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jumpBetween, passedAtLeast } from '../../src/base/beat.ts';
import { instant, plus } from '../../src/base/instant.ts';
import { shiftedClock, virtualClock } from '../../src/drill/clock.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { at, fakeClock } from '../fakes/clock.ts';

const start = at('2026-11-10T06:42:00Z');
const turns = async (many: number): Promise<void> => {
  for (let i = 0; i < many; i += 1) await nextTurn();
};

describe('the clock of an unattended drill', () => {
  test('stands still until somebody waits, and jumps to what is waited for', async () => {
    const clock = virtualClock(start);
    await turns(5);
    expect(clock.now()).toBe(start);
    await clock.sleep(3_600_000);
    expect(clock.now()).toBe(plus(start, 3_600_000));
  });

  test('lets time pass for whoever waits for a part of a millisecond: else they would wait for ever', async () => {
    const clock = virtualClock(start);
    const until = clock.elapsed() + 1000 / 3;
    let waits = 0;
    for (; clock.elapsed() < until && waits < 9; waits += 1) await clock.sleep(until - clock.elapsed());
    expect(waits).toBe(1);
  });

  test('wakes sleepers in the order of their times, and those of one time in the order they came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 9 }), { maxLength: 12 }), async (lengths) => {
        const clock = virtualClock(start);
        const woken: [number, number, number][] = [];
        await Promise.all(
          lengths.map(async (minutes, i) => {
            await clock.sleep(minutes * 60_000);
            woken.push([minutes, i, clock.now() - start]);
          }),
        );
        expect(woken.map(([minutes, i]) => [minutes, i])).toEqual(
          lengths
            .map((minutes, i) => [minutes, i])
            .toSorted(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j),
        );
        for (const [minutes, , passed] of woken) expect(passed).toBe(minutes * 60_000);
      }),
      { numRuns: 60 },
    );
  });

  test('does not move while a request is on its way', async () => {
    const clock = virtualClock(start);
    clock.busy(1);
    clock.busy(1);
    let awake = false;
    const slept = clock.sleep(1000).then(() => (awake = true));
    await turns(20);
    clock.busy(-1);
    await turns(20);
    expect([awake, clock.now()]).toEqual([false, start]);
    clock.busy(-1);
    await slept;
    expect(clock.now()).toBe(plus(start, 1000));
  });

  test('lets go of a sleeper that is called off, and does not wait for its time', async () => {
    const clock = virtualClock(start);
    clock.busy(1);
    const off = new AbortController();
    const slept = clock.sleep(3_600_000, off.signal);
    off.abort(new Error('called off'));
    await expect(slept).rejects.toThrow('called off');
    clock.busy(-1);
    await clock.sleep(10);
    expect(clock.now()).toBe(plus(start, 10));
    await expect(clock.sleep(10, off.signal)).rejects.toThrow('called off');
  });

  test('goes on after a resume at a later moment and never back', () => {
    const clock = virtualClock(start);
    clock.jump(plus(start, 60_000));
    clock.jump(start);
    expect(clock.now()).toBe(plus(start, 60_000));
  });

  test('stamps what it shows, so that the journal of a drill is in drill time', async () => {
    const clock = virtualClock(start);
    await clock.pass(90_000);
    expect(clock.stamp()).toEqual({ boot: 'drill', mono: '90000000000', wall: '2026-11-10T06:43:30.000Z' });
  });
});

test('the clock of a drill that people play runs on from the start of the story, at its speed', () => {
  const machine = fakeClock('2026-12-24T20:00:00Z');
  const clock = shiftedClock(machine, start, machine.now(), 4);
  machine.advance('10m');
  expect(clock.now()).toBe(plus(start, 40 * 60_000));
  expect(clock.stamp().wall).toBe('2026-11-10T07:22:00.000Z');
  expect(clock.elapsed() % 4).toBe(0);
  // A machine whose clock is set neither moves the story nor, in the next process, takes it behind its beginning.
  machine.set('2026-12-24T19:00:00Z');
  expect(clock.now()).toBe(plus(start, 40 * 60_000));
  expect(shiftedClock(machine, start, at('2026-12-24T20:00:00Z'), 4).now()).toBe(instant(start));
});

test.each([0.5, 1, 4, 60])(
  'the time that nobody can set runs %d times as fast as the machine too: a speed is no jump',
  (speed) => {
    const machine = fakeClock('2026-12-24T20:00:00Z');
    const clock = shiftedClock(machine, start, machine.now(), speed);
    const first = clock.stamp();
    machine.advance('3h');
    expect(jumpBetween(first, clock.stamp())).toBeNull();
    expect(passedAtLeast(first, clock.stamp())).toBe(3 * 3_600_000 * speed);
    // As it would be, were only the wall scaled.
    const unscaled = { ...clock.stamp(), mono: machine.stamp().mono };
    expect(jumpBetween({ ...first, mono: '1000000000' }, unscaled) === null).toBe(speed === 1);
  },
);
