import { Buffer, isUtf8 } from 'node:buffer';
import { canonicalEntry, isCanonicalEntry, type Json, type JsonObject } from '../base/canonical.ts';
import { utf8 } from '../base/hash.ts';
import type { Stamp } from '../io/clock.ts';

/** The largest entry: the length field of a tlog-tiles entry bundle has 16 bits. */
export const MAX_LEAF_BYTES = 65_535;
export const NO_PREVIOUS = '0'.repeat(64);

/** A sealed field: the leaf holds only commitments, so what it sealed can be destroyed and every proof stays valid. */
export type PrivateRef = Readonly<{
  /** SHA-256 of the sealed blob, hex. */
  ct: string;
  /** Id of the data key. */
  dek: string;
  /** Bytes of the sealed blob. */
  len: number;
  name: string;
  /** Commitment to the clear text, salted with a secret that dies with the data key; hex. */
  pc: string;
}>;

/** One line of the journal. Its canonical bytes are stored and hashed as written, never made a second time. */
export type Entry = Readonly<{
  actor: string;
  at: Stamp;
  kind: string;
  /** Origin of the log: random, so that a checkpoint on a public channel names nobody. */
  log: string;
  /** Counts from 0. This is the order of the journal; clocks can be set. */
  n: number;
  /** Leaf hash of entry n-1 in hex; 64 zeros for n=0. */
  prev: string;
  priv: readonly PrivateRef[];
  pub: JsonObject;
  v: 1;
}>;

/** @throws CanonicalError when `pub` holds what a leaf may not */
export function encodeEntry(entry: Entry): Uint8Array {
  return utf8(canonicalEntry(entry as unknown as JsonObject));
}

/** The entry in these bytes, or why they are none: bytes that are not the canonical form of what they say included. */
export function decodeEntry(leaf: Uint8Array): Entry | string {
  if (!isUtf8(leaf)) return 'is not JSON in UTF-8';
  return decodeText(Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).toString('utf8'));
}

/** As `decodeEntry`, of bytes that were read as UTF-8. A text with U+FFFD may have been other bytes: those are looked at. */
export function decodeText(text: string): Entry | string {
  const bytes = text.length > MAX_LEAF_BYTES / 3 ? Buffer.byteLength(text) : 0;
  if (bytes > MAX_LEAF_BYTES) return `has ${bytes} bytes, the limit is ${MAX_LEAF_BYTES}`;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return 'is not JSON in UTF-8';
  }
  if (!isEntry(value)) return 'does not have the fields of an entry';
  return isCanonicalEntry(value as unknown as JsonObject, text) ? value : 'is not in canonical form';
}

/**
 * As `decodeText`, of a leaf that this tool has written and signed: whether it is in canonical form is what `verify` asks. A fold
 * that asked too would take twice as long for nothing, because what it folds is the same either way.
 */
export function decodeWritten(text: string): Entry | string {
  try {
    const value = JSON.parse(text) as Json;
    return isEntry(value) ? value : 'does not have the fields of an entry';
  } catch {
    return 'is not JSON in UTF-8';
  }
}

/** Of the right fields and no other; their order is a question of the canonical form. */
function isEntry(value: unknown): value is Entry {
  if (!isRecord(value) || countOf(value) !== 9) return false;
  const { actor, at, kind, log, n, prev, priv, pub, v } = value;
  return (
    v === 1 &&
    isRecord(at) &&
    countOf(at) === 3 &&
    typeof at['boot'] === 'string' &&
    typeof at['mono'] === 'string' &&
    typeof at['wall'] === 'string' &&
    typeof actor === 'string' &&
    typeof kind === 'string' &&
    typeof log === 'string' &&
    isCount(n) &&
    isHash(prev) &&
    isRecord(pub) &&
    Array.isArray(priv) &&
    priv.every(isPrivateRef)
  );
}

function isPrivateRef(value: unknown): value is PrivateRef {
  if (!isRecord(value) || countOf(value) !== 5) return false;
  const { ct, dek, len, name, pc } = value;
  return isHash(ct) && isHash(pc) && isCount(len) && typeof dek === 'string' && typeof name === 'string';
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const countOf = (value: object): number => Object.keys(value).length;
const HASH = /^[0-9a-f]{64}$/;
const isHash = (value: unknown): boolean => typeof value === 'string' && HASH.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
