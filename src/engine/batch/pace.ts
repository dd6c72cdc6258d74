import type { Clock } from '../../io/clock.ts';
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
  /**
   * Resolves when a new item may begin. `ahead`: it may be written down already while the places are taken. Where a crash would
   * leave a doubt that only a person can settle, nothing is begun before it has a place.
   */
  room(ahead: boolean): Promise<void>;
  /** What an item is handed instead of its outside. */
  through(outside: Outside): Outside;
  /** An item for which there was room has ended. */
  done(): void;
}

const AHEAD = 0.5;

export const makeGate = (pace: Pace, clock: Clock, signal: AbortSignal): Gate => {
  const queue = makeQueue(pace, clock, signal);
  const rooms: Readonly<{ ahead: boolean; go: () => void }>[] = [];
  const open = pace.atOnce * limits.paceOpenFactor;
  // Somewhat more than there are places: while these wait for the vendor, the next have their intents written.
  const ready = pace.atOnce + Math.ceil(pace.atOnce * AHEAD);
  let [begun, resting] = [0, 0];
  const admit = (): void => {
    for (let next = rooms[0]; next !== undefined; next = rooms[0]) {
      if (begun - resting >= (next.ahead ? ready : pace.atOnce) || begun >= open) return;
      begun += 1;
      rooms.shift();
      next.go();
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
    room: async (ahead) => {
      await new Promise<void>((go) => {
        rooms.push({ ahead, go });
        admit();
      });
    },
    through: (outside) => ({
      ...outside,
      ...doorsThrough(queue, outside),
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

/** Where an action asks its system: each request, or each run of its own program, takes one place. */
type Doors = Pick<Outside, 'http' | 'processes'>;

type Queue = Readonly<{
  /** Does the work once there is a place, and holds it as long. */
  held: <T>(again: boolean, work: () => Promise<T>) => Promise<T>;
  /** Takes note of an answer: true where it says "later". */
  refused: (answer: Response) => boolean;
}>;

/** Lets so many requests through at once, repeats first, and none before the system's own time. */
const makeQueue = (pace: Pace, clock: Clock, signal: AbortSignal): Queue => {
  const waiting: Waiting[] = [];
  const between = pace.perMinute === null ? 0 : Math.ceil(60_000 / pace.perMinute);
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
  const held = async <T>(again: boolean, work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((go) => {
      waiting.push({ again, go });
      pump();
    });
    try {
      return await work();
    } finally {
      inFlight -= 1;
      pump();
    }
  };
  const refused = (answer: Response): boolean => {
    const later = limited(answer) || answer.status === 503;
    refusedInARow = later ? refusedInARow + 1 : 0;
    if (refusedInARow >= Math.max(pace.atOnce, 2)) {
      notBefore = Math.max(notBefore, clock.elapsed() + askedFor(answer));
      refusedInARow = 0;
    }
    return later;
  };
  return { held, refused };
};

/** One item's way to its system: what it sends again goes before what others send for the first time. */
const doorsThrough = ({ held, refused }: Queue, { http, processes }: Doors): Doors => {
  let again = false;
  return {
    http: {
      fetch: async (input, init) =>
        await held(again, async () => {
          const answer = await http.fetch(input, init);
          again = refused(answer);
          return answer;
        }),
    },
    processes: { run: async (request) => await held(false, async () => await processes.run(request)) },
  };
};
