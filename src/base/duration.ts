/** Lengths of time in milliseconds. There is no DAY: a day has 23, 24 or 25 hours, so days are counted in `calendar.ts`. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/**
 * A period of law or contract. The kinds are never converted into each other: 72 hours run through clock changes, three
 * days end with a day. `none`: the rule has words and no number, and none is invented.
 * `calendar` names the holidays that count; null: those of the place where the duty is owed.
 * `cutoff`: HH:MM, where the last day ends earlier than at midnight.
 */
export type Period =
  | Readonly<{ kind: 'hours'; hours: number }>
  | Readonly<{ kind: 'calendar-days'; days: number }>
  | Readonly<{ kind: 'business-days'; days: number; calendar: string | null; cutoff?: string }>
  | Readonly<{ kind: 'months'; months: number; roll: 'none' | 'next-working-day'; calendar: string | null }>
  | Readonly<{ kind: 'none'; wording: string }>;

/**
 * A length for people, in its two largest units: `71 h 59 min`, `9 min 05 s`, `40 s`. The sign is left to the reader's words
 * ("left", "late"). Hours are not turned into days, because a clock of 72 hours is read in hours.
 */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return `${h} h ${two(min)} min`;
  return min > 0 ? `${min} min ${two(s)} s` : `${s} s`;
}

const two = (n: number): string => String(n).padStart(2, '0');
