import { HOUR, SECOND } from '../base/duration.ts';
import { formatUtc, plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import type { Clock } from '../io/clock.ts';

/** How a drill's time goes: where it stands, in milliseconds since the page, and how fast it goes on from there. */
export type Pace = Readonly<{ played: number; speed: number; paused: boolean }>;

/**
 * The clock of a drill that people play: a facilitator makes it faster or lets it stand still. What it shows is the one time of
 * the drill, so a legal clock counts the same hours at any speed; only the watch on the wall goes differently.
 */
export interface SteeredClock extends Clock {
  pace(): Pace;
  steer(change: Readonly<{ speed?: number; paused?: boolean }>): void;
  /** Goes on at a later moment, after a resume; never back. */
  jump(to: Instant): void;
  /**
   * Called again and again while somebody plays: how many milliseconds of the machine's time were slept through since the last
   * call. None of them counts.
   */
  slept(): number;
}

/** What a wall clock gains in one moment that nobody was awake for, or what passes without one look although there is one a second. */
const SLEPT_MS = 30 * SECOND;

/** Waiting in stretches: each may be cut short where the speed changes on the way, and whoever waits looks again. */
const stretches = (machine: Clock) => {
  const waiting = new Set<AbortController>();
  return {
    cut: (): void => {
      for (const one of waiting) one.abort();
    },
    wait: async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
      const change = new AbortController();
      waiting.add(change);
      try {
        await machine.sleep(
          ms,
          signal === undefined ? change.signal : AbortSignal.any([signal, change.signal]),
        );
      } catch (error) {
        signal?.throwIfAborted();
        if (!change.signal.aborted) throw error;
      } finally {
        waiting.delete(change);
      }
    },
  };
};

export const steeredClock = (machine: Clock, start: Instant, from: Pace): SteeredClock => {
  let { played, speed, paused } = from;
  let beat = machine.elapsed();
  let wall: number = machine.now();
  let watched = false;
  let missed = 0;
  const waits = stretches(machine);

  /** Takes in what has passed since the last look; drill time moves here and nowhere else. */
  const read = (): number => {
    const passed = Math.max(0, machine.elapsed() - beat);
    // Most machines do not count while they sleep, and then the wall clock jumps; some do, and then nobody looked for long.
    const leapt = machine.now() - wall - passed;
    const still = watched && passed >= SLEPT_MS;
    if (!still && !paused) played += passed * speed;
    missed += (still ? passed : 0) + (leapt >= SLEPT_MS ? leapt : 0);
    beat += passed;
    wall = machine.now();
    return Math.floor(played);
  };

  const now = (): Instant => plus(start, read());

  return {
    now,
    elapsed: read,
    stamp: () => {
      const at = read();
      // Both from the drill's time, so that no speed and no sleep looks like a clock that was set.
      const { boot } = machine.stamp();
      return { boot, mono: String(BigInt(at) * 1_000_000n), wall: formatUtc(plus(start, at)) };
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const until = read() + Math.max(0, ms);
      for (let left = ms; left > 0; left = until - read())
        await waits.wait(paused ? HOUR : Math.ceil(left / speed), signal);
    },
    pace: () => ({ played: read(), speed, paused }),
    steer: (change) => {
      read();
      speed = change.speed ?? speed;
      paused = change.paused ?? paused;
      waits.cut();
    },
    jump: (to) => {
      if (to - start <= read()) return;
      played = to - start;
      waits.cut();
    },
    slept: () => {
      read();
      watched = true;
      const all = missed;
      missed = 0;
      return all;
    },
  };
};
