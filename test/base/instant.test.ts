import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatLocal,
  formatUtc,
  instant,
  instantOrNull,
  parseInstant,
  parseMailDate,
  plus,
} from '../../src/base/instant.ts';
import { at } from '../fakes/clock.ts';

const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
const moment = fc.integer({ min: FIRST, max: LAST });

describe('a moment', () => {
  it('is written in UTC as the runtime writes it, for every year of four digits, and read back', () => {
    fc.assert(
      fc.property(moment, (ms) => {
        const text = formatUtc(instant(ms));
        expect(text).toBe(new Date(ms).toISOString());
        expect(parseInstant(text)).toBe(ms);
      }),
      { numRuns: 2000 },
    );
    expect([formatUtc(instant(FIRST)), formatUtc(instant(LAST))]).toEqual([
      '0000-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ]);
  });

  it('is read with its offset', () => {
    expect(parseInstant('2026-03-01T10:15:30+01:00')).toBe(Date.parse('2026-03-01T09:15:30Z'));
    expect(parseInstant('2026-03-01t10:15:30.5z')).toBe(Date.parse('2026-03-01T10:15:30.500Z'));
    expect(parseInstant('2026-03-01 10:15-05:30')).toBe(Date.parse('2026-03-01T15:45:00Z'));
    expect(parseInstant('2016-12-31T23:59:60Z')).toBe(Date.parse('2017-01-01T00:00:00Z'));
  });

  it.each([
    '2026-03-01T10:15:30',
    '2026-03-01',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00Z ',
    '0000-01-01T00:00:00+01:00',
    '1 March 2026',
    '',
  ])('is not read from %j', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('is shown on the wall clock of a zone, before and after the clocks change', () => {
    expect(formatLocal(at('2026-03-29T00:59:59Z'), 'Europe/Berlin', 'second')).toBe(
      '2026-03-29 01:59:59 +01:00',
    );
    expect(formatLocal(at('2026-03-29T01:00:00Z'), 'Europe/Berlin', 'second')).toBe(
      '2026-03-29 03:00:00 +02:00',
    );
    expect(formatLocal(at('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25 02:30 +02:00');
    expect(formatLocal(at('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25 02:30 +01:00');
    expect(formatLocal(at('2026-01-01T00:00:00Z'), 'Asia/Kathmandu', 'rfc3339')).toBe(
      '2026-01-01T05:45:00+05:45',
    );
    expect(formatLocal(at('2026-01-01T00:00:00Z'), 'America/St_Johns', 'date')).toBe('2025-12-31');
    expect(formatLocal(at('2026-01-01T00:00:00Z'), 'UTC', 'time')).toBe('00:00');
    expect(() => formatLocal(at('2026-01-01T00:00:00Z'), 'Mars/Olympus')).toThrow(RangeError);
  });

  it('keeps its moment when written for machines in any zone', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Tokyo',
      'Australia/Lord_Howe',
      'UTC',
    );
    const recent = fc.integer({ min: Date.parse('1972-01-01'), max: Date.parse('2100-01-01') });
    fc.assert(
      fc.property(recent, zones, (ms, zone) => {
        const whole = Math.floor(ms / 1000) * 1000;
        expect(parseInstant(formatLocal(instant(whole), zone, 'rfc3339'))).toBe(whole);
      }),
    );
  });

  it('is read from the date of a mail as the runtime reads it, and from nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.parse('2100-01-01') }), (ms) => {
        const whole = Math.floor(ms / 1000) * 1000;
        const text = new Date(whole).toUTCString();
        expect(parseMailDate(text)).toBe(whole);
        expect(parseMailDate(text.replace('GMT', '+0130'))).toBe(Date.parse(text.replace('GMT', '+0130')));
      }),
    );
    for (const text of ['', '2025-01-02', 'Thu, 02 Foo 2025 03:04:05 GMT', 'Thu, 31 Feb 2025 03:04:05 GMT'])
      expect(parseMailDate(text)).toBeNull();
  });

  it('is no moment where a number from outside is none', () => {
    expect(instantOrNull(1000)).toBe(1000);
    for (const ms of [0.5, Number.NaN, 1e20, Number.POSITIVE_INFINITY]) expect(instantOrNull(ms)).toBeNull();
  });

  it('is moved by milliseconds and never out of the calendar', () => {
    expect(formatUtc(plus(at('2026-12-31T23:59:59Z'), 1000))).toBe('2027-01-01T00:00:00.000Z');
    expect(() => plus(at('9999-12-31T23:59:59Z'), 1000)).toThrow(RangeError);
    expect(() => instant(0.5)).toThrow(RangeError);
  });
});
