import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { concatBytes, fromHex, toHex } from '../base/hash.ts';
import type { Files } from '../io/files.ts';
import type { Random } from '../io/random.ts';
import { StorageError } from '../io/storage.ts';
import type { Signer } from './checkpoint.ts';

/** What a journal needs to be written. Without `kek` private fields stay sealed; public entries can be written. */
export type JournalKeys = Readonly<{ signer: Signer; kek: Uint8Array | null }>;

const DEVICE_KEY = 'device.pem';
export const DATA_KEY = 'data.key';
// An Ed25519 private key in PKCS #8 (RFC 8410) is these bytes and the 32-byte seed.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The device's signing key and the key that wraps data keys, as files of mode 0600 in `dir`; made at first use.
 * @throws StorageError `permissions` when others could read one, `corrupt` when one is not a key
 */
export function loadOrCreateKeys(dir: string, files: Files, random: Random): JournalKeys {
  return { signer: loadSigner(dir, files, random), kek: loadKek(join(dir, DATA_KEY), files, random) };
}

/** Whether there is a signing key already, for who must not make one. */
export const hasSigner = (dir: string, files: Files): boolean => files.exists(join(dir, DEVICE_KEY));

/** The device's signing key alone, made at first use. */
export function loadSigner(dir: string, files: Files, random: Random): Signer {
  files.privateDir(dir);
  const path = join(dir, DEVICE_KEY);
  if (!files.exists(path)) {
    const der = Buffer.from(concatBytes(PKCS8_ED25519, random.bytes(32)));
    // When another process made one at the same moment, theirs stands and is read below.
    files.writeNew(path, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export(PEM));
  }
  return signerFromPem(path, files.readPrivate(path, 4096));
}

const PEM = { type: 'pkcs8', format: 'pem' } as const;

function signerFromPem(path: string, pem: string): Signer {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new StorageError('corrupt', path, `${path} is not a private key`, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new StorageError('corrupt', path, `${path} is not an Ed25519 key`);
  const x = createPublicKey(key).export({ format: 'jwk' }).x ?? '';
  return { publicKey: Buffer.from(x, 'base64url'), sign: (message) => sign(null, message, key) };
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
  const der = Buffer.from(concatBytes(PKCS8_ED25519, seed));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return signerFromPem('', key.export(PEM).toString());
}
