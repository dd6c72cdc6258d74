import { Buffer } from 'node:buffer';
import { sha256 } from '../base/hash.ts';

/** Columns and tables outside of the heap of objects: a million people are some tens of megabytes here, and nothing to collect. */

export interface Column {
  push(value: number): void;
  get(at: number): number;
  set(at: number, value: number): void;
  size(): number;
}

type Numbers = Float64Array | Int32Array | Uint32Array;

function column(make: (size: number) => Numbers): Column {
  let values = make(1024);
  let size = 0;
  return {
    push: (value) => {
      if (size === values.length) {
        const more = make(size * 2);
        more.set(values);
        values = more;
      }
      values[size] = value;
      size += 1;
    },
    get: (at) => values[at] ?? 0,
    set: (at, value) => {
      values[at] = value;
    },
    size: () => size,
  };
}

export const floats = (): Column => column((size) => new Float64Array(size));
export const whole = (): Column => column((size) => new Int32Array(size));
export const bits = (): Column => column((size) => new Uint32Array(size));

/** Texts by a number; 0 is the empty one. */
export interface Texts {
  put(text: string): number;
  get(at: number): string;
  bytes(): number;
}

const CHUNK = 1 << 20;

export function texts(): Texts {
  const chunks: Buffer[] = [Buffer.allocUnsafe(CHUNK)];
  // The first place is that of nothing.
  let [at, chunk] = [4, 0];
  return {
    put(text) {
      if (text === '') return 0;
      const length = Buffer.byteLength(text);
      if (at + length + 4 > CHUNK) {
        chunks.push(Buffer.allocUnsafe(CHUNK));
        [at, chunk] = [0, chunk + 1];
      }
      const here = chunks[chunk];
      if (here === undefined || length + 4 > CHUNK) return 0;
      const place = chunk * CHUNK + at;
      here.writeUInt32LE(length, at);
      here.write(text, at + 4);
      at += length + 4;
      return place;
    },
    get(place) {
      const here = chunks[Math.floor(place / CHUNK)];
      if (place === 0 || here === undefined) return '';
      const from = place % CHUNK;
      return here.toString('utf8', from + 4, from + 4 + here.readUInt32LE(from));
    },
    bytes: () => chunks.length * CHUNK,
  };
}

/** 96 bits of the SHA-256 of a text: two that meet by chance would take more people than there are. */
export type Key = readonly [number, number, number];

export interface KeyTable {
  /** The number that stands under this key; `fresh` is put there where none does. */
  put(key: Key, fresh: number): number;
  size(): number;
}

export function keyTable(): KeyTable {
  let capacity = 1 << 12;
  let slots = new Uint32Array(capacity * 4);
  let size = 0;
  const place = (into: Uint32Array, room: number, a: number, b: number, c: number): number => {
    let at = (a & (room - 1)) * 4;
    while (into[at + 3] !== 0 && (into[at] !== a || into[at + 1] !== b || into[at + 2] !== c))
      at = (at + 4) & (room * 4 - 1);
    return at;
  };
  const grow = (): void => {
    const [room, old] = [capacity * 2, slots];
    const more = new Uint32Array(room * 4);
    for (let from = 0; from < old.length; from += 4) {
      if (old[from + 3] === 0) continue;
      more.set(
        old.subarray(from, from + 4),
        place(more, room, old[from] ?? 0, old[from + 1] ?? 0, old[from + 2] ?? 0),
      );
    }
    [capacity, slots] = [room, more];
  };
  return {
    put(key, fresh) {
      if (size * 10 > capacity * 7) grow();
      const [a, b, c] = key;
      const at = place(slots, capacity, a, b, c);
      const found = slots[at + 3] ?? 0;
      if (found !== 0) return found - 1;
      slots[at] = a;
      slots[at + 1] = b;
      slots[at + 2] = c;
      slots[at + 3] = fresh + 1;
      size += 1;
      return fresh;
    },
    size: () => size,
  };
}

export const keyOf = (text: string): Key => {
  const sum = sha256(text);
  const word = (at: number): number =>
    (((sum[at] ?? 0) << 24) | ((sum[at + 1] ?? 0) << 16) | ((sum[at + 2] ?? 0) << 8) | (sum[at + 3] ?? 0)) >>>
    0;
  return [word(0), word(4), word(8)];
};

/** A number below 2^52 that names a key: the same for everybody, and an order that nobody chose. */
export const numberOf = ([a, b]: Key): number => a * 2 ** 20 + (b >>> 12);
