/** Lengths of time in milliseconds. A DAY is 24 hours; days of a calendar have 23 to 25 and are counted in `calendar.ts`. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** Of a calendar that counts in UTC; a day of a zone may be an hour longer or shorter. */
export const DAY = 24 * HOUR;

/** Where an end on a Saturday, a Sunday or a holiday is moved to: the end of the next working day, or noon of it. */
export type Roll = 'none' | 'next-working-day' | 'noon-of-next-working-day';
/** The same for a limit in hours, which otherwise never moves (Delegated Regulation (EU) 2025/301 Art. 5(4)). */
export type Rest = Readonly<{ roll: 'noon-of-next-working-day'; calendar: string | null }>;

/**
 * A period of law or contract. The kinds are never converted into each other: 72 hours run through clock changes, three
 * days end with a day. `none`: the rule has words and no number, and none is invented.
 * `calendar` names the holidays that count; null: those of the place where the duty is owed.
 * `days-after-year-end` counts from the last day of the calendar year in which it starts.
 * `cutoff`: HH:MM, where the last day ends earlier than at midnight.
 */
export type Period =
  | Readonly<{ kind: 'hours'; hours: number; rest?: Rest }>
  | Readonly<{ kind: 'calendar-days'; days: number }>
  | Readonly<{ kind: 'business-days'; days: number; calendar: string | null; cutoff?: string }>
  | Readonly<{ kind: 'months'; months: number; roll: Roll; calendar: string | null }>
  | Readonly<{ kind: 'days-after-year-end'; days: number }>
  | Readonly<{ kind: 'none'; wording: string }>;

/**
 * A length for people, in its two largest units: `71 h 59 min`, `9 min 05 s`, `40 s`. The sign is left to the reader's words
 * ("left", "late"). Hours are not turned into days: a clock of 72 hours is read in hours. What can be far off is for `formatDistance`.
 */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return `${h} h ${two(min)} min`;
  return min > 0 ? `${min} min ${two(s)} s` : `${s} s`;
}

/** Lateness is counted in days once nobody holds its hours in their head. */
const LATE_IN_DAYS = 2 * DAY;
/** What is left of the longest limit in hours is read in hours, and so is what a longer one would leave for the night. */
const LEFT_IN_DAYS = 4 * DAY;

/**
 * How far off a moment is, negative once it has passed: as a length, but far ones in days of 24 hours, `12 d 4 h`. It says how much
 * there is, and never until when: an end in days is a date, and stands beside it.
 */
export function formatDistance(ms: number): string {
  if (Math.abs(ms) < (ms < 0 ? LATE_IN_DAYS : LEFT_IN_DAYS)) return formatDuration(ms);
  const hours = Math.floor(Math.abs(ms) / HOUR);
  const [d, h] = [Math.floor(hours / 24), hours % 24];
  return h === 0 ? `${d} d` : `${d} d ${h} h`;
}

/** The same with its word: `71 h 59 min left`, `LATE by 12 d 4 h`. */
export const leftOrLate = (ms: number): string =>
  ms < 0 ? `LATE by ${formatDistance(ms)}` : `${formatDistance(ms)} left`;

const two = (n: number): string => String(n).padStart(2, '0');
