import { formatLocal, formatUtc, type Instant } from '../base/instant.ts';
import type { TimelineRow } from './row.ts';

/** Which rows are shown. The journal stays whole: a row is left out of sight, never taken out. */
export type Choice = Readonly<{
  /** The first and the last moment, both included. */
  from: Instant | null;
  to: Instant | null;
  starred: boolean;
  /** Each of these words stands in the row, in any order and in any case. */
  words: string;
  /** The first entry that is shown, by when it was recorded; null: from the beginning. */
  since: number | null;
}>;

export const ALL_ROWS: Choice = { from: null, to: null, starred: false, words: '', since: null };

/** Whether it keeps something out at all. */
export const isNarrow = ({ from, to, starred, words, since }: Choice): boolean =>
  from !== null || to !== null || starred || words.trim() !== '' || since !== null;

/** When it happened; of a row whose time nobody knows, when it was written down, which is always known. */
const placeInTime = ({ occurredAt, recordedAt }: TimelineRow): Instant => occurredAt ?? recordedAt;

export const isChosen = ({ from, to, starred, words, since }: Choice, row: TimelineRow): boolean => {
  const at = placeInTime(row);
  return (
    (since === null || row.n >= since) &&
    (!starred || row.star) &&
    (from === null || at >= from) &&
    (to === null || at <= to) &&
    hasWords(words, row)
  );
};

export const hasWords = (
  words: string,
  { what, detail, actor, step, why, kind, result, clock }: TimelineRow,
): boolean => {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return true;
  const text = `${what} ${detail} ${why} ${actor} ${step ?? ''} ${kind} ${result} ${clock}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
};

/** `starred rows alone; from ...; with the words "okta token"`. The words are as they were typed: each sink escapes them. */
export const choiceWords = ({ from, to, starred, words, since }: Choice, zone: string): string => {
  const moment = (at: Instant): string =>
    `${formatLocal(at, zone)} / ${formatUtc(at).slice(0, 16).replace('T', ' ')}Z`;
  return [
    ...(since === null ? [] : [`recorded from entry ${since} on`]),
    ...(starred ? ['starred rows alone'] : []),
    ...(from === null ? [] : [`from ${moment(from)}`]),
    ...(to === null ? [] : [`up to ${moment(to)}`]),
    ...(words.trim() === '' ? [] : [`with the words "${words.trim()}"`]),
  ].join('; ');
};
