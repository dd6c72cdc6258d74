/** Just enough of the font file format (OpenType 1.9) to read which characters a font has and to give it a name of its own. */

type Table = Readonly<{ tag: string; bytes: Buffer }>;

export function tablesOf(font: Buffer): readonly Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
    const row = 12 + 16 * i;
    const at = font.readUInt32BE(row + 8);
    const length = font.readUInt32BE(row + 12);
    return { tag: font.toString('latin1', row, row + 4), bytes: font.subarray(at, at + length) };
  });
}

const sumOf = (bytes: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
};

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

/** A font file of these tables; the same tables give the same bytes. */
export function fontOf(tables: readonly Table[]): Buffer {
  const sorted = tables.toSorted((a, b) => (a.tag < b.tag ? -1 : 1)).map(unsummed);
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(sorted.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((sorted.length - power) * 16, 10);
  let at = head.length;
  for (const [i, { tag, bytes }] of sorted.entries()) {
    const row = 12 + 16 * i;
    head.write(tag, row, 'latin1');
    head.writeUInt32BE(sumOf(padded(bytes)), row + 4);
    head.writeUInt32BE(at, row + 8);
    head.writeUInt32BE(bytes.length, row + 12);
    at += padded(bytes).length;
  }
  const font = Buffer.concat([head, ...sorted.map(({ bytes }) => padded(bytes))]);
  const place = 12 + 16 * sorted.findIndex(({ tag }) => tag === 'head');
  font.writeUInt32BE((0xb1b0afba - sumOf(font)) >>> 0, font.readUInt32BE(place + 8) + 8);
  return font;
}

/** The sum over the whole file stands in `head` and is made over a zero in its own place. */
const unsummed = ({ tag, bytes }: Table): Table => {
  if (tag !== 'head') return { tag, bytes };
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(0, 8);
  return { tag, bytes: copy };
};

/** The names that a program, or a person, knows a font by: numbers are those of the `name` table. */
export function nameTable(names: ReadonlyMap<number, string>): Table {
  const texts = [...names].toSorted(([a], [b]) => a - b).map(([id, text]) => ({ id, text: utf16(text) }));
  const head = Buffer.alloc(6 + 12 * texts.length);
  head.writeUInt16BE(texts.length, 2);
  head.writeUInt16BE(head.length, 4);
  let at = 0;
  for (const [i, { id, text }] of texts.entries()) {
    // Windows, Unicode, English of the United States.
    for (const [j, value] of [3, 1, 0x409, id, text.length, at].entries())
      head.writeUInt16BE(value, 6 + 12 * i + 2 * j);
    at += text.length;
  }
  return { tag: 'name', bytes: Buffer.concat([head, ...texts.map(({ text }) => text)]) };
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** A name out of the `name` table of a font; empty when it has none. */
export function nameOf(font: Buffer, wanted: number): string {
  const table = tablesOf(font).find(({ tag }) => tag === 'name')?.bytes;
  if (table === undefined) return '';
  for (let i = 0; i < table.readUInt16BE(2); i += 1) {
    const row = 6 + 12 * i;
    if (table.readUInt16BE(row) !== 3 || table.readUInt16BE(row + 6) !== wanted) continue;
    const at = table.readUInt16BE(4) + table.readUInt16BE(row + 10);
    return Buffer.from(table.subarray(at, at + table.readUInt16BE(row + 8)))
      .swap16()
      .toString('utf16le');
  }
  return '';
}

/** Code points that the font has a glyph for, ascending. */
export function charactersOf(font: Buffer): readonly number[] {
  const cmap = tablesOf(font).find(({ tag }) => tag === 'cmap')?.bytes;
  if (cmap === undefined) return [];
  const found = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + 8 * i + 4));
    const format = table.readUInt16BE(0);
    for (const point of format === 4 ? segments(table) : format === 12 ? groups(table) : []) found.add(point);
  }
  return [...found].toSorted((a, b) => a - b);
}

function* segments(table: Buffer): Iterable<number> {
  const size = table.readUInt16BE(6);
  for (let at = 0; at < size; at += 2) {
    const end = table.readUInt16BE(14 + at);
    const start = table.readUInt16BE(16 + size + at);
    const delta = table.readUInt16BE(16 + 2 * size + at);
    const place = 16 + 3 * size + at;
    const offset = table.readUInt16BE(place);
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const raw = offset === 0 ? point : table.readUInt16BE(place + offset + 2 * (point - start));
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) yield point;
    }
  }
}

function* groups(table: Buffer): Iterable<number> {
  for (let i = 0; i < table.readUInt32BE(12); i += 1) {
    const row = 16 + 12 * i;
    for (let point = table.readUInt32BE(row); point <= table.readUInt32BE(row + 4); point += 1) yield point;
  }
}
