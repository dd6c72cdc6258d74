import {
  argon2Sync,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../base/assert.ts';
import { concatBytes, hmacSha256, sha256, sha256Hex, toHex, utf8 } from '../base/hash.ts';
import type { Random } from '../io/random.ts';

/** Which field of which entry a payload belongs to; bound into the ciphertext, so a blob cannot be moved. */
export type Place = Readonly<{ log: string; n: number; name: string }>;

export type Sealed = Readonly<{ blob: Uint8Array; ct: string; pc: string }>;

const VERSION = 1;
const SALT = 32;
const NONCE = 12;
const TAG = 16;

/** What a sealed payload takes of chance. */
type Chance = Readonly<{ salt: Uint8Array; nonce: Uint8Array }>;

/** The chance for so many payloads of one row, drawn at once: asking costs more than the bytes. */
export function drawChance(random: Random, count: number): readonly Chance[] {
  const size = SALT + NONCE;
  const bytes = count === 0 ? new Uint8Array(0) : random.bytes(size * count);
  return Array.from({ length: count }, (_none, i) => ({
    salt: bytes.subarray(i * size, i * size + SALT),
    nonce: bytes.subarray(i * size + SALT, (i + 1) * size),
  }));
}

/**
 * Seals one payload under a data key. Each has a key of its own, made from a random salt, so that a machine put back
 * to an earlier state cannot use a nonce twice. `pc` commits to the clear text: AES-GCM alone does not.
 */
export function sealPayload(
  dek: Uint8Array,
  place: Place,
  plaintext: Uint8Array,
  chance: Chance | undefined,
): Sealed {
  assert(chance?.salt.length === SALT && chance.nonce.length === NONCE, 'salt has 32 bytes and nonce 12');
  const { key, secret } = recordKeys(dek, chance.salt);
  const body = encrypt(key, chance.nonce, additional(place), plaintext);
  const blob = concatBytes(Uint8Array.of(VERSION), chance.salt, chance.nonce, body);
  return { blob, ct: sha256Hex(blob), pc: commitment(secret, plaintext) };
}

/** The clear text, or null when the key, the place, the bytes or the commitment do not fit. */
export function openPayload(dek: Uint8Array, place: Place, blob: Uint8Array, pc: string): Uint8Array | null {
  return disclosePayload(dek, place, blob, pc)?.plaintext ?? null;
}

/** A clear text and the secret that its commitment was made with; neither says anything of another field. */
export type Disclosed = Readonly<{ plaintext: Uint8Array; secret: Uint8Array }>;

/** As `openPayload`, with what a reader without any key needs to check the commitment. */
export function disclosePayload(
  dek: Uint8Array,
  place: Place,
  blob: Uint8Array,
  pc: string,
): Disclosed | null {
  if (blob.length < 1 + SALT + NONCE + TAG || blob[0] !== VERSION) return null;
  const nonceAt = 1 + SALT;
  const { key, secret } = recordKeys(dek, blob.subarray(1, nonceAt));
  const plaintext = decrypt(
    key,
    blob.subarray(nonceAt, nonceAt + NONCE),
    additional(place),
    blob.subarray(nonceAt + NONCE),
  );
  return plaintext !== null && commitment(secret, plaintext) === pc ? { plaintext, secret } : null;
}

/** Wraps a data key for the disk; bound to the incident and to its id. */
export function wrapDek(
  kek: Uint8Array,
  incident: string,
  id: string,
  dek: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  return concatBytes(nonce, encrypt(kek, nonce, wrapPlace(incident, id), dek));
}

/** The data key, or null when this key-encryption key is not the one that wrapped it. */
export function unwrapDek(
  kek: Uint8Array,
  incident: string,
  id: string,
  wrapped: Uint8Array,
): Uint8Array | null {
  if (wrapped.length < NONCE + TAG) return null;
  return decrypt(kek, wrapped.subarray(0, NONCE), wrapPlace(incident, id), wrapped.subarray(NONCE));
}

/** A 32-byte key from a passphrase: argon2id, 64 MiB, 3 passes, about a third of a second. `salt` has 16 bytes. */
export function kekFromPassphrase(passphrase: string, salt: Uint8Array): Uint8Array {
  const options = { message: passphrase.normalize('NFKC'), nonce: salt, tagLength: 32 };
  return argon2Sync('argon2id', { ...options, memory: 65_536, passes: 3, parallelism: 1 });
}

/** Names a secret in public by eight hex digits that only a holder of the key can check a guess against. */
export function fingerprint(key: Uint8Array, secret: string): string {
  return toHex(hmacSha256(key, `firebreak/fingerprint/v1\0${secret}`).subarray(0, 4));
}

function recordKeys(dek: Uint8Array, salt: Uint8Array): { key: Uint8Array; secret: Uint8Array } {
  const okm = new Uint8Array(hkdfSync('sha256', handed(dek), salt, 'firebreak/rec/v1', 64));
  return { key: okm.subarray(0, 32), secret: okm.subarray(32) };
}

/** Whether a disclosed clear text and its secret are what an entry commits to with `pc`. */
export function isCommitted({ plaintext, secret }: Disclosed, pc: string): boolean {
  return commitment(secret, plaintext) === pc;
}

function commitment(secret: Uint8Array, plaintext: Uint8Array): string {
  return toHex(sha256(concatBytes(utf8('firebreak/commit/v1\0'), secret, plaintext)));
}

function additional({ log, n, name }: Place): Uint8Array {
  // RFC 8785 by the order in which the keys stand here; Node's own writer is many times as fast.
  return utf8(JSON.stringify({ log, n, name, v: 1 }));
}

function wrapPlace(incident: string, id: string): Uint8Array {
  return utf8(`firebreak/wrap/v1\0${incident}\0${id}`);
}

/** Of bytes node:crypto first asks, by an exception that it catches, whether they are a key: that costs more than all the rest. */
const handed = (key: Uint8Array): KeyObject => createSecretKey(key);

function encrypt(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', handed(key), nonce);
  cipher.setAAD(aad);
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

function decrypt(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, body: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv('aes-256-gcm', handed(key), nonce, { authTagLength: TAG });
  decipher.setAAD(aad);
  decipher.setAuthTag(body.subarray(body.length - TAG));
  try {
    return concatBytes(decipher.update(body.subarray(0, body.length - TAG)), decipher.final());
  } catch {
    return null;
  }
}
