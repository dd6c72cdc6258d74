import { Temporal } from 'temporal-polyfill';
import { unreachable } from './assert.ts';
import { HOUR, type Period } from './duration.ts';
import { instant, plus, type Instant } from './instant.ts';

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
    case 'hours':
      return { is: 'at', at: plus(start, period.hours * HOUR) };
    case 'calendar-days':
      return { is: 'at', at: endOfDay(dateOf(start, zone).add({ days: period.days }), zone) };
    case 'business-days': {
      const last = addWorkingDays(dateOf(start, zone), period.days, holidays);
      return { is: 'at', at: endOfDay(last, zone, period.cutoff) };
    }
    case 'months': {
      const last = dateOf(start, zone).add({ months: period.months }, { overflow: 'constrain' });
      return { is: 'at', at: endOfDay(period.roll === 'none' ? last : rolled(last, holidays), zone) };
    }
    case 'none':
      return { is: 'none', wording: period.wording };
    default:
      return unreachable(period);
  }
}

/** Whether the runtime knows the zone, so that a bad name is found where it was written and not when a clock starts. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

const dateOf = (at: Instant, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/** The millisecond before the next day starts: right also where clocks change at midnight. */
function endOfDay(date: Temporal.PlainDate, zone: string, cutoff?: string): Instant {
  if (cutoff !== undefined) {
    const plainTime = Temporal.PlainTime.from(cutoff);
    return instant(date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds);
  }
  return instant(date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1);
}

const isWorkingDay = (date: Temporal.PlainDate, holidays: Holidays | null): boolean =>
  date.dayOfWeek <= 5 && holidays?.dates.has(date.toString()) !== true;

function addWorkingDays(
  from: Temporal.PlainDate,
  days: number,
  holidays: Holidays | null,
): Temporal.PlainDate {
  let date = from;
  for (let left = days; left > 0;) {
    date = date.add({ days: 1 });
    if (isWorkingDay(date, holidays)) left -= 1;
  }
  return date;
}

function rolled(from: Temporal.PlainDate, holidays: Holidays | null): Temporal.PlainDate {
  let date = from;
  while (!isWorkingDay(date, holidays)) date = date.add({ days: 1 });
  return date;
}
