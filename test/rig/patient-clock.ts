import { formatUtc, instant } from '../../src/base/instant.ts';
import type { Clock } from '../../src/io/clock.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { at } from '../fakes/clock.ts';

/** A clock on which waiting takes no real time, and on which deadlines come when they are due: in the middle of a wait. */
export interface PatientClock extends Clock {
  within(ms: number): AbortSignal;
}

type Deadline = Readonly<{ at: number; end: AbortController }>;

export const patientClock = (start = '2026-03-01T09:00:00Z'): PatientClock => {
  let passed = 0;
  let deadlines: readonly Deadline[] = [];
  const now = () => instant(at(start) + passed);
  const meet = (due: Deadline): void => {
    passed = Math.max(passed, due.at);
    deadlines = deadlines.filter((one) => one !== due);
    due.end.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  };
  return {
    now,
    elapsed: () => passed,
    stamp: () => ({ boot: 'c0ffee02', mono: String(passed * 1_000_000), wall: formatUtc(now()) }),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const until = passed + ms;
      for (const due of deadlines.toSorted((a, b) => a.at - b.at)) {
        if (due.at > until) break;
        meet(due);
        signal?.throwIfAborted();
      }
      passed = Math.max(passed, until);
      await nextTurn();
    },
    within: (ms) => {
      const end = new AbortController();
      deadlines = [...deadlines, { at: passed + ms, end }];
      return end.signal;
    },
  };
};
