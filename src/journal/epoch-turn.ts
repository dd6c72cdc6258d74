import type { Stamp } from '../base/beat.ts';
import { sameBytes } from '../base/hash.ts';
import { StorageError } from '../io/storage.ts';
import { parseVkey, type NoteSigner, type Signer } from './checkpoint.ts';
import type { Draft, Writing } from './draft.ts';
import type { Entry } from './entry.ts';
import { epochName, epochOf, epochVkey, isOver, LOST, ROTATED, type Running } from './epoch.ts';
import { newestEpoch, runsStill } from './epoch-rows.ts';
import type { Tail } from './rows.ts';

/** Who signs what one transaction writes, and which change of keys stands in front of it. */

export interface Turn {
  /** What goes in front of the first entry, where the epoch is over or its key is lost; null for every other one. */
  change(at: Stamp): Draft | null;
  /** An entry has been written: it may name the key that signs from now on. */
  wrote(entry: Entry, hash: Uint8Array): void;
  signers(): readonly NoteSigner[];
}

export function takeTurn(to: Writing, tail: Tail): Turn {
  const { log, epochs, recent } = to;
  const device: NoteSigner = { name: log, signer: to.signer };
  if (to.begins !== undefined) {
    const first = { name: epochName(log, 0), signer: to.begins };
    return { change: () => null, wrote: () => undefined, signers: () => [device, first] };
  }
  if (epochs === null) return { change: () => null, wrote: () => undefined, signers: () => [device] };
  let running = runningAt(to, tail);
  let asked = false;
  let next: Signer | null = null;
  let also: readonly NoteSigner[] = [];
  const lineOf = ({ epoch, signer }: Running): readonly NoteSigner[] =>
    signer === null ? [] : [{ name: epochName(log, epoch.number), signer }];
  return {
    change(at) {
      const { epoch, signer } = running;
      if (asked) return null;
      asked = true;
      if (signer !== null && !isOver(epoch, tail.size, at, to)) return null;
      next = epochs.next(log);
      const vkey = epochVkey(log, epoch.number + 1, next.publicKey);
      return signer === null
        ? { kind: LOST, actor: 'firebreak', pub: { epoch: vkey, was: epoch.vkey } }
        : { kind: ROTATED, actor: 'firebreak', pub: { epoch: vkey } };
    },
    wrote(entry, hash) {
      const named = next === null ? null : epochOf(entry);
      if (named === null) running = { ...running, hash };
      else {
        also = lineOf(running);
        running = { epoch: named, signer: next, hash, settled: false };
        next = null;
      }
      recent.running = running;
    },
    signers: () => [device, ...also, ...lineOf(running)],
  };
}

/**
 * The epoch that runs, inside the write lock: as it is known here, unless another process has begun the next one since. Its key is put
 * in use where whoever named it did not come to that. @throws StorageError
 */
export function runningAt({ db, log, epochs, recent }: Writing, { size, hash }: Tail): Running {
  const known = recent.running;
  if (known !== null && known.settled && known.signer !== null && hash !== null)
    if (sameBytes(known.hash, hash) || runsStill(db, log, known.epoch)) return known;
  const epoch = newestEpoch(db, log, size);
  if (epoch === null || hash === null)
    throw new StorageError('corrupt', db.path, 'the entry that names the key of the epoch is not there');
  const signer = epochs?.take(log, parseVkey(epoch.vkey)?.publicKey ?? new Uint8Array()) ?? null;
  return (recent.running = { epoch, signer, hash, settled: true });
}
