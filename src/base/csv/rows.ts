import { Buffer, isUtf8 } from 'node:buffer';
import type { Cells } from './cells.ts';
import type { CsvFault, CsvReader, Encoding, Separator } from './fault.ts';
import { MORE, OPEN, putTogether, scanned, scanRow, tableFor, type Scan } from './scan.ts';

export type RowOptions = Readonly<{
  encoding: Encoding;
  separator: Separator;
  /** A row and the line of the file on which it begins, counted from one. The first row says how many cells there are. */
  onRow: (cells: Cells, line: number) => void;
  onFault: (fault: CsvFault) => void;
  /** Bytes of one row, in UTF-8. */
  rowMax?: number;
}>;

const ROW_MAX = 4 << 20;
const [LF, CR] = [10, 13];
const BYTE_ORDER_MARK = Buffer.from('\uFEFF', 'utf8');
const REPLACEMENT = Buffer.from('\uFFFD', 'utf8');

/**
 * Reads the rows of a table as bytes, which stay where they are: nothing is made of a cell that nobody asks for. Bytes in another
 * encoding are put into UTF-8 before.
 */
export function csvRows(options: RowOptions): CsvReader {
  const decoder = options.encoding === 'utf-8' ? null : new TextDecoder(options.encoding);
  const table = tableFor(options.separator);
  const reading: Reading = {
    scan: scanned(),
    at: 0,
    end: 0,
    line: 1,
    width: null,
    skipping: false,
    begun: false,
  };
  const feed = (bytes: Uint8Array, last: boolean): void => {
    append(reading, bytes);
    if (!reading.begun && !begins(reading, last)) return;
    readRows(reading, table, options, last);
  };
  const inUtf8 = (bytes?: Uint8Array): Uint8Array =>
    Buffer.from(decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '', 'utf8');
  return {
    push: (bytes) => feed(decoder === null ? bytes : inUtf8(bytes), false),
    end: () => feed(decoder === null ? NOTHING : inUtf8(), true),
  };
}

const NOTHING = new Uint8Array();

/** What was not read yet lies in the scan's bytes from `at` to `end`. */
type Reading = {
  readonly scan: Scan;
  at: number;
  end: number;
  line: number;
  width: number | null;
  /** Inside a row that was given up: everything up to the next line end is left out. */
  skipping: boolean;
  begun: boolean;
};

function append(reading: Reading, more: Uint8Array): void {
  const { scan, at } = reading;
  const held = reading.end - at;
  const old = scan.bytes;
  if (held + more.length > old.length) scan.bytes = Buffer.allocUnsafe((held + more.length) * 2);
  if (at > 0 || scan.bytes !== old) old.copy(scan.bytes, 0, at, reading.end);
  scan.bytes.set(more, held);
  reading.at = 0;
  reading.end = held + more.length;
}

/** False while the mark at the beginning may not have come whole. */
function begins(reading: Reading, last: boolean): boolean {
  const { scan, end } = reading;
  if (end < BYTE_ORDER_MARK.length && !last) return false;
  if (scan.bytes.subarray(0, Math.min(end, BYTE_ORDER_MARK.length)).equals(BYTE_ORDER_MARK))
    reading.at = BYTE_ORDER_MARK.length;
  reading.begun = true;
  return true;
}

function readRows(reading: Reading, table: Uint8Array, options: RowOptions, last: boolean): void {
  const { scan, end } = reading;
  const { bytes } = scan;
  const { onFault, rowMax = ROW_MAX } = options;
  const whole = wholeUpTo(bytes, reading.at, end);
  while (reading.at < end) {
    if (reading.skipping) {
      if (!skipLine(reading, last)) return;
      continue;
    }
    const { at } = reading;
    const next = scanRow(scan, table, at, end, last);
    if (next >= 0) {
      tell(reading, options, next <= whole || isWhole(bytes, at, next));
      reading.at = next;
      reading.line += 1 + scan.breaks;
      continue;
    }
    if (end - at <= rowMax && !(last && next === OPEN)) return;
    // A mark that never closes would swallow the rest of the file: its line alone is left out.
    onFault(
      next === MORE
        ? { is: 'too-long', line: reading.line, max: rowMax }
        : { is: 'open-quote', line: reading.line },
    );
    reading.skipping = true;
  }
}

/** Goes on behind the next line end; false where it has not come. */
function skipLine(reading: Reading, last: boolean): boolean {
  const { scan, at, end } = reading;
  const { bytes } = scan;
  let stop = at;
  while (stop < end && bytes[stop] !== LF && bytes[stop] !== CR) stop += 1;
  reading.at = stop;
  if (stop === end || (bytes[stop] === CR && stop + 1 === end && !last)) return false;
  reading.at = bytes[stop] === CR && stop + 1 < end && bytes[stop + 1] === LF ? stop + 2 : stop + 1;
  reading.line += 1;
  reading.skipping = false;
  return true;
}

function tell(reading: Reading, { onRow, onFault, encoding }: RowOptions, whole: boolean): void {
  const { scan, line } = reading;
  putTogether(scan);
  if (scan.count === 1 && scan.from[0] === scan.to[0]) return;
  if (!whole) return onFault({ is: 'bytes', line, encoding });
  reading.width ??= scan.width = scan.count;
  if (scan.count === reading.width) onRow(scan, line);
  else onFault({ is: 'ragged', line, wanted: reading.width, got: scan.count });
}

/** Whether bytes are text, and none of it was lost before. */
const isWhole = (bytes: Buffer, from: number, to: number): boolean => {
  const part = bytes.subarray(from, to);
  return isUtf8(part) && !part.includes(REPLACEMENT);
};

/** In one look at all of them, as far as whole lines go: asking of every row costs more than reading it. */
const wholeUpTo = (bytes: Buffer, from: number, end: number): number => {
  const to = bytes.subarray(from, end).lastIndexOf(LF) + 1 + from;
  return isWhole(bytes, from, to) ? to : from;
};
