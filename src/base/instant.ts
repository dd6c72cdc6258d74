import { HOUR, MINUTE, SECOND } from './duration.ts';

declare const instantBrand: unique symbol;

/** A moment: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
export type Instant = number & { readonly [instantBrand]: true };

/** How `formatLocal` writes: `rfc3339` for machines, the others for people. */
export type LocalStyle = 'minute' | 'second' | 'date' | 'time' | 'rfc3339';

/** A day by the calendar of UTC, which has no other kind; anybody else's day is counted in `calendar.ts`. */
const DAY = 24 * HOUR;
// Years 0000 to 9999, so that every instant has a four-digit year in UTC.
const FIRST = -62_167_219_200_000;
const LAST = 253_402_300_799_999;

/** @throws RangeError unless `ms` is whole and its year has four digits */
export function instant(ms: number): Instant {
  if (!Number.isInteger(ms) || ms < FIRST || ms > LAST) throw new RangeError(`${ms} is not a moment`);
  return ms as Instant;
}

/** The same for a number from outside; null where it is no moment. */
export function instantOrNull(ms: number): Instant | null {
  return Number.isInteger(ms) && ms >= FIRST && ms <= LAST ? (ms as Instant) : null;
}

export function plus(from: Instant, ms: number): Instant {
  return instant(from + ms);
}

const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads RFC 3339 with its offset; seconds may be left out, digits after the millisecond are dropped.
 * Null for anything else: a time without an offset is a different moment for every reader.
 */
export function parseInstant(text: string): Instant | null {
  return asWrittenHere(text) ?? asAnybodyWrites(text);
}

/** Most of what is read was written by `formatUtc`: what the runtime writes again just so needs no second look. */
function asWrittenHere(text: string): Instant | null {
  if (text.length !== 24) return null;
  const ms = Date.parse(text);
  const at = ms >= FIRST && ms <= LAST ? (ms as Instant) : null;
  return at !== null && formatUtc(at) === text ? at : null;
}

function asAnybodyWrites(text: string): Instant | null {
  const found = RFC3339.exec(text);
  if (found === null) return null;
  const part = (i: number): number => Number(found[i] ?? '0');
  const [year, month, day, hour, minute] = [part(1), part(2), part(3), part(4), part(5)];
  // A leap second (23:59:60) is the first moment after it, as POSIX time counts.
  const leap = part(6) === 60 && minute === 59;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || (part(6) > 59 && !leap) || part(9) > 23 || part(10) > 59) return null;
  const millis = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (found[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10)) * MINUTE;
  const ms =
    daysFromCivil(year, month, day) * DAY + hour * HOUR + minute * MINUTE + part(6) * SECOND + millis;
  const utc = ms - offset;
  return utc < FIRST || utc > LAST ? null : (utc as Instant);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MAIL =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|([+-]\d{2})(\d{2}))$/;

/** Reads the date of a mail (RFC 5322, 3.3) or of HTTP (RFC 9110, 5.6.7); null for anything else. */
export function parseMailDate(text: string): Instant | null {
  const found = MAIL.exec(text);
  if (found === null) return null;
  const [, day = '', month = '', year = '', time = '', hours = '+00', minutes = '00'] = found;
  const at = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  return parseInstant(`${year}-${at}-${day.padStart(2, '0')}T${time}${hours}:${minutes}`);
}

/** The same the other way round, in GMT as HTTP wants it. */
export const formatMailDate = (at: Instant): string => new Date(at).toUTCString();

/** Whole days from one `YYYY-MM-DD` to another; null when either is no date. */
export function daysBetween(from: string, to: string): number | null {
  const [a, b] = [parseInstant(`${from}T00:00:00Z`), parseInstant(`${to}T00:00:00Z`)];
  return a === null || b === null ? null : Math.round((b - a) / DAY);
}

/** `YYYY-MM-DDTHH:MM:SS.sssZ` */
export function formatUtc(at: Instant): string {
  const { date, time, millis } = split(at);
  return `${date}T${time}.${millis}Z`;
}

/**
 * The wall clock in an IANA zone, always with the offset so that two lines in autumn's repeated hour differ.
 * @throws RangeError for a zone that the runtime does not know
 */
export function formatLocal(at: Instant, zone: string, style: LocalStyle = 'minute'): string {
  const offset = zoneOffset(at, zone);
  const { date, time } = split(at + offset);
  switch (style) {
    case 'date':
      return date;
    case 'time':
      return time.slice(0, 5);
    case 'minute':
      return `${date} ${time.slice(0, 5)} ${formatOffset(offset)}`;
    case 'second':
      return `${date} ${time} ${formatOffset(offset)}`;
    case 'rfc3339':
      return `${date}T${time}${formatOffset(offset)}`;
  }
}

// Making an Intl formatter takes milliseconds and loads the time zone data, so each zone has one, made when asked for.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Offsets of a zone at the starts of UTC days, by the day; thrown away when they become many. */
const dayStarts = new Map<string, Map<number, number>>();
const DAY_STARTS_KEPT = 4096;

/**
 * What a zone's wall clock is ahead of UTC at that moment, in milliseconds. Asking Intl costs more than all else in a clock, so a day
 * that begins and ends with the same offset is taken to have it throughout: no zone has ever gone there and back within one.
 */
export function zoneOffset(at: Instant, zone: string): number {
  if (zone === 'UTC') return 0;
  const day = Math.floor(at / DAY);
  const [first, last] = [day * DAY, (day + 1) * DAY];
  if (!(first >= FIRST && last <= LAST)) return askedOffset(at, zone);
  const offset = offsetAtStart(day, zone);
  return offset === offsetAtStart(day + 1, zone) ? offset : askedOffset(at, zone);
}

function offsetAtStart(day: number, zone: string): number {
  let known = dayStarts.get(zone);
  if (known === undefined || known.size >= DAY_STARTS_KEPT) {
    known = new Map();
    dayStarts.set(zone, known);
  }
  const before = known.get(day);
  if (before !== undefined) return before;
  const offset = askedOffset((day * DAY) as Instant, zone);
  known.set(day, offset);
  return offset;
}

function askedOffset(at: Instant, zone: string): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? '0');
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const days = daysFromCivil(year, part('month'), part('day'));
  const local = days * DAY + part('hour') * HOUR + part('minute') * MINUTE + part('second') * SECOND;
  return local - Math.floor(at / SECOND) * SECOND;
}

function formatOffset(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE);
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function split(ms: number): { date: string; time: string; millis: string } {
  const days = Math.floor(ms / DAY);
  const rest = ms - days * DAY;
  const { year, month, day } = civilFromDays(days);
  const seconds = Math.floor(rest / SECOND);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return { date, time, millis: String(rest % SECOND).padStart(3, '0') };
}

const two = (n: number): string => String(n).padStart(2, '0');

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's days_from_civil). */
export function daysFromCivil(year: number, month: number, day: number): number {
  // The year starts in March, so that the leap day is its last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day counted from 1970-01-01, the other way round of `daysFromCivil`. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** For libraries that take nothing else. */
export const asDate = (at: Instant): Date => new Date(at);
