import { passedAtLeast, type Stamp } from '../base/beat.ts';
import { MINUTE } from '../base/duration.ts';
import { formatVkey, parseVkey, type Signer } from './checkpoint.ts';
import type { Entry } from './entry.ts';

/**
 * Keys that cannot sign the past. Beside the key of the device each checkpoint is signed by the key of an epoch, and that one is
 * destroyed when the next epoch begins. Whoever takes both keys at some hour writes nothing under the epochs before it.
 */

/** `from`: the entry that names its key, which the epoch before it signs as well. */
export type Epoch = Readonly<{ number: number; vkey: string; from: number; at: Stamp }>;

/**
 * The epoch that runs, as a process knows it with the entry of this leaf hash. `signer`: null where its key is not on this machine.
 * `settled` is false from the transaction that names a key until that key is the one in use.
 */
export type Running = Readonly<{ epoch: Epoch; signer: Signer | null; hash: Uint8Array; settled: boolean }>;

export const EPOCH_ENTRIES = 256;
export const EPOCH_MS = 15 * MINUTE;

/** The key of the epoch that ends signs the entry that names the next one. */
export const ROTATED = 'key.rotate';
/** The key of the epoch is not on this machine: an older copy was put back, or the file is gone. The device's key alone begins anew. */
export const LOST = 'key.lost';
/** Somebody stands for that. */
export const ACCEPTED = 'key.accepted';

/** Another name than the log's own: whoever looks for the device's line by its name finds that one alone. */
export const epochName = (log: string, number: number): string => `${log}/epoch/${number}`;

export const epochVkey = (log: string, number: number, publicKey: Uint8Array): string =>
  formatVkey(epochName(log, number), publicKey);

/** Only these name an epoch. */
const NAMING: ReadonlySet<string> = new Set(['log.open', 'origin.changed', ROTATED, LOST]);

/** What an entry names: null for none, or for what is no key of an epoch of its log. */
export function epochOf({ at, kind, log, n, pub }: Entry): Epoch | null {
  const vkey = NAMING.has(kind) ? pub['epoch'] : undefined;
  const key = typeof vkey === 'string' ? parseVkey(vkey) : null;
  const number = key === null ? Number.NaN : Number(key.name.slice(epochName(log, 0).length - 1));
  if (typeof vkey !== 'string' || !Number.isSafeInteger(number) || key?.name !== epochName(log, number))
    return null;
  return { number, vkey, from: n, at };
}

/**
 * Whether the epoch ends before what is written at `at` into a journal of `size` entries. Across a start of the machine it does: the
 * time between is not known. A drill runs hours in seconds, and its keys are thrown away with it: there entries alone count.
 */
export function isOver(
  epoch: Epoch,
  size: number,
  at: Stamp,
  { drill }: Readonly<{ drill: boolean }>,
): boolean {
  if (size - epoch.from >= EPOCH_ENTRIES) return true;
  return !drill && (epoch.at.boot !== at.boot || passedAtLeast(epoch.at, at) >= EPOCH_MS);
}
