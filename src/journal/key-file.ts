import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/canonical.ts';
import { fromHex, hmacSha256, sameBytes, toHex } from '../base/hash.ts';
import { kekId } from './deks.ts';

/**
 * `key.json`: by which ways the key is had that wraps the data keys of live incidents. It holds no secret: each way is a place
 * where the key lies, or the key wrapped for somebody. Without the file the one way is the key file `data.key`.
 */

export const keySources = ['file', 'passphrase', 'keychain', 'code', 'age', 'aws-kms', 'vault'] as const;
export type KeyFrom = (typeof keySources)[number];

/** The key wrapped for an X25519 recipient, as an age file in base64. */
type Wrap = Readonly<{ to: string; wrapped: string }>;

/**
 * One way to the key. `file`: a key file beside it, found by the id of the key. `account`: an entry of the keychain. A
 * passphrase without `wrap` is an older form: the key itself is made from it. `shown`: somebody said that the recovery code is
 * written down. `sealed`: what the service gave; with AWS it opens `box`, in which the key lies.
 */
export type Recipient =
  | Readonly<{ from: 'file' }>
  | Readonly<{ from: 'keychain'; account: string }>
  | Readonly<{ from: 'passphrase'; salt: string; wrap: Wrap | null }>
  | Readonly<{ from: 'code'; wrap: Wrap; shown: boolean }>
  | Readonly<{ from: 'age'; wrap: Wrap }>
  | Readonly<{ from: 'aws-kms'; key: string; sealed: string; box: string }>
  | Readonly<{ from: 'vault'; key: string; sealed: string }>;

/**
 * A key and all ways to it, the one that is tried first in front. `id` is the name by which a journal says what its data keys
 * are wrapped with; `check` tells a wrong key at once; `bound` is a code over the recipients that only a holder of the key can
 * make, so that a recipient slipped into the file is not served at the next change. Null in files of an older form.
 */
export type Kek = Readonly<{
  id: string;
  check: string;
  recipients: readonly Recipient[];
  bound: string | null;
}>;

/** `next`: a change that is under way. `forget`: entries of the keychain no longer needed. `drilled`: the last key drill. */
export type KeyFile = Readonly<{
  now: Kek;
  next: Kek | null;
  forget: readonly string[];
  drilled: Readonly<{ at: string; name: string }> | null;
}>;

const SCHEMA = 'firebreak.keys/v2';
const OLD_SCHEMA = 'firebreak.key/v1';

/** What names and checks a key, for the file. */
export function kekOf(kek: Uint8Array, recipients: readonly Recipient[]): Kek {
  return {
    id: kekId(kek),
    check: toHex(checkBytes(kek)),
    recipients,
    bound: toHex(boundBytes(kek, recipients)),
  };
}

export function fits(known: Pick<Kek, 'id' | 'check'>, kek: Uint8Array): boolean {
  const check = fromHex(known.check);
  return check !== null && known.id === kekId(kek) && sameBytes(check, checkBytes(kek));
}

/** Whether the recipients are those that a holder of the key wrote down. */
export function isBound({ bound, recipients }: Kek, kek: Uint8Array): boolean {
  const found = bound === null ? null : fromHex(bound);
  return bound === null || (found !== null && sameBytes(found, boundBytes(kek, recipients)));
}

/** How a recipient is called on the command line and on screens. */
export function nameOf(recipient: Recipient): string {
  if (recipient.from === 'age') return `age:${recipient.wrap.to}`;
  return 'key' in recipient ? `${recipient.from}:${recipient.key}` : recipient.from;
}

function checkBytes(kek: Uint8Array): Uint8Array {
  return hmacSha256(kek, 'firebreak/key-check/v1');
}

function boundBytes(kek: Uint8Array, recipients: readonly Recipient[]): Uint8Array {
  return hmacSha256(kek, `firebreak/recipients/v1\0${canonicalJson(recipients as unknown as Json)}`);
}

export function encodeKeyFile({ now, next, forget, drilled }: KeyFile): string {
  const more = {
    ...(next === null ? {} : { next }),
    ...(forget.length === 0 ? {} : { forget }),
    ...(drilled === null ? {} : { drilled }),
  };
  return `${JSON.stringify({ schema: SCHEMA, ...now, ...more }, null, 2)}\n`;
}

/** Null when the text is no such file. */
export function decodeKeyFile(text: string): KeyFile | null {
  const found = parse(text);
  if (found === null || (found['schema'] !== SCHEMA && found['schema'] !== OLD_SCHEMA)) return null;
  const read = found['schema'] === SCHEMA ? readKek : oldKek;
  const now = read(found);
  const next = found['next'] === undefined ? null : read(asRecord(found['next']));
  const forget: unknown = found['forget'] ?? [];
  if (now === null || (next === null && found['next'] !== undefined) || !Array.isArray(forget)) return null;
  const drilled = asRecord(found['drilled']);
  return {
    now,
    next,
    forget: forget.map(String),
    drilled: drilled === null ? null : { at: String(drilled['at']), name: String(drilled['name']) },
  };
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

function readKek(found: Found | null): Kek | null {
  if (found === null || !Array.isArray(found['recipients'])) return null;
  const { id, check, bound = null } = found;
  const recipients = found['recipients'].map((one) => readRecipient(asRecord(one)));
  const all = recipients.filter((one) => one !== null);
  if (typeof id !== 'string' || !isCheck(check) || all.length !== recipients.length || all.length === 0)
    return null;
  return bound === null || typeof bound === 'string' ? { id, check, recipients: all, bound } : null;
}

/** The one way of the older form stands in the file itself. */
function oldKek(found: Found | null): Kek | null {
  if (found === null) return null;
  const { id, check, from, salt } = found;
  const only = readRecipient(from === 'passphrase' ? { from, salt, wrap: null } : found);
  return only === null || typeof id !== 'string' || !isCheck(check)
    ? null
    : { id, check, recipients: [only], bound: null };
}

const isCheck = (check: unknown): check is string =>
  typeof check === 'string' && fromHex(check)?.length === 32;

function readRecipient(found: Found | null): Recipient | null {
  if (found === null) return null;
  const { from, account, salt, shown, key, sealed, box } = found;
  const wrap = readWrap(found['wrap']);
  switch (from) {
    case 'file':
      return { from };
    case 'keychain':
      return typeof account === 'string' ? { from, account } : null;
    case 'passphrase':
      if (typeof salt !== 'string' || fromHex(salt)?.length !== 16) return null;
      return wrap !== null || found['wrap'] === null ? { from, salt, wrap } : null;
    case 'code':
      return wrap === null ? null : { from, wrap, shown: shown === true };
    case 'age':
      return wrap === null ? null : { from, wrap };
    case 'aws-kms':
      if (typeof key !== 'string' || typeof sealed !== 'string' || typeof box !== 'string') return null;
      return { from, key, sealed, box };
    case 'vault':
      return typeof key === 'string' && typeof sealed === 'string' ? { from, key, sealed } : null;
    default:
      return null;
  }
}

function readWrap(value: unknown): Wrap | null {
  const { to, wrapped } = asRecord(value) ?? {};
  return typeof to === 'string' && typeof wrapped === 'string' ? { to, wrapped } : null;
}
