import { describe, expect, test } from 'vitest';
import { jumpBetween, jumpFields, passedAtLeast } from '../../src/base/beat.ts';
import { fakeClock } from '../fakes/clock.ts';

const clockAt = (wall = '2026-11-20T02:00:00Z') => fakeClock(wall);

describe('a clock that was set', () => {
  test.each([
    ['back by three hours', '2026-11-19T23:10:00Z', -3 * 3_600_000],
    ['forward by three hours', '2026-11-20T05:10:00Z', 3 * 3_600_000],
    ['back by a day', '2026-11-19T02:10:00Z', -86_400_000],
    ['forward by a year', '2027-11-20T02:10:00Z', 365 * 86_400_000],
    ['back by three seconds', '2026-11-20T02:09:57Z', -3000],
  ])('%s is told by how much', (_name, wall, difference) => {
    const clock = clockAt();
    const before = clock.stamp();
    clock.advance('10m');
    const due = clock.now();
    clock.set(wall);
    expect(jumpBetween(before, clock.stamp())).toEqual({
      before: due,
      after: clock.now(),
      difference,
      restarted: false,
    });
  });

  test('is none where time passed as it does, a second was corrected, or a quartz drifted for a day', () => {
    const clock = clockAt();
    const before = clock.stamp();
    for (const [by, wall] of [
      ['10m', '2026-11-20T02:10:01.000Z'],
      ['1d', '2026-11-21T02:10:40.000Z'],
    ] as const) {
      clock.advance(by);
      expect(jumpBetween(before, clock.stamp())).toBeNull();
      clock.set(wall);
      expect(jumpBetween(before, clock.stamp())).toBeNull();
    }
  });

  test('across a restart only a time before the last one is a jump: nobody knows how long the machine was off', () => {
    const before = clockAt().stamp();
    const later = fakeClock('2026-11-20T05:00:00Z', 'c0ffee02').stamp();
    const earlier = fakeClock('2026-11-20T01:00:00Z', 'c0ffee02').stamp();
    expect(jumpBetween(before, later)).toBeNull();
    expect(jumpBetween(before, earlier)).toMatchObject({ difference: -3_600_000, restarted: true });
  });

  test('is written in whole milliseconds', () => {
    const clock = clockAt();
    const before = { ...clock.stamp(), mono: '999999999' };
    clock.set('2026-11-20T01:00:00.001Z');
    const jump = jumpBetween(before, clock.stamp());
    expect(jump === null ? null : Object.values(jumpFields(jump)).every((one) => !Number.isNaN(one))).toBe(
      true,
    );
    expect(Number.isInteger(jump?.difference)).toBe(true);
  });
});

test('what has passed for certain is not read off the wall, and across a restart is the time since it', () => {
  const clock = clockAt();
  const before = clock.stamp();
  clock.advance('9s');
  clock.set('2026-11-20T12:00:00Z');
  expect(passedAtLeast(before, clock.stamp())).toBe(9000);
  expect(passedAtLeast(before, { boot: 'c0ffee02', mono: '4000000000' })).toBe(4000);
});
