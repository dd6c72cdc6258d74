import { join } from 'node:path';
import { sameBytes } from '../base/hash.ts';
import type { Files } from '../io/files.ts';
import type { Random } from '../io/random.ts';
import { StorageError } from '../io/storage.ts';
import type { Signer } from './checkpoint.ts';
import { pemOf, signerFromPem } from './signing.ts';

/**
 * The private keys of epochs: of each log the one that signs now, and for a moment the one that comes next. They lie beside the
 * device's key and never in the journal, so that no copy of a journal brings an old one back. Whoever calls holds the write lock of
 * the journal: what its newest entry says decides which of the two files is right.
 */
export interface EpochKeys {
  /** Makes the key that comes next, beside the one in use; durable when this returns. */
  next(log: string): Signer;
  /**
   * The key of the epoch that runs, by its public key: in use already, or made to come next and named by an entry since. Then it takes
   * the place of the one before it, which is overwritten. Null where this machine does not have it.
   */
  take(log: string, publicKey: Uint8Array): Signer | null;
  /** Whether a change of keys was begun: by a process that goes on with it, or that died in it. */
  begun(log: string): boolean;
  /** Nobody here signs for this log any more. */
  erase(log: string): void;
}

const MAX_BYTES = 4096;

export function epochKeysIn(folder: string, files: Files, random: Random): EpochKeys {
  const pathOf = (log: string, which: '' | '.next'): string => join(folder, `${nameOf(log)}${which}.pem`);
  const read = (path: string): Signer | null => {
    if (!files.exists(path)) return null;
    const pem = files.readPrivate(path, MAX_BYTES);
    try {
      return signerFromPem(path, pem);
    } catch (error) {
      // Zeros: the tool died between overwriting it and putting the next one in its place.
      if (error instanceof StorageError && error.code === 'corrupt') return null;
      throw error;
    }
  };
  return {
    next(log) {
      files.privateDir(folder);
      const path = pathOf(log, '.next');
      const pem = pemOf(random.bytes(32));
      files.writeAtomic(path, pem);
      return signerFromPem(path, pem);
    },
    take(log, publicKey) {
      const [now, next] = [pathOf(log, ''), pathOf(log, '.next')];
      const inUse = read(now);
      if (inUse !== null && sameBytes(inUse.publicKey, publicKey)) return inUse;
      const coming = read(next);
      if (coming === null || !sameBytes(coming.publicKey, publicKey)) return null;
      files.supersede(next, now);
      return coming;
    },
    begun: (log) => files.exists(pathOf(log, '.next')),
    erase(log) {
      for (const path of [pathOf(log, ''), pathOf(log, '.next')]) if (files.exists(path)) files.wipe(path);
    },
  };
}

/** The random part of a log's name. */
const nameOf = (log: string): string => log.slice(log.lastIndexOf('/') + 1).replaceAll(/[^0-9a-z]/g, '');
