import { Buffer } from 'node:buffer';
import { beginFile, CHUNK, openChunk, openFile, sealChunk, TAG, type Chance } from './age.ts';

/** Age files of any length, in parts: neither what goes in nor what comes out is ever held whole. */

/** Null: no such recipient. */
export function encryptParts(
  recipient: string,
  parts: Iterable<Uint8Array>,
  chance: Chance,
): Iterable<Uint8Array> | null {
  const begun = beginFile(recipient, chance);
  return begun === null ? null : sealed(begun, parts);
}

function* sealed(
  { head, key }: Readonly<{ head: Uint8Array; key: Uint8Array }>,
  parts: Iterable<Uint8Array>,
): Iterable<Uint8Array> {
  yield head;
  let index = 0;
  for (const { chunk, last } of inChunks(parts, CHUNK)) {
    yield sealChunk(key, index, last, chunk);
    index += 1;
  }
}

/** Why a file does not open: no age file, for somebody else, changed, or cut off between two chunks. */
export class AgeRefused extends Error {
  override readonly name = 'AgeRefused';
  readonly why: 'form' | 'recipient' | 'changed' | 'cut';
  constructor(why: AgeRefused['why']) {
    super(`the age file does not open: ${why}`);
    this.why = why;
  }
}

/** A head is shorter than this, whatever stanzas stand in it. */
const HEAD_MAX = CHUNK;

/**
 * What is in the file, chunk by chunk; each was proved before it is given, and that there is no more only at the end.
 * @throws AgeRefused
 */
export function* decryptParts(secret: Uint8Array, parts: Iterable<Uint8Array>): Iterable<Uint8Array> {
  const rest = parts[Symbol.iterator]();
  try {
    const { begin, key, at } = opened(secret, rest);
    let index = 0;
    for (const { chunk, last } of inChunks(joined(begin.subarray(at), rest), CHUNK + TAG)) {
      const clear = openChunk(key, index, last, chunk);
      if (clear === null)
        throw new AgeRefused(last && openChunk(key, index, false, chunk) !== null ? 'cut' : 'changed');
      // Only an empty file has an empty chunk, and then it is the only one.
      if (clear.length === 0 && index > 0) throw new AgeRefused('changed');
      yield clear;
      index += 1;
    }
  } finally {
    rest.return?.();
  }
}

type Parts = Iterator<Uint8Array>;

function opened(
  secret: Uint8Array,
  rest: Parts,
): Readonly<{ begin: Uint8Array; key: Uint8Array; at: number }> {
  let begin: Uint8Array = new Uint8Array();
  for (;;) {
    const found = openFile(secret, begin);
    if (typeof found !== 'string') return { begin, ...found };
    const next = begin.length < HEAD_MAX || found === 'changed' ? rest.next() : { done: true as const };
    if (next.done === true || begin.length > 2 * HEAD_MAX)
      throw new AgeRefused(found === 'form' && isBegun(begin) ? 'cut' : found);
    begin = Buffer.concat([begin, next.value]);
  }
}

const BEGINNING = 'age-encryption.org/v1\n';
const isBegun = (begin: Uint8Array): boolean =>
  Buffer.from(begin.subarray(0, BEGINNING.length)).toString('latin1') === BEGINNING;

function* joined(first: Uint8Array, rest: Parts): Iterable<Uint8Array> {
  yield first;
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
}

/** The same bytes in chunks of that many, the last one shorter; there is always a last one. */
function* inChunks(
  parts: Iterable<Uint8Array>,
  size: number,
): Iterable<Readonly<{ chunk: Uint8Array; last: boolean }>> {
  let held = Buffer.alloc(0);
  for (const part of parts) {
    held = Buffer.concat([held, part]);
    let at = 0;
    // One chunk stays behind until it is known whether more comes.
    for (; held.length - at > size; at += size) yield { chunk: held.subarray(at, at + size), last: false };
    held = held.subarray(at);
  }
  yield { chunk: held, last: true };
}
