import { assert } from './assert.ts';
import { parseInstant, type Instant } from './instant.ts';

/** A moment by the clock that nobody can set: nanoseconds since a start of the machine. Counts only within one `boot`. */
export type Beat = Readonly<{ boot: string; mono: string }>;
/** The same with what the wall clock showed. */
export type Stamp = Beat & Readonly<{ wall: string }>;

/**
 * Milliseconds that have passed for certain. Across a restart of the machine that is the time since the start; while it slept
 * nothing was counted.
 */
export const passedAtLeast = (from: Beat, to: Beat): number =>
  to.boot === from.boot ? (Number(to.mono) - Number(from.mono)) / NANOS : Number(to.mono) / NANOS;

/**
 * What a wall clock did that time does not do: it would have shown `before` and showed `after`. Forward it was set, or the
 * machine slept. `restarted`: the machine was started in between, so it went back by at least so much.
 */
export type Jump = Readonly<{ before: Instant; after: Instant; difference: number; restarted: boolean }>;

/** Null where the clock went on as clocks do; what was corrected so slowly that nobody can tell it from a drift included. */
export const jumpBetween = (from: Stamp, to: Stamp): Jump | null => {
  const shown = parseInstant(from.wall);
  const after = parseInstant(to.wall);
  if (shown === null || after === null) return null;
  const restarted = from.boot !== to.boot;
  // Nobody knows how long a machine was off; that it was not off for less than nothing is certain.
  const passed = restarted ? 0 : Math.round(passedAtLeast(from, to));
  const before = Math.round(shown + passed) as Instant;
  const difference = after - before;
  if (Math.abs(difference) < JUMP_MS + passed * DRIFT || (restarted && difference > 0)) return null;
  return { before, after, difference, restarted };
};

/** As it stands in the public part of an entry. */
export type JumpFields = Readonly<{
  before: Instant;
  after: Instant;
  difference_ms: number;
  restarted: boolean;
}>;

export const jumpFields = ({ before, after, difference, restarted }: Jump): JumpFields => {
  assert(after - before === difference, 'a jump is what lies between the two');
  return { before, after, difference_ms: difference, restarted };
};

const NANOS = 1_000_000;
/** A step of NTP is corrected by slewing below a fraction of a second; nobody's deadline hangs on less than this. */
const JUMP_MS = 2000;
/** What a quartz and the slewing of an adjusted clock may add up to: 500 parts in a million. */
const DRIFT = 0.0005;
