import { Buffer } from 'node:buffer';
import type { Cells } from './cells.ts';
import { kindOfByte, ODD, settled } from './kind.ts';

const [LF, CR, MARK] = [10, 13, 34];
/** Beside the bits of a kind: the byte ends a cell that stands in no marks. */
const STOP = 128;
/** Beside the bits of a kind: the cell is more than what stands between two marks, and is put together once its row is whole. */
const PIECED = 64;

/** The end of the row has not come: outside of marks, or inside of them. */
export const MORE = -1;
export const OPEN = -2;

/** A row that is being read. */
export type Scan = {
  -readonly [K in keyof Cells]: Cells[K];
} & {
  /** How many cells are written down; those behind them are counted alone. */
  width: number;
};

export const scanned = (): Scan => ({
  bytes: Buffer.alloc(0),
  count: 0,
  from: new Int32Array(64),
  to: new Int32Array(64),
  kinds: new Uint8Array(64),
  breaks: 0,
  width: Number.MAX_SAFE_INTEGER,
});

/** What each byte outside of marks means, for one separator. */
export const tableFor = (separator: string): Uint8Array => {
  const table = Uint8Array.from(kindOfByte);
  for (const byte of [separator.charCodeAt(0), LF, CR]) table[byte] = STOP;
  return table;
};

/**
 * Reads one row from `start` on, of which there are bytes up to `end`. Returns where the next row begins, `MORE` or `OPEN`. `last`: no
 * more bytes will come.
 */
export function scanRow(scan: Scan, table: Uint8Array, start: number, end: number, last: boolean): number {
  const { bytes } = scan;
  let at = start;
  scan.count = 0;
  scan.breaks = 0;
  for (;;) {
    let [from, bits] = [at, 0];
    let to = -1;
    if (at < end && bytes[at] === MARK) {
      const close = closing(scan, at, end, last);
      if (close < 0) return OPEN;
      bits = scan.kinds[scan.count] ?? 0;
      at = close + 1;
      // Nearly always the cell ends here, and is what stands between its marks.
      if ((bits & PIECED) === 0 && (at === end || ((table[bytes[at] ?? 0] ?? 0) & STOP) !== 0)) {
        from += 1;
        to = close;
      } else bits |= PIECED;
    }
    if (to === -1) {
      for (; at < end; at++) {
        const bit = table[bytes[at] ?? 0] ?? 0;
        if ((bit & STOP) !== 0) break;
        bits |= bit;
      }
      to = at;
    }
    if (scan.count < scan.width) {
      if (scan.count === scan.from.length) widen(scan);
      scan.from[scan.count] = from;
      scan.to[scan.count] = to;
      scan.kinds[scan.count] = settled(bits, bytes, from, to);
    }
    scan.count += 1;
    if (at >= end) return last ? end : MORE;
    const stop = bytes[at];
    at += 1;
    if (stop === LF) return at;
    if (stop !== CR) continue;
    // It may be half of a CR LF.
    if (at === end && !last) return MORE;
    return at < end && bytes[at] === LF ? at + 1 : at;
  }
}

/** The mark that closes the cell which opens at `open`; negative where it has not come. What is in it goes to the kind of the cell. */
function closing(scan: Scan, open: number, end: number, last: boolean): number {
  const { bytes } = scan;
  let bits = 0;
  for (let at = open + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== MARK) {
      bits |= kindOfByte[byte] ?? ODD;
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) scan.breaks += 1;
      continue;
    }
    if (at + 1 === end && !last) return -1;
    if (at + 1 === end || bytes[at + 1] !== MARK) {
      if (scan.count === scan.from.length && scan.count < scan.width) widen(scan);
      scan.kinds[scan.count] = bits;
      return at;
    }
    bits |= PIECED | (kindOfByte[MARK] ?? ODD);
    at += 1;
  }
  return -1;
}

function widen(scan: Scan): void {
  const grown = <T extends Int32Array | Uint8Array>(old: T, made: T): T => {
    made.set(old);
    return made;
  };
  const length = scan.from.length * 4;
  scan.from = grown(scan.from, new Int32Array(length));
  scan.to = grown(scan.to, new Int32Array(length));
  scan.kinds = grown(scan.kinds, new Uint8Array(length));
}

/** Takes the marks out of the cells that need it, where they lie: the row is whole, and nobody reads it again. */
export function putTogether(scan: Scan): void {
  const { bytes, from, to, kinds } = scan;
  for (let cell = 0; cell < Math.min(scan.count, scan.width); cell++) {
    const bits = kinds[cell] ?? 0;
    if ((bits & PIECED) === 0) continue;
    const [open, end] = [from[cell] ?? 0, to[cell] ?? 0];
    let [write, closed] = [open, false];
    for (let at = open + 1; at < end; at++) {
      if (!closed && bytes[at] === MARK) {
        closed = bytes[at + 1] !== MARK || at + 1 >= end;
        if (closed) continue;
        at += 1;
      }
      bytes[write] = bytes[at] ?? 0;
      write += 1;
    }
    to[cell] = write;
    kinds[cell] = settled(bits & ~PIECED, bytes, open, write);
  }
}
