import { concatBytes } from './hash.ts';

/**
 * As much of DER (X.690) as a time stamp needs: definite lengths, tags of one byte. `whole` is the element with its head, as it
 * was read: what is signed or hashed must never be written a second time.
 */
export type Der = Readonly<{ tag: number; content: Uint8Array; whole: Uint8Array }>;

/** Null unless the bytes are exactly one element. */
export function readDer(bytes: Uint8Array): Der | null {
  const found = readOne(bytes, 0);
  return found !== null && found.whole.length === bytes.length ? found : null;
}

/** The elements inside one that is constructed; null when they do not fill it exactly. */
export function partsOf({ tag, content }: Der): readonly Der[] | null {
  if ((tag & 0x20) === 0) return null;
  const parts: Der[] = [];
  for (let at = 0; at < content.length;) {
    const part = readOne(content, at);
    if (part === null) return null;
    parts.push(part);
    at += part.whole.length;
  }
  return parts;
}

function readOne(bytes: Uint8Array, start: number): Der | null {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  let at = start + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    // Four bytes of length are more than any answer that is read here; zero of them is BER, not DER.
    if (count === 0 || count > 4 || at + count > bytes.length) return null;
    length = bytes.subarray(at, at + count).reduce((sum, byte) => sum * 256 + byte, 0);
    at += count;
  }
  if (at + length > bytes.length) return null;
  return { tag, content: bytes.subarray(at, at + length), whole: bytes.subarray(start, at + length) };
}

/** An object identifier in its dotted form; empty when the bytes are none. */
export function oidText({ tag, content }: Der): string {
  if (tag !== OID) return '';
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(value / 40));
      arcs.push(top, value - top * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const OCTETS = 0x04;
export const NULL = 0x05;
const OID = 0x06;
export const TIME = 0x18;
export const SEQUENCE = 0x30;
export const SET = 0x31;
/** [0] constructed, the tag of what is optional or explicit. */
export const CONTEXT_0 = 0xa0;

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  const { length } = content;
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  const head = length < 0x80 ? [length] : [0x80 | digits.length, ...digits];
  return concatBytes(Uint8Array.of(tag, ...head), content);
}

/** A whole number from its big-endian bytes, never taken for a negative one. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const plain = first === -1 ? Uint8Array.of(0) : bytes.subarray(first);
  return der(INTEGER, (plain[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), plain) : plain);
}

export function derOid(text: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [top * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift(0x80 | (left & 0x7f));
    return digits;
  });
  return der(OID, Uint8Array.from(bytes));
}
