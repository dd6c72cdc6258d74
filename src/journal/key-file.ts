import { fromHex, hmacSha256, sameBytes, toHex } from '../base/hash.ts';
import { kekId } from './deks.ts';

/**
 * `key.json`: where the key comes from that wraps the data keys of live incidents. It holds no secret, but a passphrase opens
 * nothing without the salt in it. Without the file it is the key file `data.key`.
 */

export const keySources = ['file', 'passphrase', 'keychain'] as const;
export type KeyFrom = (typeof keySources)[number];

/**
 * `id` is the name by which a journal says what its data keys are wrapped with; `check` tells a wrong passphrase at once.
 * `salt` is 32 hex digits; `account` names the entry of the keychain.
 */
export type KeySource = Readonly<{ id: string; check: string }> &
  (
    | Readonly<{ from: 'file' }>
    | Readonly<{ from: 'passphrase'; salt: string }>
    | Readonly<{ from: 'keychain'; account: string }>
  );

/** `next`: a change that is under way. `forget`: entries of the keychain that are no longer needed. */
export type KeyFile = Readonly<{ now: KeySource; next: KeySource | null; forget: readonly string[] }>;

const SCHEMA = 'firebreak.key/v1';

/** What names and checks a key, for the file. */
export function marksOf(kek: Uint8Array): Readonly<{ id: string; check: string }> {
  return { id: kekId(kek), check: toHex(checkBytes(kek)) };
}

export function fits(source: KeySource, kek: Uint8Array): boolean {
  const check = fromHex(source.check);
  return check !== null && source.id === kekId(kek) && sameBytes(check, checkBytes(kek));
}

function checkBytes(kek: Uint8Array): Uint8Array {
  return hmacSha256(kek, 'firebreak/key-check/v1');
}

export function encodeKeyFile({ now, next, forget }: KeyFile): string {
  const more = { ...(next === null ? {} : { next }), ...(forget.length === 0 ? {} : { forget }) };
  return `${JSON.stringify({ schema: SCHEMA, ...now, ...more }, null, 2)}\n`;
}

/** Null when the text is no such file. */
export function decodeKeyFile(text: string): KeyFile | null {
  const found = parse(text);
  if (found === null || found['schema'] !== SCHEMA) return null;
  const now = sourceOf(found);
  const next = found['next'] === undefined ? null : sourceOf(asRecord(found['next']));
  const forget: unknown = found['forget'] ?? [];
  if (now === null || (next === null && found['next'] !== undefined) || !Array.isArray(forget)) return null;
  return { now, next, forget: forget.map(String) };
}

type Found = Readonly<Record<string, unknown>>;

function parse(text: string): Found | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Found | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

function sourceOf(found: Found | null): KeySource | null {
  if (found === null) return null;
  const { from, id, check, salt, account } = found;
  if (typeof id !== 'string' || typeof check !== 'string' || fromHex(check)?.length !== 32) return null;
  if (from === 'file') return { from, id, check };
  if (from === 'passphrase' && typeof salt === 'string' && fromHex(salt)?.length === 16)
    return { from, id, check, salt };
  return from === 'keychain' && typeof account === 'string' ? { from, id, check, account } : null;
}
