import type { Clock } from '../../io/clock.ts';
import type { Http } from '../../io/http.ts';
import type { Outside } from '../../connectors/connector.ts';
import { limited, retryAfterMs } from '../../connectors/call.ts';
import { limits } from '../../model/limits.ts';

/** How many requests one system takes at the same time, and in a minute; null where it counts no minutes. */
export type Pace = Readonly<{ atOnce: number; perMinute: number | null }>;

/**
 * The gate of one system. A place is held by a request, not by an item: an item that waits to be sent again has given its place
 * up, and goes first when its time has come. When every place in a row was told "later", the whole system is left alone as long
 * as it asked for.
 */
export interface Gate {
  /** Resolves when a new item may begin. */
  room(): Promise<void>;
  /** What an item is handed instead of its outside. */
  through(outside: Outside): Outside;
  /** An item for which there was room has ended. */
  done(): void;
}

const AHEAD = 0.5;

export const makeGate = (pace: Pace, clock: Clock, signal: AbortSignal): Gate => {
  const queue = makeQueue(pace, clock, signal);
  const rooms: (() => void)[] = [];
  const open = pace.atOnce * limits.paceOpenFactor;
  // Somewhat more than there are places: while these wait for the vendor, the next have their intents written.
  const ready = pace.atOnce + Math.ceil(pace.atOnce * AHEAD);
  let [begun, resting] = [0, 0];
  const admit = (): void => {
    while (rooms.length > 0 && begun - resting < ready && begun < open) {
      begun += 1;
      rooms.shift()?.();
    }
  };
  const sleep = async (outside: Outside, ms: number, stop: AbortSignal | undefined): Promise<void> => {
    resting += 1;
    admit();
    try {
      await outside.clock.sleep(ms, stop);
    } finally {
      resting -= 1;
    }
  };
  return {
    room: async () => {
      await new Promise<void>((go) => {
        rooms.push(go);
        admit();
      });
    },
    through: (outside) => ({
      ...outside,
      http: { fetch: queue(outside.http.fetch) },
      clock: {
        now: () => outside.clock.now(),
        elapsed: () => outside.clock.elapsed(),
        stamp: () => outside.clock.stamp(),
        sleep: async (ms, stop) => {
          await sleep(outside, ms, stop);
        },
      },
    }),
    done: () => {
      begun -= 1;
      admit();
    },
  };
};

const askedFor = (answer: Response): number =>
  Math.min(retryAfterMs(answer.headers) ?? limits.retryFirstWaitMs, limits.retryWaitMaxMs);

type Waiting = Readonly<{ again: boolean; go: () => void }>;

/** Lets so many requests through at once, repeats first, and none before the system's own time. */
const makeQueue = (
  pace: Pace,
  clock: Clock,
  signal: AbortSignal,
): ((fetch: Http['fetch']) => Http['fetch']) => {
  const waiting: Waiting[] = [];
  const between = pace.perMinute === null ? 0 : 60_000 / pace.perMinute;
  let [inFlight, refusedInARow, notBefore, waking] = [0, 0, 0, false];

  const wake = (): void => {
    if (waking) return;
    waking = true;
    const woken = (): void => {
      waking = false;
      pump();
    };
    clock.sleep(Math.max(0, notBefore - clock.elapsed()), signal).then(woken, woken);
  };
  const pump = (): void => {
    while (waiting.length > 0 && inFlight < pace.atOnce) {
      if (clock.elapsed() < notBefore && !signal.aborted) {
        wake();
        return;
      }
      const [next] = waiting.splice(
        Math.max(
          waiting.findIndex(({ again }) => again),
          0,
        ),
        1,
      );
      inFlight += 1;
      notBefore = Math.max(notBefore, clock.elapsed()) + between;
      next?.go();
    }
  };
  return (fetch) => {
    let again = false;
    return async (input, init) => {
      await new Promise<void>((go) => {
        waiting.push({ again, go });
        pump();
      });
      try {
        const answer = await fetch(input, init);
        again = limited(answer) || answer.status === 503;
        refusedInARow = again ? refusedInARow + 1 : 0;
        if (refusedInARow >= Math.max(pace.atOnce, 2)) {
          notBefore = Math.max(notBefore, clock.elapsed() + askedFor(answer));
          refusedInARow = 0;
        }
        return answer;
      } finally {
        inFlight -= 1;
        pump();
      }
    };
  };
};
