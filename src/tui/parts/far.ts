import { formatDuration } from '../../base/duration.ts';
import { grouped } from '../../base/grouped.ts';

/** Of `total` things of any kind `done` are behind, after so long. */
export type Far = Readonly<{ done: number; total: number; msSpent: number }>;

/** How long the rest will take at the pace so far, in words; nothing while there is no pace yet. */
export const leftWords = ({ done, total, msSpent }: Far): string =>
  done === 0 || msSpent === 0
    ? ''
    : `about ${formatDuration(Math.round((Math.max(0, total - done) * msSpent) / done))} left`;

/** So many in that time, as a rate. `per`: the time it is told for, in milliseconds. */
export const rateWords = (count: number, msSpent: number, per: number, word: string): string =>
  msSpent === 0 ? '' : `${grouped(Math.round((count * per) / msSpent))} ${word}`;

/** What is not nought, each with its word. */
export const counted = (counts: readonly (readonly [number, string])[]): readonly string[] =>
  counts.filter(([count]) => count > 0).map(([count, word]) => `${grouped(count)} ${word}`);

export const commas = (words: readonly string[]): string => words.filter((one) => one !== '').join(', ');
