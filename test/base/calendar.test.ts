import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { due, isZone, type Holidays } from '../../src/base/calendar.ts';
import {
  DAY,
  formatDuration,
  HOUR,
  leftOrLate,
  MINUTE,
  SECOND,
  type Period,
} from '../../src/base/duration.ts';
import { formatLocal, instant, parseInstant, type Instant } from '../../src/base/instant.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is no time`);
  return parsed;
};
const end = (period: Period, start: string, zone: string, holidays: Holidays | null = null): string => {
  const found = due(period, at(start), zone, holidays);
  return found.is === 'at' ? formatLocal(found.at, zone, 'rfc3339') : found.wording;
};
const hours = (n: number): Period => ({ kind: 'hours', hours: n });
const days = (n: number): Period => ({ kind: 'calendar-days', days: n });
const working = (n: number, cutoff?: string): Period => ({
  kind: 'business-days',
  days: n,
  calendar: null,
  ...(cutoff !== undefined && { cutoff }),
});
const months = (n: number, roll: 'none' | 'next-working-day' = 'none'): Period => ({
  kind: 'months',
  months: n,
  roll,
  calendar: null,
});

const ireland: Holidays = {
  id: 'IE',
  dates: new Set(['2026-10-26', '2026-12-25', '2026-12-26', '2027-01-01']),
};

describe('72 hours are 72 real hours', () => {
  it.each([
    [
      'over the clock change of spring in Dublin',
      '2026-03-27T09:00:00Z',
      'Europe/Dublin',
      '2026-03-30T10:00:00+01:00',
    ],
    [
      'over the clock change of spring in Berlin',
      '2026-03-27T09:00:00+01:00',
      'Europe/Berlin',
      '2026-03-30T10:00:00+02:00',
    ],
    [
      'over the clock change of autumn in Dublin',
      '2026-10-23T18:00:00+01:00',
      'Europe/Dublin',
      '2026-10-26T17:00:00Z',
    ],
    [
      'over the clock change of autumn in Berlin',
      '2026-10-23T18:00:00+02:00',
      'Europe/Berlin',
      '2026-10-26T17:00:00+01:00',
    ],
    [
      'from the first pass of the repeated hour',
      '2026-10-25T02:30:00+02:00',
      'Europe/Berlin',
      '2026-10-28T01:30:00+01:00',
    ],
    ['from its second pass', '2026-10-25T02:30:00+01:00', 'Europe/Berlin', '2026-10-28T02:30:00+01:00'],
    ['through Christmas', '2026-12-24T23:59:00Z', 'Europe/Dublin', '2026-12-27T23:59:00Z'],
    ['over a leap day', '2028-02-27T12:00:00+01:00', 'Europe/Berlin', '2028-03-01T12:00:00+01:00'],
  ])('%s', (_, start, zone, expected) => {
    expect(at(end(hours(72), start, zone))).toBe(at(expected));
  });
});

describe('days end with the day of the zone', () => {
  it.each([
    [
      'three days of which one has 23 hours',
      days(3),
      '2026-03-27T09:00:00+01:00',
      'Europe/Berlin',
      '2026-03-30T23:59:59+02:00',
    ],
    [
      'three days of which one has 25 hours',
      days(3),
      '2026-10-23T09:00:00+02:00',
      'Europe/Berlin',
      '2026-10-26T23:59:59+01:00',
    ],
    [
      'a start just before midnight',
      days(1),
      '2026-11-20T23:59:59Z',
      'Europe/Dublin',
      '2026-11-21T23:59:59+00:00',
    ],
    [
      'a start that is already tomorrow in the zone',
      days(1),
      '2026-11-20T23:30:00Z',
      'Europe/Berlin',
      '2026-11-22T23:59:59+01:00',
    ],
    [
      'a day whose midnight the clocks skip',
      days(1),
      '2018-11-03T12:00:00-03:00',
      'America/Sao_Paulo',
      '2018-11-04T23:59:59-02:00',
    ],
    [
      'a day that ends an hour after its midnight',
      days(1),
      '2018-02-16T12:00:00-02:00',
      'America/Sao_Paulo',
      '2018-02-17T23:59:59-03:00',
    ],
    [
      'working days over a weekend',
      working(3),
      '2026-11-20T10:00:00Z',
      'Europe/Dublin',
      '2026-11-25T23:59:59+00:00',
    ],
    [
      'working days from a Saturday',
      working(1),
      '2026-11-21T10:00:00Z',
      'Europe/Dublin',
      '2026-11-23T23:59:59+00:00',
    ],
    [
      'working days with a cutoff',
      working(1, '17:30'),
      '2026-11-20T10:00:00Z',
      'Europe/Dublin',
      '2026-11-23T17:30:00+00:00',
    ],
    [
      'a month to a shorter one',
      months(1),
      '2026-01-31T10:00:00Z',
      'Europe/Dublin',
      '2026-02-28T23:59:59+00:00',
    ],
    [
      'a month to a leap day',
      months(1),
      '2028-01-30T10:00:00Z',
      'Europe/Dublin',
      '2028-02-29T23:59:59+00:00',
    ],
    [
      'a month from the end of a short one',
      months(1),
      '2026-02-28T10:00:00Z',
      'Europe/Dublin',
      '2026-03-28T23:59:59+00:00',
    ],
    [
      'months over the end of a year',
      months(3),
      '2026-11-30T10:00:00Z',
      'Europe/Dublin',
      '2027-02-28T23:59:59+00:00',
    ],
  ])('%s', (_, period, start, zone, expected) => {
    expect(end(period, start, zone)).toBe(expected);
  });

  it('includes the last millisecond of the last day', () => {
    const found = due(days(1), at('2026-11-20T10:00:00Z'), 'UTC', null);
    expect(found).toEqual({ is: 'at', at: at('2026-11-21T23:59:59.999Z') });
  });
});

describe('holidays', () => {
  it('are not working days', () => {
    expect(end(working(2), '2026-10-23T10:00:00+01:00', 'Europe/Dublin', ireland)).toBe(
      '2026-10-28T23:59:59+00:00',
    );
    expect(end(working(5), '2026-12-23T10:00:00Z', 'Europe/Dublin', ireland)).toBe(
      '2026-12-31T23:59:59+00:00',
    );
  });

  it('move the end of months only where the rule says so', () => {
    const start = '2026-11-25T10:00:00Z';
    expect(end(months(1), start, 'Europe/Dublin', ireland)).toBe('2026-12-25T23:59:59+00:00');
    expect(end(months(1, 'next-working-day'), start, 'Europe/Dublin', ireland)).toBe(
      '2026-12-28T23:59:59+00:00',
    );
  });

  it('never make an end earlier: without them a person is warned too soon and not too late', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 30 }), (start, n) => {
        const [without, withThem] = [
          due(working(n), start, 'Europe/Dublin', null),
          due(working(n), start, 'Europe/Dublin', ireland),
        ];
        expect(ms(without)).toBeLessThanOrEqual(ms(withThem));
      }),
    );
  });
});

describe('a period without a number', () => {
  it('keeps its words and gets no moment', () => {
    expect(
      due({ kind: 'none', wording: 'without undue delay' }, at('2026-11-20T10:00:00Z'), 'UTC', null),
    ).toEqual({
      is: 'none',
      wording: 'without undue delay',
    });
  });
});

describe('every period', () => {
  it('ends no earlier from a later start, so that a corrected start moves it the way a person expects', () => {
    fc.assert(
      fc.property(
        periods,
        zones,
        moments,
        fc.integer({ min: 0, max: 40 * 24 * HOUR }),
        (period, zone, start, later) => {
          const [first, second] = [
            due(period, start, zone, ireland),
            due(period, instant(start + later), zone, ireland),
          ];
          expect(ms(first)).toBeLessThanOrEqual(ms(second));
        },
      ),
    );
  });

  it('ends after it starts', () => {
    fc.assert(
      fc.property(periods, zones, moments, (period, zone, start) => {
        expect(ms(due(period, start, zone, ireland))).toBeGreaterThan(start);
      }),
    );
  });
});

describe('a zone', () => {
  it.each([
    ['Europe/Dublin', true],
    ['UTC', true],
    ['Europe/Atlantis', false],
    ['', false],
  ])('%j is known: %s', (zone, known) => {
    expect(isZone(zone)).toBe(known);
  });
});

describe('a length for people', () => {
  it.each([
    [72 * HOUR, '72 h 00 min'],
    [72 * HOUR - 1, '71 h 59 min'],
    [HOUR, '1 h 00 min'],
    [9 * MINUTE + 5 * SECOND, '9 min 05 s'],
    [40 * SECOND, '40 s'],
    [0, '0 s'],
    [-(2 * HOUR + 10 * MINUTE), '2 h 10 min'],
  ])('%d ms reads %s', (length, text) => {
    expect(formatDuration(length)).toBe(text);
  });

  it.each([
    [72 * HOUR, '72 h 00 min left'],
    [96 * HOUR - 1, '95 h 59 min left'],
    [96 * HOUR, '4 d left'],
    [20 * DAY + 5 * HOUR + 59 * MINUTE, '20 d 5 h left'],
    [40 * SECOND, '40 s left'],
    [-40 * SECOND, 'LATE by 40 s'],
    [-(48 * HOUR - 1), 'LATE by 47 h 59 min'],
    [-48 * HOUR, 'LATE by 2 d'],
    [-(12 * DAY + 4 * HOUR), 'LATE by 12 d 4 h'],
    [-1400 * DAY, 'LATE by 1400 d'],
  ])('%d ms from now is %s', (length, text) => {
    expect(leftOrLate(length)).toBe(text);
  });
});

const moments = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }).map(instant);
const zones = fc.constantFrom(
  'Europe/Dublin',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
);
const periods: fc.Arbitrary<Period> = fc.oneof(
  fc.integer({ min: 1, max: 200 }).map(hours),
  fc.integer({ min: 1, max: 100 }).map(days),
  fc.integer({ min: 1, max: 30 }).map((n) => working(n)),
  fc
    .tuple(fc.integer({ min: 1, max: 14 }), fc.constantFrom('none' as const, 'next-working-day' as const))
    .map(([n, roll]) => months(n, roll)),
);
const ms = (found: ReturnType<typeof due>): number => (found.is === 'at' ? found.at : Number.NaN);
