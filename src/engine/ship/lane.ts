import { isProblem } from '../../base/problem.ts';
import type { Clock } from '../../io/clock.ts';
import { NetworkError } from '../../io/http.ts';
import { StorageError } from '../../io/storage.ts';
import type { Failing, Shipped } from '../../journal/shipped.ts';
import { limits } from '../../model/limits.ts';
import type { ShipFault } from '../../model/ship.ts';
import { NotTaken, type Lot, type Receiver } from './receiver.ts';

export type ShipperParts = Readonly<{
  clock: Clock;
  receivers: Readonly<Record<string, Receiver>>;
  shipped: Shipped;
  /** Entries in the journal. */
  size: () => number;
  /** Up to `most` entries from number `from` on, as events for this receiver. */
  lot: (name: string, from: number, most: number) => Lot;
  /** Makes a signal that aborts after so many milliseconds of the clock in use. */
  within: (ms: number) => AbortSignal;
}>;

/** The way to one receiver: one lot at a time, in order. */
export interface Lane {
  /**
   * Sends until it has everything (true), until one lot was not taken, or until the signal. `patient`: not before the wait after
   * a failure is over.
   */
  drain(signal: AbortSignal, patient: boolean): Promise<boolean>;
  /** Milliseconds until there is something to do by itself; infinite while it has everything. */
  dueIn(): number;
  /** Begins nothing more; resolves when what is under way has ended. */
  rest(): Promise<void>;
  /** Lets it take the last events for so long; whoever does not is written down as slow, and not waited for again. */
  leave(ms: number): Promise<void>;
}

export const laneOf = (parts: ShipperParts, name: string, receiver: Receiver): Lane => {
  const { shipped, clock, size } = parts;
  let most: number = limits.shipLotMax;
  let under: Promise<boolean> | null = null;
  let gone = false;

  const turn = async (from: number, signal: AbortSignal): Promise<boolean> => {
    const lot = parts.lot(name, from, most);
    const not = await sent(receiver, lot, AbortSignal.any([signal, parts.within(limits.shipTryMs)]));
    if (not !== null) {
      if (gone || signal.aborted) return false;
      // One event that a receiver chokes on, or a receiver that is only slow: smaller lots find out which.
      most = Math.max(1, Math.floor(lot.events.length / 2));
      shipped.failed(name, not.fault, not.detail);
      return false;
    }
    most = Math.min(limits.shipLotMax, most * 2);
    shipped.took(name, lot.next);
    return true;
  };

  const drainNow = async (signal: AbortSignal, patient: boolean): Promise<boolean> => {
    for (;;) {
      const { next, failing } = shipped.of(name);
      if (next >= size()) return true;
      if (gone || signal.aborted || (patient && failing !== null && waitOf(failing, clock) > 0)) return false;
      if (!(await turn(next, signal))) return false;
    }
  };

  const drain = async (signal: AbortSignal, patient: boolean): Promise<boolean> => {
    while (under !== null) await under.catch(() => undefined);
    under = drainNow(signal, patient);
    try {
      return await under;
    } finally {
      under = null;
    }
  };

  return {
    drain,
    rest: async () => {
      gone = true;
      await under?.catch(() => undefined);
    },
    dueIn: () => {
      const { next, failing } = shipped.of(name);
      if (gone || next >= size()) return Number.POSITIVE_INFINITY;
      return failing === null ? 0 : waitOf(failing, clock);
    },
    leave: async (ms) => {
      const over = new AbortController();
      const inTime = await ends(drain(over.signal, true), ms, clock, over.signal);
      gone = true;
      if (!inTime) shipped.failed(name, 'slow', `it had not taken the last events after ${ms} ms`);
      over.abort(new Error('left'));
    },
  };
};

/** Milliseconds until a receiver that failed is tried again; a clock that was set back never makes it longer. */
export const waitOf = ({ failures, tried }: Failing, clock: Pick<Clock, 'now'>): number => {
  const wait = Math.min(limits.shipWaitMs * 2 ** Math.min(failures - 1, 30), limits.shipWaitMaxMs);
  return Math.min(wait, Math.max(0, tried + wait - clock.now()));
};

/** Whether the work ends, well or not, within so many milliseconds. */
const ends = async (work: Promise<unknown>, ms: number, clock: Clock, over: AbortSignal): Promise<boolean> =>
  await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    clock.sleep(ms, over).then(
      () => false,
      () => true,
    ),
  ]);

type Why = Readonly<{ fault: ShipFault; detail: string }>;

/** Null when it was taken, else why not. */
const sent = async (receiver: Receiver, lot: Lot, signal: AbortSignal): Promise<Why | null> => {
  try {
    await receiver.send(lot, signal);
    return null;
  } catch (error) {
    return whyNot(error);
  }
};

/** What is nobody's fault but ours must not look like a receiver that is down. */
const whyNot = (error: unknown): Why => {
  if (error instanceof NotTaken) return { fault: error.fault, detail: error.message };
  if (error instanceof NetworkError)
    return { fault: error.fault === 'timeout' ? 'slow' : 'unreachable', detail: error.message };
  if (error instanceof StorageError) return { fault: 'not-configured', detail: error.message };
  if (isProblem(error) && (error.code === 'missing-secret' || error.code === 'wall'))
    return { fault: 'not-configured', detail: error.facts['why'] ?? error.message };
  throw error;
};
