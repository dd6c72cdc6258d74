import { instant, parseInstant, formatUtc, type Instant } from '../../src/base/instant.ts';
import { assert } from '../../src/base/assert.ts';
import type { Clock } from '../../src/io/clock.ts';

/** A clock that moves only when told to; sleepers wake in the order of their times. */
export interface FakeClock extends Clock {
  /** Moves on by milliseconds, or by `71h`, `30m`, `10s`, `2d`. */
  advance(by: number | string): void;
  /** Sets the wall clock, as a person or NTP does; the monotonic clock stays. */
  set(wall: string): void;
  /** How many wait in `sleep`. */
  sleepers(): number;
}

export function fakeClock(start = '2026-03-01T09:00:00Z', boot = 'c0ffee01'): FakeClock {
  let wall: number = at(start);
  let mono = 1_000_000_000n;
  let sleeping: { until: bigint; wake: () => void }[] = [];
  return {
    now: () => instant(wall),
    elapsed: () => Number(mono / 1_000_000n),
    stamp: () => ({ boot, mono: mono.toString(), wall: formatUtc(instant(wall)) }),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const one = { until: mono + BigInt(Math.ceil(ms)) * 1_000_000n, wake: resolve };
        sleeping.push(one);
        signal?.addEventListener('abort', () => {
          sleeping = sleeping.filter((other) => other !== one);
          reject(signal.reason as Error);
        });
      }),
    advance(by) {
      const ms = typeof by === 'number' ? by : millis(by);
      wall += ms;
      mono += BigInt(ms) * 1_000_000n;
      const due = sleeping.filter(({ until }) => until <= mono);
      sleeping = sleeping.filter(({ until }) => until > mono);
      due.sort((a, b) => (a.until < b.until ? -1 : 1));
      for (const { wake } of due) wake();
    },
    set: (text) => {
      wall = at(text);
    },
    sleepers: () => sleeping.length,
  };
}

/** A moment in a test, written as people read it. */
export function at(text: string): Instant {
  const found = parseInstant(text);
  assert(found !== null, `${text} is not a moment with its offset`);
  return found;
}

function millis(text: string): number {
  const found = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  assert(found !== null, `${text} is not a duration`);
  return Number(found[1]) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[found[2] ?? ''] ?? 0);
}

/** Both clocks of an app in which no time passes. */
export const stopped = (now: Instant) => ({ now: () => now, elapsed: (): number => now });
