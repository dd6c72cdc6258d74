import type { Instant } from '../../base/instant.ts';
import { readTime, typedTimeFault } from '../../base/typed-time.ts';
import { bothTimes } from '../parts/when.ts';
import type { World } from '../screen.ts';
import type { Check } from './form.ts';

export const TIME_HELP = 'now, -20m, 02:10, yesterday 23:40, 2026-11-19 23:40';

/** Shows the moment that was understood, so that a wrong day is seen before it starts a clock. */
export const timeCheck: Check = (text, { now, zone }) => {
  const found = readTime(text, now, zone);
  if (found.is === 'nothing') return { ok: false, says: `not a time: write ${TIME_HELP}` };
  if (found.is !== 'moment') return { ok: false, says: typedTimeFault(found, zone) };
  if (found.at > now) return { ok: false, says: `${bothTimes(found.at, zone)} is in the future` };
  return { ok: true, says: bothTimes(found.at, zone) };
};

export const timeOf = (text: string, { now, zone }: World): Instant | undefined => {
  const found = readTime(text, now, zone);
  return found.is === 'moment' ? found.at : undefined;
};

const plain = (text: string): string => text.trim().replaceAll(/[ _,']/g, '');

/** A whole number as people write it: `12 000`, `12,000`, `12k`. Null for anything else. */
export const parseCount = (text: string): number | null => {
  const found = /^(\d{1,12})(k|m)?$/i.exec(plain(text));
  if (found === null) return null;
  const factor = found[2]?.toLowerCase() === 'k' ? 1000 : found[2] === undefined ? 1 : 1_000_000;
  const value = Number(found[1]) * factor;
  return Number.isSafeInteger(value) ? value : null;
};

export const countCheck: Check = (text) => {
  const value = parseCount(text);
  return value === null
    ? { ok: false, says: 'write a whole number, for example 12000' }
    : { ok: true, says: value.toLocaleString('en-US') };
};
