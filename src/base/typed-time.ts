import { DAY, HOUR, MINUTE } from './duration.ts';
import {
  formatLocal,
  instant,
  instantOrNull,
  parseInstant,
  plus,
  zoneOffset,
  type Instant,
} from './instant.ts';

/**
 * What somebody typed where a moment is asked for. `never`: the clocks of the zone were put forward over it. `twice`: they were put back,
 * and showed it at each of these moments; which one is meant decides about an hour of a legal clock, so nobody guesses.
 */
export type TypedTime =
  | Readonly<{ is: 'moment'; at: Instant }>
  | Readonly<{ is: 'never'; wall: string }>
  | Readonly<{ is: 'twice'; wall: string; moments: readonly Instant[] }>
  | Readonly<{ is: 'nothing' }>;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, min: MINUTE, h: HOUR, d: DAY };
const NOTHING: TypedTime = { is: 'nothing' };
const DATE = String.raw`\d{4}-\d{2}-\d{2}`;
const CLOCK = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d`;
const AGO = /^-?\s*(\d{1,5})\s*(s|m|min|h|d)(?:\s+ago)?$/;
const LOCAL = new RegExp(`^(?:(today|yesterday|${DATE})[ t]+)?(${CLOCK})(?::([0-5]\\d))?$`);

/**
 * A moment as tired people type it: `now`, `-20m`, `2h ago`, `02:10` (the last time it was that late), `yesterday 23:40`,
 * `2026-11-19 23:40`, RFC 3339. Times without an offset are of the zone.
 */
export function readTime(typed: string, now: Instant, zone: string): TypedTime {
  const exact = parseInstant(typed.trim());
  if (exact !== null) return { is: 'moment', at: exact };
  const text = typed.trim().toLowerCase();
  if (text === 'now') return { is: 'moment', at: now };
  const ago = AGO.exec(text);
  if (ago !== null)
    return { is: 'moment', at: plus(now, -Number(ago[1]) * (UNITS[ago[2] ?? 'm'] ?? MINUTE)) };
  const local = LOCAL.exec(text);
  if (local === null) return NOTHING;
  const [, day, clock = '', seconds = '00'] = local;
  const time = `${clock.padStart(5, '0')}:${seconds}`;
  const of = (date: string): TypedTime => onWall(date, time, zone);
  const today = formatLocal(now, zone, 'date');
  switch (day) {
    case undefined:
      return shownBy(now, of(today), zone) ?? of(dayBefore(today));
    case 'today':
      return of(today);
    case 'yesterday':
      return of(dayBefore(today));
    default:
      return of(day);
  }
}

/** What clocks have shown of it by now; null where they have not come to it yet, and the day before is meant. */
function shownBy(now: Instant, today: TypedTime, zone: string): TypedTime | null {
  switch (today.is) {
    case 'moment':
      return today.at > now ? null : today;
    case 'twice': {
      const [first, second] = today.moments.filter((at) => at <= now);
      if (first === undefined) return null;
      return second === undefined ? { is: 'moment', at: first } : today;
    }
    case 'never': {
      const wall = parseInstant(`${today.wall}:00Z`);
      return wall !== null && wall > now + zoneOffset(now, zone) ? null : today;
    }
    case 'nothing':
      return today;
  }
}

/** Whether it can be nothing but a moment: `12m` may also be twelve million. */
export const looksLikeTime = (text: string): boolean =>
  !/^\d+\s*[a-z]+$/i.test(text.trim()) && readTime(text, instant(0), 'UTC').is !== 'nothing';

/** Why it names no one moment, for whoever is asked again. */
export const typedTimeFault = (
  found: Exclude<TypedTime, { is: 'moment' | 'nothing' }>,
  zone: string,
): string =>
  found.is === 'never'
    ? `no clock in ${zone} showed ${found.wall}: the hour was left out; write it with its offset`
    : `clocks in ${zone} showed ${found.wall} twice: write ${found.moments.map((at) => formatLocal(at, zone, 'rfc3339')).join(' or ')}`;

const dayBefore = (date: string): string => {
  const noon = parseInstant(`${date}T12:00:00Z`);
  return noon === null ? date : formatLocal(plus(noon, -DAY), 'UTC', 'date');
};

function onWall(date: string, time: string, zone: string): TypedTime {
  const asUtc = parseInstant(`${date}T${time}Z`);
  // At either end of what is a moment no day is left to look at beside it.
  if (asUtc === null || [-DAY, DAY].some((by) => instantOrNull(asUtc + by) === null)) return NOTHING;
  // The offset before and after any change of the clocks nearby: each gives a candidate, and a candidate must read as typed.
  const offsets = new Set([-DAY, DAY].map((by) => zoneOffset(plus(asUtc, by), zone)));
  const moments = [...offsets]
    .map((offset) => instant(asUtc - offset))
    .filter((at) => at + zoneOffset(at, zone) === asUtc)
    .toSorted((a, b) => a - b);
  const [at] = moments;
  const wall = `${date}T${time.slice(0, 5)}`;
  if (at === undefined) return { is: 'never', wall };
  return moments.length === 1 ? { is: 'moment', at } : { is: 'twice', wall, moments };
}
