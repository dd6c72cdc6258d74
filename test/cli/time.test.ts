import { expect, test } from 'vitest';
import { formatUtc } from '../../src/base/instant.ts';
import { isProblem } from '../../src/base/problem.ts';
import { bothTimes, typedTime } from '../../src/cli/time.ts';
import { at } from '../fakes/clock.ts';

const now = at('2026-03-01T09:00:00Z');
const read = (text: string, zone = 'Europe/Berlin'): string =>
  formatUtc(typedTime(text, now, zone)).slice(0, 16);

test('what is no time is refused with the ways to write one', () => {
  expect(() => read('soon')).toThrow(/usage/);
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

test('a moment is shown in local time and in UTC, and once where both are the same', () => {
  expect(bothTimes(now, 'Europe/Berlin')).toBe('2026-03-01 10:00 +01:00 (2026-03-01T09:00Z)');
  expect(bothTimes(now, 'UTC')).toBe('2026-03-01 09:00 UTC');
});
