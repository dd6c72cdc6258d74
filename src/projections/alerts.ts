import { leftOrLate, MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { alertKey, thresholdAt } from '../incident/alerts.ts';
import type { IncidentState } from '../incident/state.ts';
import type { ClockView } from './countdowns.ts';

/** A clock that came under a threshold and that nobody was told of yet. `title` stays on this machine. */
export type Alert = Readonly<{
  duty: string;
  threshold: string;
  due: Instant;
  leftMs: number;
  title: string;
}>;

/** What is to be told now, the most urgent first: clocks of ours that count, of an open incident. */
export const alertsNow = (
  { phase, alerts }: Pick<IncidentState, 'phase' | 'alerts'>,
  clocks: readonly ClockView[],
  now: Instant,
): readonly Alert[] =>
  phase !== 'open'
    ? []
    : clocks
        .flatMap(({ duty, title, startedAt, due, context, leftMs }): readonly Alert[] => {
          if (context || due === null || leftMs === null || startedAt === null) return [];
          const threshold = thresholdAt({ startedAt, due }, now);
          if (threshold === null || alerts.rung.has(alertKey(duty, due, threshold))) return [];
          return [{ duty, threshold, due, leftMs, title }];
        })
        .toSorted((a, b) => a.leftMs - b.leftMs);

/** Seconds would be wrong by the time somebody reads it. */
const leftWords = (leftMs: number): string => {
  const minutes = Math.trunc(leftMs / MINUTE);
  return minutes === 0 ? 'DUE NOW' : leftOrLate(minutes * MINUTE);
};

/** For the person in front of the screen. */
export const alertNotice = ({ leftMs, title }: Alert, others: number): string =>
  `${leftWords(leftMs)}: ${title}${others === 0 ? '' : `, and ${others} more: see the clocks`}`;

/** For whoever is elsewhere: nothing in it was typed by anybody. */
export const alertLine = (
  { codename, drill }: Pick<IncidentState, 'codename' | 'drill'>,
  { duty, leftMs }: Alert,
): string =>
  `${drill && !codename.startsWith('DRILL') ? 'DRILL ' : ''}${codename}: ${duty} ${leftWords(leftMs)}`;
