import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { due } from '../../src/base/calendar.ts';
import type { Period } from '../../src/base/duration.ts';
import { instant, zoneOffset, type Instant } from '../../src/base/instant.ts';

// Clocks that change at midnight (Beirut, Cairo, Havana, Asuncion), by half an hour (Lord Howe), by a whole day (Apia), and plain ones.
const zones = [
  'UTC',
  'Europe/Dublin',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Havana',
  'America/Asuncion',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
];

const cutoff = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const period: fc.Arbitrary<Period> = fc.oneof(
  fc.record({ kind: fc.constant('calendar-days' as const), days: fc.integer({ min: 1, max: 400 }) }),
  fc.record(
    {
      kind: fc.constant('business-days' as const),
      days: fc.integer({ min: 1, max: 60 }),
      calendar: fc.constant(null),
      cutoff,
    },
    { requiredKeys: ['kind', 'days', 'calendar'] },
  ),
  fc.record({
    kind: fc.constant('months' as const),
    months: fc.integer({ min: 1, max: 60 }),
    roll: fc.constantFrom('none' as const, 'next-working-day' as const),
    calendar: fc.constant(null),
  }),
);

/** The same, by the standard's own library. */
const byTemporal = (wanted: Period, start: Instant, zone: string): number => {
  let date = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toPlainDate();
  if (wanted.kind === 'calendar-days') date = date.add({ days: wanted.days });
  if (wanted.kind === 'months') date = date.add({ months: wanted.months }, { overflow: 'constrain' });
  const left = wanted.kind === 'business-days' ? wanted.days : 0;
  for (let days = left; days > 0; days -= date.dayOfWeek <= 5 ? 1 : 0) date = date.add({ days: 1 });
  if (wanted.kind === 'months' && wanted.roll !== 'none')
    while (date.dayOfWeek > 5) date = date.add({ days: 1 });
  if (wanted.kind === 'business-days' && wanted.cutoff !== undefined)
    return date.toZonedDateTime({ timeZone: zone, plainTime: wanted.cutoff }).epochMilliseconds;
  return date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1;
};

const from = Date.UTC(1990, 0, 1);
const to = Date.UTC(2060, 0, 1);

test('every period ends when Temporal says it does, in every kind of zone', () => {
  fc.assert(
    fc.property(period, fc.integer({ min: from, max: to }), fc.constantFrom(...zones), (wanted, ms, zone) => {
      expect(due(wanted, instant(ms), zone, null)).toEqual({
        is: 'at',
        at: byTemporal(wanted, instant(ms), zone),
      });
    }),
    { numRuns: 3000 },
  );
});

test('so does every day on which the clocks change', () => {
  const oneDay: Period = { kind: 'calendar-days', days: 1 };
  for (const zone of zones) {
    let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
    for (;;) {
      const next = at.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds > to) break;
      at = next;
      for (const days of [-2, -1, 0, 1]) {
        const start = instant(at.add({ days }).epochMilliseconds);
        expect([zone, due(oneDay, start, zone, null)]).toEqual([
          zone,
          { is: 'at', at: byTemporal(oneDay, start, zone) },
        ]);
      }
    }
  }
});

test('an offset that is remembered is the one that the zone has', () => {
  const changing = [
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Pacific/Apia',
    'America/St_Johns',
  ];
  // Every five hours and a bit over two years with a change of date line, of Ramadan and of half an hour in them.
  const wrong: string[] = [];
  for (const zone of changing)
    for (let ms = Date.UTC(2011, 0, 1); ms < Date.UTC(2013, 0, 1); ms += 18_237_000) {
      const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      if (zoneOffset(instant(ms), zone) !== offsetNanoseconds / 1e6) wrong.push(`${zone} ${ms}`);
    }
  expect(wrong).toEqual([]);
});

test('a day that a zone left out moves by the calendar', () => {
  // Kiritimati went from 30 December 1994 to 1 January 1995: the Saturday between them never was.
  const wanted = { kind: 'months', months: 60, roll: 'next-working-day', calendar: null } as const;
  const start = instant(631_152_000_000);
  expect(due(wanted, start, 'Pacific/Kiritimati', null)).toEqual({
    is: 'at',
    at: byTemporal(wanted, start, 'Pacific/Kiritimati'),
  });
});
