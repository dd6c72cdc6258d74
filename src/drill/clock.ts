import type { Beat } from '../base/beat.ts';
import { formatUtc, plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { nextTurn } from '../io/clock.ts';
import type { Clock } from '../io/clock.ts';

/**
 * The one clock of an unattended drill. All waiting is on it: it jumps to the next moment somebody waits for, but only while
 * no request is in flight, so that a played hour takes seconds and the order of things is that of a real hour.
 */
export interface VirtualClock extends Clock {
  /** Lets time pass as a person would take it: reading, typing, walking to the phone. */
  pass(ms: number): Promise<void>;
  /** Goes on at a later moment, after a resume; never back. */
  jump(to: Instant): void;
  /** Counts requests on their way; time stands still until the last has been answered. */
  busy(change: 1 | -1): void;
}

type Sleeper = Readonly<{ at: number; wake: () => void }>;

export const virtualClock = (start: Instant): VirtualClock => {
  let now: Instant = start;
  let inFlight = 0;
  let running = false;
  let sleepers: readonly Sleeper[] = [];

  const turn = async (): Promise<void> => {
    running = true;
    while (sleepers.length > 0) {
      await nextTurn();
      if (inFlight > 0) continue;
      const [first] = sleepers.toSorted((a, b) => a.at - b.at);
      if (first === undefined) continue;
      sleepers = sleepers.filter((one) => one !== first);
      if (first.at > now) now = plus(now, first.at - now);
      first.wake();
    }
    running = false;
  };

  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    await new Promise<void>((wake, refuse) => {
      // Up, never down: whoever waits for a part of a millisecond would find that no time has passed, and wait again for ever.
      const sleeper: Sleeper = { at: now + Math.max(0, Math.ceil(ms)), wake };
      sleepers = [...sleepers, sleeper];
      signal?.addEventListener(
        'abort',
        () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          refuse(signal.reason as Error);
        },
        { once: true },
      );
      if (!running) void turn();
    });
  };

  return {
    now: () => now,
    elapsed: () => now - start,
    stamp: () => ({ boot: 'drill', mono: String(BigInt(now - start) * 1_000_000n), wall: formatUtc(now) }),
    sleep,
    pass: sleep,
    jump: (to) => {
      if (to > now) now = to;
    },
    busy: (change) => {
      inFlight += change;
    },
  };
};

/**
 * The clock of a drill that people play: runs on from the scenario's start, `speed` times as fast as the machine's. Where the
 * drill was begun by another process only the machine's wall clock says how long ago; from then on nobody can set it.
 */
export const shiftedClock = (machine: Clock, start: Instant, begun: Instant, speed: number): Clock => {
  const opened = machine.elapsed();
  const played = Math.max(0, machine.now() - begun);
  const now = (): Instant => plus(start, Math.round((played + machine.elapsed() - opened) * speed));
  return {
    now,
    elapsed: () => Math.floor(machine.elapsed() * speed),
    stamp: () => {
      const { boot, mono } = machine.stamp();
      // In one process with `now`, and in the next one still counted from the same start.
      return { boot, mono: scaled(mono, speed), wall: formatUtc(now()) };
    },
    sleep: async (ms, signal) => {
      await machine.sleep(ms / speed, signal);
    },
  };
};

/** Nanoseconds of days are more than a number holds exactly, so whole parts of the speed are counted. */
const scaled = (mono: string, speed: number): string =>
  String((BigInt(mono) * BigInt(Math.round(speed * SPEED_PARTS))) / BigInt(SPEED_PARTS));
const SPEED_PARTS = 1_000_000;

/** After a drill its time stands still: what is written into its journal then carries the last moment it knew. */
export const standingClock = (
  machine: Clock,
  last: Readonly<{ recorded_at: Instant; beat: Beat }>,
): Clock => ({
  now: () => last.recorded_at,
  elapsed: () => machine.elapsed(),
  stamp: () => ({ ...last.beat, wall: formatUtc(last.recorded_at) }),
  sleep: async (ms, signal) => {
    await machine.sleep(ms, signal);
  },
});
