import { formatUtc, instant } from '../../src/base/instant.ts';
import type { Clock } from '../../src/io/clock.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { at } from '../fakes/clock.ts';

/** A clock on which every sleep is over in the next turn of the event loop, and has taken its whole time. */
export interface FastClock extends Clock {
  /** Milliseconds slept in all. */
  slept(): number;
}

export const fastClock = (start = '2026-03-01T09:00:00Z'): FastClock => {
  let slept = 0;
  const now = () => instant(at(start) + slept);
  return {
    now,
    elapsed: () => slept,
    stamp: () => ({ boot: 'c0ffee01', mono: String(slept * 1_000_000), wall: formatUtc(now()) }),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept += ms;
      await nextTurn();
    },
    slept: () => slept,
  };
};
