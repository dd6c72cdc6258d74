import { join } from 'node:path';
import { fromHex, toHex } from '../base/hash.ts';
import type { Files } from '../io/files.ts';
import type { Random } from '../io/random.ts';
import { StorageError } from '../io/storage.ts';
import type { Signer } from './checkpoint.ts';
import { epochKeysIn, type EpochKeys } from './epoch-keys.ts';
import { pemOf, signerFromPem } from './signing.ts';

/**
 * What a journal needs to be written. Without `kek` private fields stay sealed; public entries can be written. Without `epochs` a new
 * journal is signed by one key for ever, and one that has epochs is not written.
 */
export type JournalKeys = Readonly<{ signer: Signer; kek: Uint8Array | null; epochs?: EpochKeys }>;

const DEVICE_KEY = 'device.pem';
export const DATA_KEY = 'data.key';
const EPOCHS = 'epochs';

/**
 * The device's signing key and the key that wraps data keys, as files of mode 0600 in `dir`; made at first use.
 * @throws StorageError `permissions` when others could read one, `corrupt` when one is not a key
 */
export function loadOrCreateKeys(dir: string, files: Files, random: Random): JournalKeys {
  return { ...loadSigning(dir, files, random), kek: loadKek(join(dir, DATA_KEY), files, random) };
}

/** What signs: the device's key, made at first use, and the keys of the epochs beside it. */
export function loadSigning(
  dir: string,
  files: Files,
  random: Random,
): Readonly<{ signer: Signer; epochs: EpochKeys }> {
  return { signer: loadSigner(dir, files, random), epochs: epochKeysIn(join(dir, EPOCHS), files, random) };
}

/** Whether there is a signing key already, for who must not make one. */
export const hasSigner = (dir: string, files: Files): boolean => files.exists(join(dir, DEVICE_KEY));

/** The device's signing key alone, made at first use. */
export function loadSigner(dir: string, files: Files, random: Random): Signer {
  files.privateDir(dir);
  const path = join(dir, DEVICE_KEY);
  if (!files.exists(path)) {
    // When another process made one at the same moment, theirs stands and is read below.
    files.writeNew(path, pemOf(random.bytes(32)));
  }
  return signerFromPem(path, files.readPrivate(path, 4096));
}

/** A data key from its file of 64 hex digits, made at first use. */
export function loadKek(path: string, files: Files, random: Random): Uint8Array {
  if (!files.exists(path)) files.writeNew(path, `${toHex(random.bytes(32))}\n`);
  const kek = fromHex(files.readPrivate(path, 256).trim());
  if (kek?.length !== 32)
    throw new StorageError('corrupt', path, `${path} is not a data key of 64 hex digits`);
  return kek;
}

/** A signer from a 32-byte seed: for drills, whose key is thrown away, and for tests. */
export function signerFromSeed(seed: Uint8Array): Signer {
  return signerFromPem('', pemOf(seed));
}
