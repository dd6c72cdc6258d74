import { join } from 'node:path';
import { decodeBech32, encodeBech32 } from '../base/bech32.ts';
import { concatBytes, sha256Hex, toHex } from '../base/hash.ts';
import type { Files } from '../io/files.ts';
import type { Random } from '../io/random.ts';
import { StorageError } from '../io/storage.ts';
import { identityKey, recipientKey, recipientOf } from './age.ts';

/**
 * Whom an incident is handed over to: one line with two public keys. To the first one the packet is encrypted (X25519, of age); the
 * second one (Ed25519) must sign whatever comes after it, so that nobody but the one who was meant can go on in it.
 */
export type Receiver = Readonly<{ age: string; key: Uint8Array }>;

const PREFIX = 'firebreak-to';

export function formatReceiver({ age, key }: Receiver): string {
  return encodeBech32(PREFIX, concatBytes(recipientKey(age) ?? new Uint8Array(), key));
}

/** Null for a line with a letter wrong, missing or too many. */
export function parseReceiver(line: string): Receiver | null {
  const bytes = decodeBech32(PREFIX, line.trim());
  if (bytes?.length !== 64) return null;
  return { age: encodeBech32('age', bytes.subarray(0, 32)), key: bytes.subarray(32) };
}

/** What two people read to each other: sixteen letters; to find another line with the same ones takes 2^64 tries. */
export function checkOf({ age, key }: Receiver): string {
  const letters = sha256Hex(`firebreak/receiver/v1\0${age}\0${toHex(key)}`).slice(0, 16);
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

const IDENTITY = 'receive.age';

/** Where the secret of a receiver lies, as `age-keygen` writes one. */
export const identityPath = (folder: string): string => join(folder, IDENTITY);

/** The secret that packets for this machine open with, made at first use. @throws StorageError `permissions`, `corrupt` */
export function loadIdentity(folder: string, files: Files, random: Random): Uint8Array {
  files.privateDir(folder);
  const path = identityPath(folder);
  if (!files.exists(path)) {
    const secret = random.bytes(32);
    const text = encodeBech32('age-secret-key-', secret).toUpperCase();
    // When another process made one at the same moment, theirs stands and is read below.
    files.writeNew(path, `# public key: ${recipientOf(secret)}\n${text}\n`);
  }
  return readIdentity(folder, files);
}

/** The same, and nothing is made. @throws StorageError `missing` ... */
export function readIdentity(folder: string, files: Files): Uint8Array {
  const path = identityPath(folder);
  const lines = files.readPrivate(path, 4096).split('\n');
  const found = lines.map((line) => identityKey(line.trim())).find((one) => one !== null);
  if (found === undefined) throw new StorageError('corrupt', path, `${path} holds no age identity`);
  return found;
}
