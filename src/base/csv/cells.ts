import { Buffer } from 'node:buffer';
import { isAscii, type Kind } from './kind.ts';

/** The cells of one row, as they lie in the bytes of the file (UTF-8). All of it is valid until the next row is read. */
export type Cells = Readonly<{
  bytes: Buffer;
  count: number;
  from: Int32Array;
  to: Int32Array;
  kinds: Uint8Array;
  /** Line ends inside of cells. */
  breaks: number;
}>;

export const cellText = (cells: Cells, at: number): string =>
  textIn(cells.bytes, cells.from[at] ?? 0, cells.to[at] ?? 0, cells.kinds[at] ?? 0);

/** The text of some bytes. Of ASCII a byte is a character, which is read faster. */
export const textIn = (bytes: Buffer, from: number, to: number, kind: Kind): string =>
  from === to ? '' : bytes.toString(isAscii(kind) ? 'latin1' : 'utf8', from, to);
