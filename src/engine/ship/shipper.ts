import { limits } from '../../model/limits.ts';
import { laneOf, type Lane, type ShipperParts } from './lane.ts';

export type { ShipperParts } from './lane.ts';

/**
 * Sends a journal to its receivers as it grows. The journal is the queue and each receiver's place in it is kept beside it, so
 * nothing is lost when the tool dies, and what was under way then is sent again. Each receiver has a loop of its own, beside
 * everything else: one that is slow or dead delays nobody.
 */
export interface Shipper {
  /** Something was written: looks again soon. */
  poke(): void;
  /** Sends all there is now, to each receiver until it fails once. True when every receiver has everything. */
  send(signal: AbortSignal, patient: boolean): Promise<boolean>;
  /** Begins nothing more; resolves when what is under way has ended. */
  rest(): Promise<void>;
  /** Lets receivers that are well take the last events for so long. */
  leave(ms: number): Promise<void>;
}

/** Sends when it is asked to. */
export const makeShipper = (parts: ShipperParts): Shipper => over(lanesOf(parts), () => undefined);

/** Sends by itself until `left`. */
export const startShipper = (parts: ShipperParts, left: AbortSignal): Shipper => {
  const waiting = new Set<() => void>();
  const loop = async (lane: Lane): Promise<void> => {
    while (!left.aborted) {
      await parts.clock.sleep(limits.shipGatherMs, left).catch(() => undefined);
      await lane.drain(left, true);
      const due = lane.dueIn();
      if (due > 0) await nap(parts, due, waiting, left);
    }
  };
  const lanes = lanesOf(parts);
  // A loop ends with its signal; a journal that cannot be written is met, and told, by the next command.
  for (const lane of lanes) void loop(lane).catch(() => undefined);
  return over(lanes, () => {
    for (const wake of waiting) wake();
  });
};

const lanesOf = (parts: ShipperParts): readonly Lane[] =>
  Object.entries(parts.receivers).map(([name, receiver]) => laneOf(parts, name, receiver));

const over = (lanes: readonly Lane[], poke: () => void): Shipper => ({
  poke,
  send: async (signal, patient) => {
    const done = await Promise.all(lanes.map(async (lane) => await lane.drain(signal, patient)));
    return done.every((one) => one);
  },
  rest: async () => {
    await Promise.all(lanes.map(async (lane) => await lane.rest()));
  },
  leave: async (ms) => {
    await Promise.all(lanes.map(async (lane) => await lane.leave(ms)));
  },
});

const LONGEST_NAP_MS = 60 * 60_000;

/** Until something is written, or the wait after a failure is over. */
const nap = async (
  { clock }: ShipperParts,
  ms: number,
  waiting: Set<() => void>,
  left: AbortSignal,
): Promise<void> => {
  const woken = new AbortController();
  const wake = (): void => woken.abort(new Error('woken'));
  waiting.add(wake);
  try {
    await clock.sleep(Math.min(ms, LONGEST_NAP_MS), AbortSignal.any([woken.signal, left]));
  } catch {
    // Woken, or left: the loop looks again either way.
  } finally {
    waiting.delete(wake);
  }
};
