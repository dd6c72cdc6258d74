import type { JumpFields } from '../base/beat.ts';
import { formatDuration } from '../base/duration.ts';
import { bothTimes } from './facts.ts';
import type { Sentence } from './sentence.ts';

/** A clock that was set, as a person reads it: by how much, when, and what that does to a deadline. */

const byHowMuch = ({ difference_ms: ms, restarted }: JumpFields): string => {
  const length = formatDuration(ms);
  if (ms < 0) return `went back ${restarted ? 'at least ' : ''}${length}`;
  return `went forward ${length}`;
};

const fromTo = ({ before, after, difference_ms: ms, restarted }: JumpFields, zone: string): string => {
  const from = `it showed ${bothTimes(after, zone)} where ${bothTimes(before, zone)} was due`;
  if (restarted) return `${from}, after a restart`;
  return ms > 0 ? `${from}; it was set, or the machine slept` : from;
};

/** One line of the timeline. */
export const jumpSentence = (jump: JumpFields, zone: string): Sentence => ({
  what: `This machine's clock ${byHowMuch(jump)}`,
  detail: `${fromTo(jump, zone)}; entries keep their order, and no deadline moved`,
});

/**
 * What stands beside the clocks of the law: null where nothing was set. They hang on recorded facts and cannot move; how much
 * of them is left is read off a clock that somebody, or something, has set.
 */
export const jumpNotice = (jumps: readonly JumpFields[], zone: string): string | null => {
  const last = jumps.at(-1);
  if (last === undefined) return null;
  const more = jumps.length - 1;
  const others =
    more === 0 ? '' : ` It was set ${more === 1 ? 'once' : `${more} times`} before: see the timeline.`;
  return `This machine's clock ${byHowMuch(last)}: ${fromTo(last, zone)}. Deadlines are computed from the recorded times and did not move; the time left is read off this clock, so compare it with another.${others}`;
};
