import { expect, test } from 'vitest';
import { formatUtc, parseInstant } from '../../src/base/instant.ts';
import { looksLikeTime, readTime, typedTimeFault } from '../../src/base/typed-time.ts';
import { at } from '../fakes/clock.ts';

const now = at('2026-11-20T01:14:00Z');
const BERLIN = 'Europe/Berlin';
const read = (text: string, zone = BERLIN): string => {
  const found = readTime(text, now, zone);
  return found.is === 'moment' ? formatUtc(found.at).slice(0, 19) : found.is;
};

test.each([
  ['now', '2026-11-20T01:14:00'],
  ['NOW ', '2026-11-20T01:14:00'],
  ['-20m', '2026-11-20T00:54:00'],
  ['- 20 min', '2026-11-20T00:54:00'],
  ['20m', '2026-11-20T00:54:00'],
  ['2h ago', '2026-11-19T23:14:00'],
  ['-3d', '2026-11-17T01:14:00'],
  ['02:10', '2026-11-20T01:10:00'],
  ['2:10', '2026-11-20T01:10:00'],
  // Twenty to midnight has not come yet, so it was yesterday's.
  ['23:40', '2026-11-19T22:40:00'],
  ['today 23:40', '2026-11-20T22:40:00'],
  ['yesterday 23:40', '2026-11-19T22:40:00'],
  ['Yesterday  9:05', '2026-11-19T08:05:00'],
  ['2026-07-01 12:00', '2026-07-01T10:00:00'],
  ['2026-07-01T12:00:30', '2026-07-01T10:00:30'],
  ['2026-11-20T02:14:00+01:00', '2026-11-20T01:14:00'],
])('%s is the moment it names in Berlin', (typed, utc) => {
  expect(read(typed)).toBe(utc);
});

test.each(['', 'soon', 'yesterday', '25:00', '2026-02-30 10:00', '10', '-20', '14.05', 'last week 10:00'])(
  '"%s" is no time and is never guessed',
  (typed) => {
    expect(read(typed)).toBe('nothing');
  },
);

test('yesterday is the day before on the wall, also where a day had another length', () => {
  const after = at('2026-10-25T23:30:00Z');
  const found = readTime('yesterday 23:40', after, BERLIN);
  // It is the 26th in Berlin by then, and the 25th had twenty-five hours.
  expect(found.is === 'moment' && formatUtc(found.at).slice(0, 16)).toBe('2026-10-25T22:40');
});

test('a time that clocks showed twice is asked for again, with both ways to write it, the earlier first', () => {
  const found = readTime('2026-10-25 02:30', now, BERLIN);
  expect(found.is).toBe('twice');
  expect(found.is === 'twice' && typedTimeFault(found, BERLIN)).toContain(
    '2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00',
  );
});

test('an hour that is repeated, or left out, is asked about only once clocks have come to it', () => {
  const when = (typed: string, utc: string): string => {
    const found = readTime(typed, at(utc), BERLIN);
    return found.is === 'moment' ? formatUtc(found.at).slice(0, 16) : found.is;
  };
  // Half past midnight: half past two has not come yet, so it was yesterday's.
  expect(when('02:30', '2026-10-24T22:30:00Z')).toBe('2026-10-24T00:30');
  // In the first of the two hours, and in the second before half past: it was shown once.
  expect(when('02:30', '2026-10-25T00:45:00Z')).toBe('2026-10-25T00:30');
  expect(when('02:30', '2026-10-25T01:15:00Z')).toBe('2026-10-25T00:30');
  expect(when('02:30', '2026-10-25T03:00:00Z')).toBe('twice');
  expect(when('02:30', '2026-03-28T23:30:00Z')).toBe('2026-03-28T01:30');
  expect(when('02:30', '2026-03-29T01:30:00Z')).toBe('never');
});

test('a time that no clock showed is refused', () => {
  const found = readTime('2026-03-29 02:30', now, BERLIN);
  expect(found.is === 'never' && typedTimeFault(found, BERLIN)).toContain('left out');
});

test('every hour of a year in a zone with summer time is read as it is shown, or asked for again', () => {
  const start = parseInstant('2026-01-01T00:00:00Z') ?? now;
  for (let hour = 0; hour < 366 * 24; hour += 1) {
    const moment = at(formatUtc(((start as number) + hour * 3_600_000) as typeof now));
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: BERLIN,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(moment);
    const found = readTime(wall, now, BERLIN);
    if (found.is === 'twice') expect(found.moments).toContain(moment);
    else expect(found).toEqual({ is: 'moment', at: moment });
  }
});

test('twelve million are not twelve minutes', () => {
  expect(['12m', '12 m', '12k', '4711'].map(looksLikeTime)).toEqual([false, false, false, false]);
  expect(['-12m', '12m ago', '02:10', 'yesterday 02:10', 'now'].map(looksLikeTime)).toEqual(
    Array.from({ length: 5 }, () => true),
  );
});

test('a day at either end of time is no moment, and no fault of the program', () => {
  for (const typed of ['0000-01-01 00:00', '9999-12-31 23:59']) expect(read(typed)).toBe('nothing');
});
