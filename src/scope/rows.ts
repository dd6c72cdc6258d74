import { csvReader } from '../base/csv/csv.ts';
import { csvFaultWords } from '../base/csv/fault.ts';
import { sniffCsv } from '../base/csv/sniff.ts';
import type { Json } from '../base/canonical.ts';
import type { Mapping } from '../model/mapping.ts';

/** A row of an export: what stands under a name of the mapping; an empty text where nothing does. */
export type Row = Readonly<{ line: number; cell: (name: string) => string }>;
/** A row that cannot be read, in one sentence; the rows after it are. */
export type BadRow = Readonly<{ line: number; why: string }>;

export interface RowReader {
  push(bytes: Uint8Array): void;
  end(): void;
}

export type RowsHeard = Readonly<{
  onRow: (row: Row) => void;
  onBad: (bad: BadRow) => void;
  /** A sentence for each thing that makes the whole file unreadable with this mapping; nothing is read then. */
  onRefused: (why: readonly string[]) => void;
}>;

/** `head` is the beginning of the file: it says how the file is written. */
export const rowReader = (mapping: Mapping, head: Uint8Array, heard: RowsHeard): RowReader =>
  mapping.format === 'csv' ? csvRows(mapping, head, heard) : jsonRows(mapping, head, heard);

/** Names of a mapping, each with what it stands for. */
export function namesOf({ columns }: Mapping): readonly Readonly<{ what: string; name: string }>[] {
  const { ids = {}, ...others } = columns;
  return [
    ...Object.entries(others),
    ...Object.entries(ids).map(([vendor, name]) => [`ids.${vendor}`, name] as const),
  ].flatMap(([what, name]) => (name === undefined ? [] : [{ what, name }]));
}

function csvRows(mapping: Mapping, head: Uint8Array, { onRow, onBad, onRefused }: RowsHeard): RowReader {
  let at: ReadonlyMap<string, number> | null = null;
  let refused = false;
  const header = (cells: readonly string[]): void => {
    const names = cells.map((one) => one.trim());
    const lower = names.map((one) => one.toLowerCase());
    const find = (name: string): number => {
      const exact = names.indexOf(name);
      return exact === -1 ? lower.indexOf(name.toLowerCase()) : exact;
    };
    const missing = namesOf(mapping).filter(({ name }) => find(name) === -1);
    if (missing.length > 0) {
      refused = true;
      onRefused([
        ...missing.map(
          ({ what, name }) => `there is no column "${name}", which the mapping reads as ${what}`,
        ),
        `line 1 names ${
          names
            .slice(0, 20)
            .map((one) => one.slice(0, 40))
            .join(', ') || 'nothing'
        }`,
      ]);
    }
    at = new Map(namesOf(mapping).map(({ name }) => [name, find(name)]));
  };
  return csvReader({
    ...sniffCsv(head),
    onRow: (cells, line) => {
      if (refused) return;
      if (at === null) return header(cells);
      const columns = at;
      onRow({ line, cell: (name) => cells[columns.get(name) ?? -1] ?? '' });
    },
    onFault: (fault) => {
      if (!refused) onBad({ line: fault.line, why: csvFaultWords(fault) });
    },
  });
}

const LINE_MAX = 4 << 20;
const DEPTH_MAX = 64;

function jsonRows(mapping: Mapping, head: Uint8Array, heard: RowsHeard): RowReader {
  const decoder = new TextDecoder(sniffCsv(head).encoding);
  let [text, line, skipping] = ['', 0, false];
  const each = mapping.each?.split('.') ?? [];
  const take = (raw: string): void => {
    line += 1;
    if (skipping) return void (skipping = false);
    if (raw.trim() === '') return;
    readLine(raw, line, each, heard);
  };
  const feed = (more: string, last: boolean): void => {
    const lines = `${text}${more}`.split('\n');
    text = last ? '' : (lines.pop() ?? '');
    for (const one of lines) take(one);
    if (text.length > LINE_MAX) {
      if (!skipping) heard.onBad({ line: line + 1, why: `this line has more than ${LINE_MAX} characters` });
      [text, skipping] = ['', true];
    }
  };
  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true }), false),
    end: () => feed(decoder.decode(), true),
  };
}

function readLine(raw: string, line: number, each: readonly string[], { onRow, onBad }: RowsHeard): void {
  if (raw.includes('\uFFFD')) return onBad({ line, why: 'this line holds bytes that are no UTF-8' });
  let whole: Json;
  try {
    whole = LONG.test(raw) ? (JSON.parse(raw, asWritten) as Json) : (JSON.parse(raw) as Json);
  } catch {
    return onBad({ line, why: 'this line is no JSON' });
  }
  const found = placesOf(whole, each, 0);
  // Read as a row it would name nobody, and a whole export of one line would be one row.
  if (found.some((row) => Array.isArray(row)))
    return onBad({
      line,
      why: 'there is a list where a row is wanted: `each` of the mapping names its rows by *',
    });
  for (const row of found) {
    onRow({
      line,
      cell: (name) => (name.startsWith('/') ? textAt(whole, name.slice(1)) : textAt(row, name)),
    });
  }
}

/** A number of so many digits may be more than the language can hold. */
const LONG = /\d{16}/;

/** An id that is written as a number of 64 bits would be rounded, and several people with neighbouring ones would be one. */
const asWritten = (
  _key: string,
  value: unknown,
  { source = '' }: Readonly<{ source?: string }> = {},
): unknown =>
  typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value;

/** Where the path leads; `*` stands for every member of a list. */
function placesOf(value: Json, path: readonly string[], depth: number): readonly Json[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (value === null || typeof value !== 'object' || depth > DEPTH_MAX) return [];
  if (step !== '*') {
    const next = own(value, step);
    return next === undefined ? [] : placesOf(next, rest, depth + 1);
  }
  return Array.isArray(value) ? value.flatMap((one) => placesOf(one as Json, rest, depth + 1)) : [];
}

const own = (value: Json, name: string): Json | undefined =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Json>>)[name]
    : undefined;

function textAt(value: Json, path: string): string {
  let at: Json | undefined = value;
  for (const step of path.split('.')) at = at === undefined ? undefined : own(at, step);
  return typeof at === 'string' ? at : typeof at === 'number' || typeof at === 'boolean' ? String(at) : '';
}
