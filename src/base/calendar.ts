import { unreachable } from './assert.ts';
import { HOUR, MINUTE, type Period, type Roll } from './duration.ts';
import {
  civilFromDays,
  daysFromCivil,
  formatUtc,
  instant,
  plus,
  zoneOffset,
  type Instant,
} from './instant.ts';

// The calendar is counted here and the zones are Intl's: a library for both takes longer to load than all clocks take to count.
// The tests hold every answer against Temporal.

const DAY = 24 * HOUR;

/** Public holidays of one place, as `YYYY-MM-DD`. Saturdays and Sundays are never working days and need not be listed. */
export type Holidays = Readonly<{ id: string; dates: ReadonlySet<string> }>;

/**
 * When a period ends. `at` is the last moment that is still in time, so a day ends at 23:59:59.999 of its zone.
 * `none`: the rule has no number, only words.
 */
export type Due = Readonly<{ is: 'at'; at: Instant }> | Readonly<{ is: 'none'; wording: string }>;

/**
 * The end of a period that starts at a moment, by the wall clock of an IANA zone.
 * Hours are elapsed hours; the day of the start is day 0; months keep the day number or end on the month's last day
 * (Regulation 1182/71 Art. 3(1), 3(2)(c)). Without holidays only weekends are skipped, which never gives a later end.
 * @throws RangeError for an unknown zone or an end after the year 9999
 */
export function due(period: Period, start: Instant, zone: string, holidays: Holidays | null): Due {
  switch (period.kind) {
    case 'hours': {
      const at = plus(start, period.hours * HOUR);
      return { is: 'at', at: period.rest === undefined ? at : moved(at, period.rest.roll, zone, holidays) };
    }
    case 'calendar-days':
      return { is: 'at', at: endOfDay(dayOf(start, zone) + period.days, zone) };
    case 'business-days': {
      const last = addWorkingDays(dayOf(start, zone), period.days, holidays);
      return { is: 'at', at: endOfDay(last, zone, period.cutoff) };
    }
    case 'months': {
      const last = addMonths(dayOf(start, zone), period.months);
      return { is: 'at', at: endMoved(last, period.roll, zone, holidays) };
    }
    case 'days-after-year-end': {
      const { year } = civilFromDays(dayOf(start, zone));
      return { is: 'at', at: endOfDay(daysFromCivil(year, 12, 31) + period.days, zone) };
    }
    case 'none':
      return { is: 'none', wording: period.wording };
    default:
      return unreachable(period);
  }
}

/** A second limit that begins earlier: so many hours from another moment. */
export type Cap = Readonly<{ from: Instant; hours: number }>;

/**
 * The end of a period of hours that is at most as late as its cap. A start after the cap's own end is no longer cut short by it
 * (Delegated Regulation (EU) 2025/301 Art. 5(1)(a) and (2)).
 */
export function cappedDue(
  period: Extract<Period, { kind: 'hours' }>,
  start: Instant,
  cap: Cap,
  zone: string,
  holidays: Holidays | null,
): Due {
  const last = plus(cap.from, cap.hours * HOUR);
  const own = plus(start, period.hours * HOUR);
  const at = start <= last && last < own ? last : own;
  return { is: 'at', at: moved(at, period.rest?.roll ?? 'none', zone, holidays) };
}

/** Whether the runtime knows the zone, so that a bad name is found where it was written and not when a clock starts. */
export function isZone(zone: string): boolean {
  try {
    zoneOffset(instant(0), zone);
    return true;
  } catch {
    return false;
  }
}

/** Days are counted from 1970-01-01 by the wall clock of a zone. */
const dayOf = (at: Instant, zone: string): number => Math.floor((at + zoneOffset(at, zone)) / DAY);

/** The millisecond before the next day starts: right also where clocks change at midnight. */
function endOfDay(day: number, zone: string, cutoff?: string): Instant {
  if (cutoff === undefined) return instant(startOf(day + 1, zone) - 1);
  const [hour = 0, minute = 0] = cutoff.split(':').map(Number);
  const { at, before } = atWall(day * DAY + hour * HOUR + minute * MINUTE, zone);
  // A time that the clocks leave out is taken as if they had not been changed.
  return instant(at ?? before);
}

function startOf(day: number, zone: string): number {
  const { at, before } = atWall(day * DAY, zone);
  return at ?? changeNear(before, zone);
}

/**
 * The first moment at which a zone's wall clock shows a time, null when it is left out. `before` is the moment by the offset
 * of the day before.
 */
function atWall(wall: number, zone: string): Readonly<{ at: number | null; before: number }> {
  const [early, late] = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)];
  const fits = [early, late].filter((offset) => offsetAt(wall - offset, zone) === offset);
  return { at: fits.length === 0 ? null : wall - Math.max(...fits), before: wall - early };
}

/** The first millisecond with the new offset, of a change within a day of that moment. */
function changeNear(moment: number, zone: string): number {
  let [old, fresh] = [moment - DAY, moment + DAY];
  const offset = offsetAt(old, zone);
  while (fresh - old > 1) {
    const middle = Math.floor((old + fresh) / 2);
    if (offsetAt(middle, zone) === offset) old = middle;
    else fresh = middle;
  }
  return fresh;
}

const offsetAt = (ms: number, zone: string): number => zoneOffset(instant(ms), zone);

const isWorkingDay = (day: number, holidays: Holidays | null): boolean =>
  weekday(day) <= 5 && holidays?.dates.has(written(day)) !== true;

/** Monday is 1, Sunday 7; the day 0 was a Thursday. */
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const written = (day: number): string => formatUtc(instant(day * DAY)).slice(0, 10);

function addWorkingDays(from: number, days: number, holidays: Holidays | null): number {
  let day = from;
  for (let left = days; left > 0;) {
    day += 1;
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

/** The same day of a later month, or that month's last. */
function addMonths(from: number, months: number): number {
  const { year, month, day } = civilFromDays(from);
  const count = year * 12 + month - 1 + months;
  const first = (more: number): number =>
    daysFromCivil(Math.floor((count + more) / 12), ((count + more) % 12) + 1, 1);
  return Math.min(first(0) + day, first(1)) - 1;
}

/** A limit whose local day is no working day, where the rule moves such a one; any other stays. */
function moved(at: Instant, roll: Roll, zone: string, holidays: Holidays | null): Instant {
  if (roll === 'none') return at;
  const from = dayOf(at, zone);
  return isWorkingDay(from, holidays) ? at : endMoved(from, roll, zone, holidays);
}

/**
 * The end of a day, or of the working day that it moves to. By the calendar and not by the clock: a day that a zone left out when it
 * crossed the date line has no moment of its own, and is a Saturday all the same.
 */
function endMoved(last: number, roll: Roll, zone: string, holidays: Holidays | null): Instant {
  let day = last;
  if (roll !== 'none') while (!isWorkingDay(day, holidays)) day += 1;
  return endOfDay(day, zone, day !== last && roll === 'noon-of-next-working-day' ? '12:00' : undefined);
}
