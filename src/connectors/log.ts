import { HOUR } from '../base/duration.ts';
import type { Json } from '../base/canonical.ts';
import { formatUtc, instant, parseInstant } from '../base/instant.ts';
import { NetworkError } from '../io/http.ts';
import type { Manual } from '../model/action.ts';
import { limits } from '../model/limits.ts';
import { limited, retryAfterMs } from './call.ts';
import type { CallAnswer, CallRequest } from './call.ts';
import type { Gap, Log, LogPage, Outside, Place, Window } from './connector.ts';
import { rowsOf, succeeded } from './vendor.ts';
import type { Vendor } from './vendor.ts';

/** What vendors mean by a day of memory. */
const DAY_MS = 24 * HOUR;

/** How far back the vendor remembers, in days. `least` on the smallest plan, `most` on the largest; null: it does not say. */
export type Memory = Readonly<{ least: number; most: number | null; says: string }> | 'for ever';

/** The window as most vendors take it. */
export type Asked = Window & Readonly<{ since: string; until: string }>;

export type LogSpec = Readonly<{
  name: string;
  title: string;
  holds: string;
  scopes: readonly string[];
  /** Where a person finds it. */
  where: string;
  /** Which plan brings it; a refusal then names it. */
  plan?: string;
  vendor: Vendor;
  first(asked: Asked, outside: Outside): CallRequest;
  /** Where an answer holds its rows; anything but a list is an answer that was not the vendor's. */
  rows(json: Json): Json;
  next(answer: CallAnswer, request: CallRequest): CallRequest | null;
  /** When a row happened, in milliseconds; null where it does not say. */
  at(row: Json): number | null;
  order: 'oldest-first' | 'newest-first';
  /** For a vendor that takes no window, or only one end of it: the rest is cut off here. */
  trim?: true;
  /** For a vendor whose next page may begin with rows of this one: what is the very same row is taken once. */
  overlaps?: true;
  memory: Memory;
  /** What this log never holds, whatever we may do. */
  blind: readonly string[];
}>;

/** A time as vendors write it, whether as text or in seconds. */
export const timeOf = (value: Json): number | null => {
  if (typeof value === 'number') return value < 1e11 ? value * 1000 : value;
  if (typeof value !== 'string' || value === '') return null;
  if (/^\d{9,11}(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Salesforce leaves the colon out of the offset.
  return parseInstant(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
};

const pageOf = ({ where, plan, title }: LogSpec): Manual => ({
  where,
  steps: [
    `Open it${plan === undefined ? '' : ` (${plan})`} and set the same window.`,
    `Export the ${title}, or take pictures of every page.`,
    'Keep the file: firebreak evidence add FILE --note "what it is"',
  ],
  record: 'Which window you asked for, which one you got, and who exported it',
});

/** Gaps that are known before anything is asked: the vendor's memory, and what the log does not hold. */
const known = ({ memory, blind, title }: LogSpec, window: Window, now: number): readonly Gap[] => {
  const gaps = blind.map((says): Gap => ({ is: 'blind', says }));
  if (memory === 'for ever') return gaps;
  const { least, most, says } = memory;
  if (most !== null && window.from < now - most * DAY_MS)
    return [...gaps, { is: 'memory', says: `${title}: nothing from before ${most} days ago; ${says}` }];
  if (window.from < now - least * DAY_MS)
    return [
      ...gaps,
      { is: 'memory', says: `${title}: perhaps nothing from before ${least} days ago; ${says}` },
    ];
  return gaps;
};

/** A refusal of a right is one of the plan where the log is part of one: the vendor seldom says which. */
const refusedAs = (spec: LogSpec, answer: CallAnswer): Gap => {
  const { detail, result } = spec.vendor.refused(answer, `reading the ${spec.title}`);
  if (limited(answer)) return { is: 'limited', says: detail };
  if (answer.status >= 500) return { is: 'unreachable', says: detail };
  const right = result === 'forbidden' || result === 'not-supported' || answer.status === 404;
  if (right && answer.status !== 401 && spec.plan !== undefined)
    return { is: 'plan', says: `${detail}; ${spec.plan}` };
  return { is: right ? 'forbidden' : 'unread', says: detail };
};

const placeOf = ({ path, query, json }: CallRequest): Place => ({
  path,
  query: query ?? {},
  ...(json === undefined ? {} : { json }),
});

const isSame = (a: CallRequest, b: CallRequest): boolean =>
  JSON.stringify(placeOf(a)) === JSON.stringify(placeOf(b));

/** Asks once, and again where the vendor says when; a read that waits costs nothing but time. */
const patiently = async (spec: LogSpec, outside: Outside, request: CallRequest): Promise<CallAnswer> => {
  for (let waits = 0; ; waits += 1) {
    const answer = await spec.vendor.ask(outside, request);
    const wait = retryAfterMs(answer.headers);
    if (!limited(answer) || wait === null) return answer;
    if (wait > limits.collectWaitMs || waits >= limits.collectWaitsMax) return answer;
    await outside.clock.sleep(wait, outside.signal);
  }
};

/** What is certainly had after this page: up to its last row, or down to it. */
const covered = (spec: LogSpec, whole: Window, rows: readonly Json[], ended: boolean): Window | null => {
  if (ended) return whole;
  const last = rows.length === 0 ? null : spec.at(rows.at(-1) ?? null);
  if (last === null) return null;
  return spec.order === 'oldest-first' ? { ...whole, to: last } : { ...whole, from: last };
};

const remembered = ({ memory }: LogSpec, window: Window, now: number): Window =>
  memory === 'for ever' || memory.most === null
    ? window
    : { ...window, from: Math.min(Math.max(window.from, now - memory.most * DAY_MS), window.to) };

async function* read(
  spec: LogSpec,
  window: Window,
  from: Place | null,
  outside: Outside,
): AsyncGenerator<LogPage> {
  const now = outside.clock.now();
  const asked = { ...window, since: formatUtc(instant(window.from)), until: formatUtc(instant(window.to)) };
  const first = spec.first(asked, outside);
  const whole = remembered(spec, window, now);
  let request: CallRequest = from === null ? first : { ...first, ...from };
  let got: Window | null = null;
  let seen: ReadonlySet<string> = new Set();
  const stopped = (gap: Gap): LogPage => ({ records: [], next: placeOf(request), got, gaps: [gap] });
  yield { records: [], next: placeOf(request), got, gaps: known(spec, window, now) };
  for (;;) {
    let answer: CallAnswer;
    try {
      answer = await patiently(spec, outside, request);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      yield stopped({ is: 'unreachable', says: `reading the ${spec.title}: ${error.message}` });
      return;
    }
    if (!succeeded(answer)) {
      yield stopped(refusedAs(spec, answer));
      return;
    }
    const found = spec.rows(answer.json);
    if (!Array.isArray(found)) {
      yield stopped({
        is: 'unread',
        says: `reading the ${spec.title}: the answer was not the vendor's, or was cut`,
      });
      return;
    }
    const rows = rowsOf(found);
    const next = isPast(spec, window, rows) ? null : spec.next(answer, request);
    const again = next !== null && isSame(next, request);
    got = covered(spec, whole, rows, next === null) ?? got;
    const fresh = spec.overlaps === true ? rows.filter((row) => !seen.has(JSON.stringify(row))) : rows;
    if (spec.overlaps === true) seen = new Set(rows.map((row) => JSON.stringify(row)));
    const records = spec.trim === true ? fresh.filter((row) => isInside(spec, window, row)) : fresh;
    yield { records, next: next === null ? null : placeOf(next), got, gaps: again ? [ROUND] : [] };
    if (next === null || again) return;
    request = next;
  }
}

const ROUND: Gap = {
  is: 'cut',
  says: 'the vendor names the same page as the next one: the rest cannot be had',
};

const isInside = (spec: LogSpec, { from, to }: Window, row: Json): boolean => {
  const at = spec.at(row);
  return at === null || (at >= from && at < to);
};

/** Whether everything that comes after this page lies outside the window. */
const isPast = (spec: LogSpec, { from, to }: Window, rows: readonly Json[]): boolean => {
  const last = rows.length === 0 || spec.trim !== true ? null : spec.at(rows.at(-1) ?? null);
  if (last === null) return false;
  return spec.order === 'newest-first' ? last < from : last >= to;
};

/** One log of a vendor that is spoken to page by page. */
export const log = (spec: LogSpec): Log => ({
  name: spec.name,
  title: spec.title,
  holds: spec.holds,
  scopes: spec.scopes,
  byHand: pageOf(spec),
  read: (window, from, outside) => read(spec, window, from, outside),
});
