import { HOUR, MINUTE, SECOND, formatDistance, leftOrLate } from '../../base/duration.ts';
import { dueAtOnce, nextClock, type ClockView } from '../../projections/countdowns.ts';
import { bothTimes } from './when.ts';
import { clip, line, quiet, span, wrap, type Line } from './line.ts';
import { marks, signOfClock, signWords, standingWords, type ClockState, type Look } from '../theme.ts';

/** Under this a clock is drawn each second; above it once a minute is enough. */
const FAST_UNDER = HOUR;
const SOON_UNDER = 6 * HOUR;

export const clockState = (clock: ClockView): ClockState => {
  switch (clock.standing) {
    case 'overdue':
      return 'late';
    case 'running':
    case 'provisional':
      if (clock.leftMs === null) return dueAtOnce(clock) ? 'due' : 'open';
      return clock.leftMs < SOON_UNDER ? 'soon' : 'ok';
    case 'idle':
    case 'sent':
    case 'met':
    case 'met-late':
    case 'ruled-out':
      return 'stopped';
  }
};

/** It is still to be done: what a rule says of its time means something yet. */
const counts = ({ standing }: ClockView): boolean => standing === 'running' || standing === 'provisional';

/** Time left in words; above an hour without seconds, so that a line stands still for a minute. */
export const leftWords = (clock: ClockView): string =>
  clock.leftMs === null
    ? ((counts(clock) ? clock.wording : null) ?? standingWords[clock.standing])
    : leftOrLate(clock.leftMs);

/** The same beside the clock's sign, which has said already that it is late. */
export const leftBeside = (clock: ClockView): string =>
  clock.leftMs !== null && clock.leftMs < 0 ? `by ${formatDistance(clock.leftMs)}` : leftWords(clock);

/** Where no clock counts: what was sent is not met before it is proved, so silence would say too much. */
const noneCounts = (clocks: readonly ClockView[]): Line => {
  const unproven = clocks.filter(({ standing, context }) => standing === 'sent' && !context).length;
  if (unproven === 0) return line(span('No legal clock is running', 'dim'));
  const notices = unproven === 1 ? '1 notice is SENT' : `${unproven} notices are SENT`;
  return line(span('No legal clock is running; ', 'dim'), span(`${notices}, NOT PROVED`, 'warn'));
};

/** The nearest clock of these, always in sight: state, time left, duty, due in local and UTC, and the fact it counts from. */
export const nearestBar = (
  clocks: readonly ClockView[],
  width: number,
  zone: string,
  look: Look,
  because: boolean,
): readonly Line[] => {
  const next = nextClock(clocks);
  return next === null ? [noneCounts(clocks)] : clockBar(next, width, zone, look, because);
};

/** One clock: state, time left, duty, due in local and UTC, and the fact it counts from. */
export const clockBar = (
  clock: ClockView,
  width: number,
  zone: string,
  look: Look,
  because: boolean,
): readonly Line[] => {
  const sign = signOfClock(clockState(clock), look);
  const { more } = marks(look);
  const due = clock.due === null ? '' : `, due ${bothTimes(clock.due, zone)}`;
  const provisional = clock.provisional ? ' PROVISIONAL' : '';
  const head = line(
    span(signWords(sign), sign.tone),
    span(` ${clip(leftBeside(clock), width, more)}`, 'strong'),
    `${provisional}: ${clip(clock.title, width, more)} (${clock.duty})${due}`,
  );
  const reason = because ? wrap(line(span(clip(clock.startedBecause, 2 * width, more), 'dim')), width) : [];
  return [...wrap(head, width, 2), ...reason].map(quiet);
};

/** How long a screen may stand still without telling a wrong time: a second when a clock is near, else a minute. */
export const redrawEvery = (clocks: readonly ClockView[]): number =>
  clocks.some(({ leftMs, context }) => !context && leftMs !== null && Math.abs(leftMs) < FAST_UNDER)
    ? SECOND
    : MINUTE;
