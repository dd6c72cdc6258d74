import { HOUR, MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import type { AlertFault, AlertWay } from '../model/alert.ts';
import type { Recorded } from '../model/event.ts';
import { crossed, type Threshold } from './countdown.ts';

/** Which thresholds of which clocks somebody was told of. Pure, and of public parts alone: a restart rings nothing twice. */

/** `rung`: by `alertKey`, the entry that came first. `failed`: ways out that did not work, each said once. */
export type AlertsState = Readonly<{
  rung: ReadonlyMap<string, number>;
  failed: ReadonlySet<string>;
}>;

export const noAlerts: AlertsState = { rung: new Map(), failed: new Set() };

/** The end is part of it: a clock that was moved is told of anew. */
export const alertKey = (duty: string, due: Instant, threshold: string): string =>
  `${duty} ${due} ${threshold}`;

export const failKey = (way: AlertWay, fault: AlertFault): string => `${way} ${fault}`;

export type AlertEntry = Recorded<'alert.rung'> | Recorded<'alert.failed'>;
export const isAboutAlerts = (entry: Recorded): entry is AlertEntry =>
  entry.kind === 'alert.rung' || entry.kind === 'alert.failed';

/** Of two processes that rang at the same moment the first entry counts: its writer rings, the other does not. */
export const alertsChanged = (state: AlertsState, entry: AlertEntry): AlertsState => {
  if (entry.kind === 'alert.failed') {
    const { way, fault } = entry.pub;
    return { ...state, failed: new Set([...state.failed, failKey(way, fault)]) };
  }
  const { duty, due, threshold } = entry.pub;
  const key = alertKey(duty, due, threshold);
  return state.rung.has(key) ? state : { ...state, rung: new Map([...state.rung, [key, entry.n]]) };
};

/** The name of a length of time before the end, as the journal keeps it. */
const nameOf = (length: Threshold): string => {
  if (length === 0) return 'due';
  return length < HOUR ? `${length / MINUTE}min` : `${length / HOUR}h`;
};

/** A long clock is told of before its last day too, when half and when a quarter of it is left. */
const PARTS = [
  ['half', 2],
  ['quarter', 4],
] as const;

export type Counting = Readonly<{ startedAt: Instant; due: Instant }>;

/**
 * The shortest threshold that a clock is under by now; null before the first. It alone is told: whoever comes back after a night hears
 * how late it is, and not each hour that has passed.
 */
export const thresholdAt = ({ startedAt, due }: Counting, now: Instant): string | null => {
  if (now >= due) return nameOf(0);
  const last = crossed(due, startedAt, now).at(-1);
  if (last !== undefined) return nameOf(last);
  const length = due - startedAt;
  const part = PARTS.findLast(([, of]) => length / of > 24 * HOUR && due - now <= length / of);
  return part?.[0] ?? null;
};
