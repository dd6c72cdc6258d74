import { Buffer } from 'node:buffer';
import { assert } from '../../base/assert.ts';

/**
 * What is known of one file of our typesetter: where each object lies, and which numbers the objects have that a file has once. It
 * writes a plain table of objects, numbered from one without a gap, and compresses nothing but streams.
 */
export type Part = Readonly<{
  file: Buffer;
  /** By number; the end of the last object is where the table begins. */
  places: readonly number[];
  ends: readonly number[];
  catalog: number;
  info: number;
  metadata: number;
  pages: number;
  pageKids: readonly number[];
  structure: number;
  roles: string;
  document: number;
  documentKids: readonly number[];
  /** Which list of elements each page looks into, by its key. */
  parents: readonly (readonly [key: number, list: number])[];
  /** Heads of tables by the names that cells know them by. */
  heads: readonly (readonly [literal: string, element: number])[];
  keys: number;
  /** The list of what colours mean, its only entry and its profile. */
  colours: readonly number[];
  id: string;
}>;

/** Bytes of one line of the table. */
const ROW = 20;

export function partOf(bytes: Uint8Array): Part {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = Number(found(/startxref\s+(\d+)\s+%%EOF\s*$/, file.subarray(-40).toString('latin1')));
  const tail = file.subarray(table).toString('latin1');
  const size = Number(found(/^xref\s+0 (\d+)\s/, tail));
  const rows = tail.indexOf('\n', tail.indexOf('\n') + 1) + 1;
  const places = Array.from({ length: size }, (_, i) =>
    i === 0 ? 0 : Number(tail.slice(rows + ROW * i, rows + ROW * i + 10)),
  );
  const about = { file, places, ends: endsOf(places, table) };
  const catalog = Number(found(/\/Root (\d+) 0 R/, tail));
  const top = headOf(about, catalog);
  assert(!/\/(?:Outlines|Names|PageLabels|AcroForm) /.test(top), 'nothing else has to be joined');
  const [pages, structure, intents] = ['Pages', 'StructTreeRoot', 'OutputIntents'].map((key) =>
    reference(key, top),
  ) as [number, number, number];
  const intent = Number(found(/^\s*\[(\d+) 0 R\]/, headOf(about, intents)));
  const tree = headOf(about, structure);
  const document = Number(found(/\/K \[(\d+) 0 R\]/, tree));
  return {
    ...about,
    catalog,
    info: reference('Info', tail),
    metadata: reference('Metadata', top),
    pages,
    pageKids: references(found(/\/Kids \[([^\]]*)\]/, headOf(about, pages))),
    structure,
    roles: found(/(\/RoleMap <<[^>]*>>)/, tree),
    document,
    documentKids: references(found(/\/K \[([^\]]*)\]/, headOf(about, document))),
    parents: pairs(found(/\/Nums \[([^\]]*)\]/, tree)),
    heads: names(/\/IDTree <<\s*\/Names \[([^\]]*)\]/.exec(tree)?.[1] ?? ''),
    keys: Number(found(/\/ParentTreeNextKey (\d+)/, tree)),
    colours: [intents, intent, reference('DestOutputProfile', headOf(about, intent))],
    id: found(/\/ID \[\(([^()]*)\)/, tail),
  };
}

function endsOf(places: readonly number[], table: number): readonly number[] {
  const sorted = [...places.slice(1), table].toSorted((a, b) => a - b);
  const next = new Map(sorted.map((at, i) => [at, sorted[i + 1] ?? table]));
  return places.map((at) => next.get(at) ?? table);
}

type Placed = Pick<Part, 'file' | 'places' | 'ends'>;
const STREAM = '>>\nstream\n';

/** An object without its first and last line: what is written in words, and the stream behind it where it has one. */
export function objectOf(
  { file, places, ends }: Placed,
  number: number,
): Readonly<{ head: string; stream: Buffer | null }> {
  const whole = file.subarray(places[number], ends[number]);
  const begins = whole.indexOf('\n') + 1;
  const closes = whole.lastIndexOf('endobj');
  assert(whole.subarray(0, begins).toString('latin1') === `${number} 0 obj\n` && closes > 0, 'an object');
  const stream = whole.indexOf(STREAM);
  const cut = stream < 0 ? closes : stream + 3;
  return {
    head: whole.subarray(begins, cut).toString('latin1'),
    stream: stream < 0 ? null : whole.subarray(cut, closes),
  };
}

const headOf = (part: Placed, number: number): string => objectOf(part, number).head;

function found(pattern: RegExp, text: string): string {
  const value = pattern.exec(text)?.[1];
  assert(value !== undefined, `${pattern.source} stands in the file`);
  return value;
}

const reference = (key: string, text: string): number =>
  Number(found(new RegExp(`/${key} (\\d+) 0 R`), text));

const references = (list: string): readonly number[] =>
  Array.from(list.matchAll(/(\d+) 0 R/g), ([, number]) => Number(number));

const pairs = (list: string): readonly (readonly [number, number])[] =>
  Array.from(list.matchAll(/(\d+) (\d+) 0 R/g), ([, key, number]) => [Number(key), Number(number)] as const);

const names = (list: string): readonly (readonly [string, number])[] =>
  Array.from(list.matchAll(/(\([^()]*\)) (\d+) 0 R/g), ([, name = '', n]) => [name, Number(n)] as const);

/** The words of an object with other numbers in its references and other names in its strings; strings hold no reference. */
export function changed(
  head: string,
  numberOf: (old: number) => number,
  literal: (text: string) => string,
): string {
  let out = '';
  for (let at = 0; at < head.length;) {
    const opens = head.indexOf('(', at);
    const end = opens < 0 ? head.length : opens;
    out += head.slice(at, end).replaceAll(/(\d+) 0 R/g, (_, old: string) => `${numberOf(Number(old))} 0 R`);
    if (opens < 0) break;
    at = closing(head, opens);
    out += literal(head.slice(opens, at));
  }
  return out;
}

/** Behind the bracket that closes a string; brackets inside it are in pairs or escaped. */
function closing(head: string, opens: number): number {
  let depth = 0;
  for (let at = opens; at < head.length; at += 1) {
    const char = head[at];
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')' && (depth -= 1) === 0) return at + 1;
  }
  return head.length;
}
