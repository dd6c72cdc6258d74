import { expect, test } from 'vitest';
import { formatUtc } from '../../src/base/instant.ts';
import { isProblem } from '../../src/base/problem.ts';
import { bothTimes, typedTime } from '../../src/cli/time.ts';
import { at } from '../fakes/clock.ts';

const now = at('2026-03-01T09:00:00Z');
const read = (text: string, zone = 'Europe/Berlin'): string =>
  formatUtc(typedTime(text, now, zone)).slice(0, 16);

test.each([
  ['now', '2026-03-01T09:00'],
  ['-20m', '2026-03-01T08:40'],
  ['3h ago', '2026-03-01T06:00'],
  ['09:30', '2026-03-01T08:30'],
  // Ten in the evening has not come yet, so it was yesterday's.
  ['22:00', '2026-02-28T21:00'],
  ['2026-02-14 07:05', '2026-02-14T06:05'],
  ['2026-02-14T07:05:00-05:00', '2026-02-14T12:05'],
  ['2026-07-01 12:00', '2026-07-01T10:00'],
])('%s is %s', (text, utc) => {
  expect(read(text)).toBe(utc);
});

test.each(['yesterday', '25:00', '2026-02-30 10:00', '14.05', ''])('%s is no time', (text) => {
  expect(() => read(text)).toThrow(/usage/);
});

test('a time that clocks showed twice is asked for again, with both ways to write it', () => {
  try {
    read('2026-10-25 02:30');
    expect.unreachable();
  } catch (error) {
    expect(isProblem(error) && error.facts['why']).toContain(
      '2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00',
    );
  }
});

test('a time that no clock showed is refused', () => {
  expect(() => read('2026-03-29 02:30')).toThrow(/left out/);
});

test('a moment is shown in local time and in UTC, and once where both are the same', () => {
  expect(bothTimes(now, 'Europe/Berlin')).toBe('2026-03-01 10:00 +01:00 (2026-03-01T09:00Z)');
  expect(bothTimes(now, 'UTC')).toBe('2026-03-01 09:00 UTC');
});
