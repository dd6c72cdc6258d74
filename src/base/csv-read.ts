/**
 * Reads tables as people and vendors export them (RFC 4180 and its neighbours), in pieces of any size: memory is bounded by the
 * longest row. What is wrong with one row is said of that row, and the reading goes on.
 */
export type CsvFault =
  | Readonly<{ is: 'ragged'; line: number; wanted: number; got: number }>
  | Readonly<{ is: 'bytes'; line: number; encoding: Encoding }>
  | Readonly<{ is: 'too-long'; line: number; max: number }>
  | Readonly<{ is: 'open-quote'; line: number }>;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Separator = ',' | ';' | '\t';

export interface CsvReader {
  push(bytes: Uint8Array): void;
  end(): void;
}

export type CsvOptions = Readonly<{
  encoding: Encoding;
  separator: Separator;
  /** Cells of one row and the line of the file on which it begins, counted from one. The first row says how many cells there are. */
  onRow: (cells: readonly string[], line: number) => void;
  onFault: (fault: CsvFault) => void;
  /** UTF-16 units of one row. */
  rowMax?: number;
}>;

const ROW_MAX = 4 << 20;

/** One sentence for a person, without the line: that stands beside it. */
export const csvFaultWords = (fault: CsvFault): string => {
  switch (fault.is) {
    case 'ragged':
      return `this row has ${fault.got} cells, the first row has ${fault.wanted}`;
    case 'bytes':
      return `this row holds bytes that are no ${fault.encoding.toUpperCase()}`;
    case 'too-long':
      return `this row has more than ${fault.max} characters`;
    case 'open-quote':
      return 'a quotation mark opens here and never closes';
  }
};

export function csvReader(options: CsvOptions): CsvReader {
  const decoder = new TextDecoder(options.encoding);
  const reading: Reading = { text: '', at: 0, line: 1, width: null, skipping: false };
  const feed = (more: string, last: boolean): void => {
    reading.text = reading.at >= reading.text.length ? more : reading.text.slice(reading.at) + more;
    reading.at = 0;
    scan(reading, options, last);
  };
  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true }), false),
    end: () => feed(decoder.decode(), true),
  };
}

/** What was not read yet, and where its first row begins. */
type Reading = {
  text: string;
  at: number;
  line: number;
  width: number | null;
  /** Inside a row that was given up: everything up to the next line end is left out. */
  skipping: boolean;
};

function scan(reading: Reading, options: CsvOptions, last: boolean): void {
  const { text } = reading;
  const ends = lineEnds(text);
  let quote = text.indexOf('"', reading.at);
  while (reading.at < text.length) {
    const end = ends.from(reading.at, last);
    if (reading.skipping) {
      if (end === null) reading.at = text.length;
      else onward(reading, end);
      reading.skipping = end === null;
      continue;
    }
    if (quote !== -1 && quote < reading.at) quote = text.indexOf('"', reading.at);
    const stop = end === null ? text.length : end.at;
    if (quote !== -1 && quote < stop) {
      if (!readQuoted(reading, options, end, last)) return;
    } else if (end === null && !last) {
      return tooLong(reading, options);
    } else {
      const raw = text.slice(reading.at, stop);
      tell(reading, options, raw.split(options.separator), raw);
      onward(reading, end ?? { at: stop, next: stop });
    }
  }
}

const onward = (reading: Reading, end: LineEnd): void => {
  reading.at = end.next;
  reading.line += 1;
};

/** False where the rest of the row has not come yet. */
function readQuoted(reading: Reading, options: CsvOptions, end: LineEnd | null, last: boolean): boolean {
  const { text, at, line } = reading;
  const simple = end === null ? null : simplyQuoted(text.slice(at, end.at), options.separator);
  if (end !== null && simple !== null) {
    tell(reading, options, simple.cells, simple.raw);
    onward(reading, end);
    return true;
  }
  const found = quotedRow(text, at, options.separator, last);
  if (found === 'more' && text.length - at <= (options.rowMax ?? ROW_MAX)) return false;
  if (found !== 'more' && found !== 'open') {
    tell(reading, options, found.cells, text.slice(at, found.next));
    reading.at = found.next;
    reading.line += found.lines;
    return true;
  }
  // A mark that never closes would swallow the rest of the file: its line alone is left out.
  options.onFault({ is: 'open-quote', line });
  if (end === null) reading.skipping = true;
  else onward(reading, end);
  return true;
}

function tooLong(reading: Reading, { onFault, rowMax = ROW_MAX }: CsvOptions): void {
  if (reading.text.length - reading.at <= rowMax) return;
  onFault({ is: 'too-long', line: reading.line, max: rowMax });
  reading.skipping = true;
  reading.at = reading.text.length;
}

function tell(
  reading: Reading,
  { onRow, onFault, encoding }: CsvOptions,
  cells: readonly string[],
  raw: string,
): void {
  const { line } = reading;
  if (cells.length === 1 && cells[0] === '') return;
  if (raw.includes('\uFFFD')) return onFault({ is: 'bytes', line, encoding });
  reading.width ??= cells.length;
  if (cells.length === reading.width) onRow(cells, line);
  else onFault({ is: 'ragged', line, wanted: reading.width, got: cells.length });
}

/** A line end: where it stands, and where the next line begins. */
type LineEnd = Readonly<{ at: number; next: number }>;

/** LF, CR LF and CR alone, each looked for once from left to right. A CR at the end of a piece may be half of a CR LF. */
function lineEnds(text: string): Readonly<{ from: (at: number, last: boolean) => LineEnd | null }> {
  let [lf, cr] = [text.indexOf('\n'), text.indexOf('\r')];
  return {
    from(at, last) {
      if (lf !== -1 && lf < at) lf = text.indexOf('\n', at);
      if (cr !== -1 && cr < at) cr = text.indexOf('\r', at);
      if (cr === -1 || (lf !== -1 && lf < cr)) return lf === -1 ? null : { at: lf, next: lf + 1 };
      if (cr === text.length - 1 && !last) return null;
      return { at: cr, next: cr + 1 === lf ? lf + 1 : cr + 1 };
    },
  };
}

const [LF, CR, MARK] = [10, 13, 34];

/** A line in which marks stand around whole cells and nowhere else, as most programs write it; null for any other. */
function simplyQuoted(
  raw: string,
  separator: Separator,
): Readonly<{ cells: readonly string[]; raw: string }> | null {
  const cells = raw.split(separator);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    if (cell.charCodeAt(0) !== MARK) continue;
    const close = cell.indexOf('"', 1);
    if (close === -1 || close !== cell.length - 1) return null;
    cells[i] = cell.slice(1, -1);
  }
  return { cells, raw };
}

type Quoted = Readonly<{ cells: readonly string[]; next: number; lines: number }>;

/** A row with quotation marks in it: `more` while its end has not come, `open` where it never will. */
function quotedRow(text: string, start: number, separator: string, last: boolean): Quoted | 'more' | 'open' {
  const cells: string[] = [];
  const between = separator.charCodeAt(0);
  let [at, lines] = [start, 1];
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      const closed = quotedCell(text, at, last);
      if (closed === null) return last ? 'open' : 'more';
      cell = closed.cell;
      lines += closed.lines;
      at = closed.next;
    }
    let stop = at;
    for (; stop < text.length; stop += 1) {
      const code = text.charCodeAt(stop);
      if (code === between || code === LF || code === CR) break;
    }
    // What stands after a closing mark belongs to the cell: better than to lose it.
    cells.push(cell + text.slice(at, stop));
    if (stop >= text.length) return last ? { cells, next: stop, lines } : 'more';
    if (text[stop] === separator) {
      at = stop + 1;
      continue;
    }
    if (text[stop] === '\r' && stop === text.length - 1 && !last) return 'more';
    return { cells, next: text[stop] === '\r' && text[stop + 1] === '\n' ? stop + 2 : stop + 1, lines };
  }
}

/** A cell from its opening mark on; null while its closing one has not come. */
function quotedCell(
  text: string,
  open: number,
  last: boolean,
): Readonly<{ cell: string; next: number; lines: number }> | null {
  let from = open + 1;
  let cell = '';
  for (;;) {
    const close = text.indexOf('"', from);
    if (close === -1 || (close === text.length - 1 && !last)) return null;
    cell += text.slice(from, close);
    if (text[close + 1] !== '"') return { cell, next: close + 1, lines: linesIn(cell) };
    cell += '"';
    from = close + 2;
  }
}

const linesIn = (text: string): number =>
  text.includes('\n') || text.includes('\r') ? text.split(/\r\n|\n|\r/).length - 1 : 0;

/** How a file seems to be written, from its first bytes: a mark at the beginning, else UTF-8 where it is that, else Windows-1252. */
export function sniffCsv(head: Uint8Array): Readonly<{ encoding: Encoding; separator: Separator }> {
  const encoding = encodingOf(head);
  return { encoding, separator: separatorOf(new TextDecoder(encoding).decode(head)) };
}

function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Plain letters in UTF-16 have a zero in every other byte; other text has none at all.
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  if ((zeros[0] ?? 0) + (zeros[1] ?? 0) > head.length / 4)
    return (zeros[0] ?? 0) > (zeros[1] ?? 0) ? 'utf-16be' : 'utf-16le';
  // The last character may be cut: what is left of it is none of its business.
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  const wrong = text.split('\uFFFD').length - 1;
  // Some rows of another encoding do not make the whole file one: those are said to be wrong, one by one.
  return wrong === 0 || /[\u0080-\uFFFC]/.test(text) ? 'utf-8' : 'windows-1252';
}

/** The one of the three that stands most often in the first line, outside of quotation marks. */
function separatorOf(text: string): Separator {
  const counts: Record<Separator, number> = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && (char === ',' || char === ';' || char === '\t')) counts[char] += 1;
  }
  const order: readonly Separator[] = [',', ';', '\t'];
  return order.reduce((best, one) => (counts[one] > counts[best] ? one : best), ',');
}
