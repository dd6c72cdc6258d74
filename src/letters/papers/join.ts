import { Buffer } from 'node:buffer';
import { assert } from '../../base/assert.ts';
import { sha256 } from '../../base/hash.ts';
import { changed, objectOf, partOf, type Part } from './part.ts';

/**
 * One file of several that the typesetter wrote from the same source: pages and structure one after the other, and of what a file has
 * once (catalogue, description, colours) the first one's. A long table is set in parts, because set whole it takes memory by the row.
 */
export function joined(files: readonly Uint8Array[]): Uint8Array {
  const parts = files.map(partOf);
  const [first] = parts;
  assert(first !== undefined, 'there is something to join');
  if (parts.length === 1) return first.file;
  assert(
    parts.every(({ roles }) => roles === first.roles),
    'the same source writes the same roles',
  );
  const numbers = numbersOf(parts, first);
  const id = Buffer.from(sha256(Buffer.concat(files.map((file) => sha256(file)))).subarray(0, 16)).toString(
    'base64',
  );
  return filed(
    objectsOf({ parts, first, numbers, id }),
    numberOf(numbers, 0, first.catalog) + 1,
    `/Root ${numberOf(numbers, 0, first.catalog)} 0 R\n  /Info ${numberOf(numbers, 0, first.info)} 0 R\n  /ID [(${id}) (${id})]`,
    // References grow by some digits.
    Math.ceil(files.reduce((sum, { length }) => sum + length, 0) * 1.1),
  );
}

/** By part and by the number that an object had there, the number that it has now. */
type Numbers = readonly Uint32Array[];
type Joining = Readonly<{ parts: readonly Part[]; first: Part; numbers: Numbers; id: string }>;

const numberOf = (numbers: Numbers, part: number, old: number): number => {
  const found = numbers[part]?.[old] ?? 0;
  assert(found > 0, `object ${old} of part ${part} has its place`);
  return found;
};

const onceOf = (part: Part): readonly number[] => [
  part.pages,
  part.structure,
  part.document,
  part.info,
  ...part.colours,
  part.metadata,
  part.catalog,
];

/** The description and the catalogue are the last two, as the typesetter has them too. */
function numbersOf(parts: readonly Part[], first: Part): Numbers {
  let next = 1;
  const made = parts.map((part, i) => {
    const own = new Uint32Array(part.places.length);
    const elsewhere = new Set(i === 0 ? [part.metadata, part.catalog] : onceOf(part));
    for (let old = 1; old < own.length; old += 1) if (!elsewhere.has(old)) own[old] = next++;
    return own;
  });
  const [own] = made;
  if (own === undefined) return made;
  own[first.metadata] = next;
  own[first.catalog] = next + 1;
  for (const [i, part] of parts.entries())
    for (const [at, old] of onceOf(part).entries()) {
      const mine = made[i];
      if (i > 0 && mine !== undefined) mine[old] = own[onceOf(first)[at] ?? 0] ?? 0;
    }
  return made;
}

/** Words are as in the file: a character a byte. */
type Numbered = Readonly<{ number: number; head: string; stream: Buffer | null }>;
const NOTHING = Buffer.alloc(0);

function* objectsOf(joining: Joining): Generator<Numbered> {
  const { parts, first, numbers } = joining;
  const late = [first.metadata, first.catalog];
  for (const [i, part] of parts.entries()) {
    const left = new Set(i === 0 ? late : onceOf(part));
    for (let old = 1; old < part.places.length; old += 1)
      if (!left.has(old)) yield { number: numberOf(numbers, i, old), ...bodyOf(joining, i, part, old) };
  }
  for (const old of late) yield { number: numberOf(numbers, 0, old), ...bodyOf(joining, 0, first, old) };
}

type Body = Omit<Numbered, 'number'>;

function bodyOf(joining: Joining, i: number, part: Part, old: number): Body {
  const { first, numbers } = joining;
  const { head, stream } = objectOf(part, old);
  const own = changed(
    head,
    (one) => numberOf(numbers, i, one),
    (text) => named(text, i),
  );
  if (part === first && old === first.pages) return { head: withPages(own, joining), stream };
  if (part === first && old === first.structure) return { head: structure(joining), stream };
  if (part === first && old === first.document) return { head: withKids(own, joining), stream };
  if (part === first && old === first.metadata) return described(own, stream ?? NOTHING, joining);
  return { head: part.pageKids.includes(old) ? pageIn(own, keysBefore(joining, i)) : own, stream };
}

/** Each part counts its tables from one, and a cell names its heads. */
const HEAD = /^\(U(\d+)(x\d+y\d+)\)$/;
const named = (literal: string, part: number): string =>
  literal.replace(HEAD, (_, table: string, place: string) => `(P${part}U${table}${place})`);

const keysBefore = ({ parts }: Joining, i: number): number =>
  parts.slice(0, i).reduce((sum, { keys }) => sum + keys, 0);

const pageIn = (page: string, keys: number): string =>
  page.replace(/\/StructParents (\d+)/, (_, key: string) => `/StructParents ${Number(key) + keys}`);

const listOf = ({ parts, numbers }: Joining, of: (part: Part) => readonly number[]): readonly string[] =>
  parts.flatMap((part, i) => of(part).map((old) => `${numberOf(numbers, i, old)} 0 R`));

function withPages(pages: string, joining: Joining): string {
  const kids = listOf(joining, ({ pageKids }) => pageKids);
  return pages
    .replace(/\/Count \d+/, `/Count ${kids.length}`)
    .replace(/\/Kids \[[^\]]*\]/, `/Kids [${kids.join(' ')}]`);
}

const withKids = (document: string, joining: Joining): string =>
  document.replace(/\/K \[[^\]]*\]/, `/K [${listOf(joining, ({ documentKids }) => documentKids).join(' ')}]`);

function structure(joining: Joining): string {
  const { parts, first, numbers } = joining;
  const lists = parts.flatMap(({ parents }, i) =>
    parents.map(([key, old]) => `${key + keysBefore(joining, i)} ${numberOf(numbers, i, old)} 0 R`),
  );
  const heads = parts
    .flatMap((part, i) =>
      part.heads.map(([name, old]) => [named(name, i), numberOf(numbers, i, old)] as const),
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, number]) => `${name} ${number} 0 R`);
  return [
    '<<',
    '  /Type /StructTreeRoot',
    `  ${first.roles}`,
    `  /K [${numberOf(numbers, 0, first.document)} 0 R]`,
    `  /ParentTree <<\n    /Nums [${lists.join(' ')}]\n  >>`,
    ...(heads.length === 0 ? [] : [`  /IDTree <<\n    /Names [${heads.join(' ')}]\n  >>`]),
    `  /ParentTreeNextKey ${keysBefore(joining, parts.length)}`,
    '>>\n',
  ].join('\n');
}

/** The description says which file it is and how many pages there are. */
function described(head: string, stream: Buffer, joining: Joining): Body {
  const { first, id } = joining;
  const before = stream.toString('utf8');
  const pages = listOf(joining, ({ pageKids }) => pageKids).length;
  const after = before.replaceAll(first.id, id).replace(/<xmpTPg:NPages>\d+</, `<xmpTPg:NPages>${pages}<`);
  const added = Buffer.byteLength(after) - stream.length;
  return {
    head: head.replace(/\/Length (\d+)/, (_, old: string) => `/Length ${Number(old) + added}`),
    stream: Buffer.from(after, 'utf8'),
  };
}

/** Bytes of the file that are written one after the other into one place: a small buffer each would take more than their bytes. */
class Output {
  #bytes: Buffer;
  #at = 0;
  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafe(expected);
  }
  get at(): number {
    return this.#at;
  }
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const more = Buffer.allocUnsafe((this.#at + length) * 2);
    this.#bytes.copy(more, 0, 0, this.#at);
    this.#bytes = more;
  }
  text(text: string): void {
    this.#room(text.length);
    this.#at += this.#bytes.write(text, this.#at, 'latin1');
  }
  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}

function filed(objects: Iterable<Numbered>, size: number, trailer: string, expected: number): Uint8Array {
  const out = new Output(expected);
  const places = new Float64Array(size);
  out.text('%PDF-1.7\n%\u0080\u0080\u0080\u0080\n\n');
  for (const { number, head, stream } of objects) {
    places[number] = out.at;
    out.text(`${number} 0 obj\n`);
    out.text(head);
    if (stream !== null) out.bytes(stream);
    out.text('endobj\n\n');
  }
  const table = out.at;
  out.text(`xref\n0 ${size}\n0000000000 65535 f\r\n`);
  for (let number = 1; number < size; number += 1)
    out.text(`${String(places[number]).padStart(10, '0')} 00000 n\r\n`);
  out.text(`trailer\n<<\n  /Size ${size}\n  ${trailer}\n>>\nstartxref\n${table}\n%%EOF`);
  return out.written;
}
