import {
  civilFromDays,
  daysFromCivil,
  formatLocal,
  instant,
  parseInstant,
  zoneOffset,
  type Instant,
} from '../../base/instant.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const units: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, min: MINUTE, h: 60 * MINUTE, d: DAY };

/** The moment when a zone's wall clock shows that; in the hour that autumn repeats, the first of the two. */
const fromLocal = (days: number, hour: number, minute: number, zone: string): Instant => {
  const wall = days * DAY + hour * 60 * MINUTE + minute * MINUTE;
  const first = wall - zoneOffset(instant(wall - DAY / 2), zone);
  return instant(wall - zoneOffset(instant(first), zone));
};

const today = (now: Instant, zone: string): number => {
  const [year = '1970', month = '1', day = '1'] = formatLocal(now, zone, 'date').split('-');
  return daysFromCivil(Number(year), Number(month), Number(day));
};

const clockTime = (text: string): readonly [number, number] | null => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  return found === null || hour > 23 || minute > 59 ? null : [hour, minute];
};

const dayOf = (text: string): number | null => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const days = daysFromCivil(year, month, day);
  const back = civilFromDays(days);
  return back.year === year && back.month === month && back.day === day ? days : null;
};

/**
 * A moment as tired people type it: `now`, `-20m`, `2h ago`, `02:10` (the last time it was that late), `yesterday 23:40`,
 * `2026-11-19 23:40`, RFC 3339. Null for anything else, never a guess.
 */
export const parseWhen = (typed: string, now: Instant, zone: string): Instant | null => {
  const text = typed.trim().toLowerCase();
  if (text === 'now') return now;
  const ago = /^(?:-\s*(\d{1,5})\s*(s|m|min|h|d)|(\d{1,5})\s*(s|m|min|h|d)\s+ago)$/.exec(text);
  if (ago !== null)
    return instant(now - Number(ago[1] ?? ago[3]) * (units[ago[2] ?? ago[4] ?? 'm'] ?? MINUTE));
  const exact = parseInstant(typed.trim());
  if (exact !== null) return exact;
  const [first = '', second] = text.split(/[ t]+/);
  if (second === undefined) {
    const time = clockTime(first);
    if (time === null) return null;
    const at = fromLocal(today(now, zone), ...time, zone);
    return at <= now ? at : fromLocal(today(now, zone) - 1, ...time, zone);
  }
  const time = clockTime(
    text.startsWith('today') || text.startsWith('yesterday') ? text.replace(/^\w+ +/, '') : second,
  );
  const day = text.startsWith('yesterday')
    ? today(now, zone) - 1
    : text.startsWith('today')
      ? today(now, zone)
      : dayOf(first);
  return time === null || day === null ? null : fromLocal(day, ...time, zone);
};

/** Local with its offset, and UTC: the two forms a deadline is always shown in. */
export const bothTimes = (at: Instant, zone: string): string =>
  `${formatLocal(at, zone)} = ${formatLocal(at, 'UTC', 'time')} UTC`;
