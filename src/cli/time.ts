import { formatLocal, formatUtc, instant, zoneOffset, type Instant } from '../base/instant.ts';
import { readTime, typedTimeFault, type TypedTime } from '../base/typed-time.ts';
import { usage } from './spec.ts';

/** A moment for people: their own clock with its offset, and UTC; once where both are the same. */
export const bothTimes = (at: Instant, zone: string): string =>
  zoneOffset(at, zone) === 0
    ? `${formatLocal(at, zone).slice(0, 16)} UTC`
    : `${formatLocal(at, zone)} (${formatUtc(at).slice(0, 16)}Z)`;

/** A moment as people type it (`base/typed-time.ts`). @throws Problem `usage`, also where a clock showed a time twice or never */
export const typedTime = (text: string, now: Instant, zone: string): Instant =>
  only(
    readTime(text, now, zone),
    zone,
    `"${text}" is not a time: write 14:05, "yesterday 23:40", "2026-03-01 14:05", -20m, now, or RFC 3339 with its offset`,
  );

/**
 * The same of what has happened: a slip in the year would start a clock that nobody hears, or meet one that runs.
 * @throws Problem `usage` as `typedTime`, and for a moment that is still to come
 */
export const pastTime = (text: string, now: Instant, zone: string): Instant => {
  const at = typedTime(text, now, zone);
  if (at > now) throw usage(`${bothTimes(at, zone)} is in the future: write when it happened`);
  return at;
};

/** A day and a time without an offset, as the clocks of the zone showed it; null for anything else. @throws Problem `usage` as `typedTime` */
export const wallTime = (text: string, zone: string): Instant | null =>
  /^\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)
    ? only(readTime(text, instant(0), zone), zone, `"${text}" is not a date and time`)
    : null;

const only = (found: TypedTime, zone: string, otherwise: string): Instant => {
  if (found.is === 'moment') return found.at;
  throw usage(found.is === 'nothing' ? otherwise : typedTimeFault(found, zone));
};
