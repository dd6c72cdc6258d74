import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { concatBytes } from '../base/hash.ts';
import { StorageError } from '../io/storage.ts';
import type { Signer } from './checkpoint.ts';

/** Ed25519 private keys as OpenSSL reads them. */

// In PKCS #8 (RFC 8410) such a key is these bytes and the 32-byte seed.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const PEM = { type: 'pkcs8', format: 'pem' } as const;

export function pemOf(seed: Uint8Array): string {
  const der = Buffer.from(concatBytes(PKCS8_ED25519, seed));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export(PEM).toString();
}

/** @throws StorageError `corrupt`. @param path where it was read, for the words of the error */
export function signerFromPem(path: string, pem: string): Signer {
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
