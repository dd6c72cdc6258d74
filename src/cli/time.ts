import { HOUR, MINUTE } from '../base/duration.ts';
import {
  formatLocal,
  formatUtc,
  instant,
  parseInstant,
  plus,
  zoneOffset,
  type Instant,
} from '../base/instant.ts';
import { usage } from './spec.ts';

/** A moment for people: their own clock with its offset, and UTC; once where both are the same. */
export const bothTimes = (at: Instant, zone: string): string =>
  zoneOffset(at, zone) === 0
    ? `${formatLocal(at, zone).slice(0, 16)} UTC`
    : `${formatLocal(at, zone)} (${formatUtc(at).slice(0, 16)}Z)`;

/** Written as nothing but a moment is: what `typedTime` reads, without what could be a number of something. */
export const looksLikeTime = (text: string): boolean =>
  parseInstant(text) !== null ||
  /^(?:now|-\d{1,4}[mh]|\d{1,4}[mh] ago|([01]\d|2[0-3]):[0-5]\d|\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d)$/.test(
    text,
  );

/**
 * A moment as people type it: `now`, `-20m` or `3h ago`, `14:05` (the last time a clock showed that), `2026-03-01 14:05`, or
 * RFC 3339. Times without an offset are of the zone. @throws Problem `usage`, also where a clock showed a time twice or never
 */
export function typedTime(text: string, now: Instant, zone: string): Instant {
  const full = parseInstant(text);
  if (full !== null) return full;
  if (text === 'now') return now;
  const ago = /^-?(\d{1,4})([mh])(?: ago)?$/.exec(text);
  if (ago !== null) return plus(now, -Number(ago[1]) * (ago[2] === 'h' ? HOUR : MINUTE));
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/.exec(text);
  if (clock !== null) return lastTime(text, now, zone);
  const local = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (local !== null) return onlyMoment(text.replace(' ', 'T'), zone);
  throw usage(
    `"${text}" is not a time: write 14:05, "2026-03-01 14:05", -20m, now, or RFC 3339 with its offset`,
  );
}

/** A day and a time without an offset, as the clocks of the zone showed it; null for anything else. @throws Problem `usage` as `typedTime` */
export const wallTime = (text: string, zone: string): Instant | null =>
  /^\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)
    ? onlyMoment(text.replace(' ', 'T'), zone)
    : null;

function lastTime(text: string, now: Instant, zone: string): Instant {
  const today = onlyMoment(`${formatLocal(now, zone, 'date')}T${text}`, zone);
  if (today <= now) return today;
  return onlyMoment(`${formatLocal(plus(now, -24 * HOUR), zone, 'date')}T${text}`, zone);
}

function onlyMoment(wall: string, zone: string): Instant {
  const asUtc = parseInstant(`${wall}Z`);
  if (asUtc === null) throw usage(`"${wall}" is not a date and time`);
  // The offset before and after any change of the clocks nearby: each gives a candidate, and a candidate must read as typed.
  const offsets = [
    ...new Set([plus(asUtc, -24 * HOUR), plus(asUtc, 24 * HOUR)].map((near) => zoneOffset(near, zone))),
  ];
  const moments = offsets
    .map((offset) => instant(asUtc - offset))
    .filter((at) => at + zoneOffset(at, zone) === asUtc);
  const [first, second] = moments;
  if (first === undefined)
    throw usage(`no clock in ${zone} showed ${wall}: the hour was left out; write it with its offset`);
  if (second !== undefined) {
    const both = moments.map((at) => formatLocal(at, zone, 'rfc3339')).join(' or ');
    throw usage(`clocks in ${zone} showed ${wall} twice: write ${both}`);
  }
  return first;
}
