import { Buffer } from 'node:buffer';
import { cellText, type Cells } from '../../base/csv/cells.ts';
import { ODD } from '../../base/csv/kind.ts';
import { grouped } from '../../base/grouped.ts';
import { isMailAddress, isUsualAddress, MAIL_MAX } from '../../base/mail-address.ts';
import type { RecipientVariable } from '../../model/letter.ts';
import { emptyField, fieldText, fillCell, isEmpty, longerThan, type Field } from './field.ts';
import { greeting } from './greeting.ts';
import { keysOf } from './key.ts';

/** One reader of a letter, from one row of the list. */
export type Reader = Readonly<{
  /** The line of the file on which the row begins. */
  line: number;
  id: string;
  /** What this letter to this reader is called everywhere: the same person and the same words give the same, 32 hex digits. */
  key: string;
  address: string;
  name: string;
  language: string;
  /** By the order of the letter's variables. */
  values: readonly (string | null)[];
}>;

/** The same while its row is being read: the one of a merge, filled anew for each row. */
export type Passing = Pick<Reader, 'line' | 'key' | 'language'> &
  Readonly<Record<'id' | 'address' | 'name', Field> & { values: readonly Field[] }>;

/** A reader to keep. */
export const readerOf = ({ line, key, language, id, address, name, values }: Passing): Reader => ({
  line,
  id: fieldText(id) || `line-${line}`,
  key,
  address: fieldText(address),
  name: fieldText(name),
  language,
  values: values.map((value) => (isEmpty(value) ? null : fieldText(value))),
});

export type Rejected = Readonly<{ line: number; why: string }>;

/** What a list must have, and how its columns lie. */
export type Columns = Readonly<{
  at: Readonly<Record<'id' | 'address' | 'name' | 'language', number | null>>;
  variables: readonly Readonly<{ variable: RecipientVariable; at: number | null }>[];
  /** All that a letter is written from: none of it has more than one line. */
  used: readonly number[];
}>;

/** Columns that every list knows. */
const KNOWN = ['id', 'address', 'name', 'language'] as const;
/** Supplied by the tool where the list has no such column. */
const SUPPLIED = new Set(['salutation']);

/** What is wrong with the header of a list, in sentences; the columns where nothing is. */
export function columnsOf(
  header: readonly string[],
  variables: readonly RecipientVariable[],
): Columns | readonly string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const twice = names.filter((name, i) => name !== '' && names.indexOf(name) !== i);
  const find = (name: string): number | null => (names.includes(name) ? names.indexOf(name) : null);
  const missing = [
    'address',
    ...variables.filter(({ id, required }) => required && !SUPPLIED.has(id)).map(({ id }) => id),
  ].filter((name) => find(name) === null);
  if (missing.length > 0 || twice.length > 0)
    return [
      ...(missing.length === 0
        ? []
        : [
            `there is no column ${[...new Set(missing)].join(', ')}; line 1 names ${shortly(header) || 'none'}`,
          ]),
      ...[...new Set(twice)].map((name) => `two columns are called ${name}`),
    ];
  const named = [...new Set([...KNOWN, ...variables.map(({ id }) => id)])];
  return {
    at: Object.fromEntries(KNOWN.map((name) => [name, find(name)])) as Columns['at'],
    variables: variables.map((variable) => ({ variable, at: find(variable.id) })),
    used: named.map(find).filter((at) => at !== null),
  };
}

const SHOWN = 12;
const shortly = (header: readonly string[]): string =>
  header
    .slice(0, SHOWN)
    .map((name) => name.slice(0, 40))
    .join(', ') + (header.length > SHOWN ? ` and ${header.length - SHOWN} more` : '');

export type Wanted = Readonly<{
  /** How an address is read: a letter on paper goes to any. */
  mail: boolean;
  languages: ReadonlySet<string>;
  /** Of a row that names none. */
  language: string;
  /** What the letters of this merge have in common, for their keys. */
  salt: string;
  /** How somebody is addressed in a language, by name or without one. */
  salutation: (language: string, name: string) => string;
}>;

/** What one line of a letter may hold of one person. */
const VALUE_MAX = 1000;

const LINE_ENDS = /[\n\r]/;

/** Reads rows, one after the other. */
export interface RowsRead {
  /** Fills `reader` from a row; else why the row gets no letter, in one sentence that names the column. */
  read(cells: Cells, line: number): string | null;
  readonly reader: Passing;
}

export function rowsRead(columns: Columns, wanted: Wanted): RowsRead {
  const keyOf = keysOf(wanted.salt);
  const reader = {
    line: 0,
    key: '',
    language: wanted.language,
    id: emptyField(),
    address: emptyField(),
    name: emptyField(),
    values: columns.variables.map(emptyField),
  };
  const language = emptyField();
  const spoken = languagesOf(wanted);
  const greet = greeting(wanted.salutation);
  const { at, variables, used } = columns;
  return {
    reader,
    read(cells, line) {
      const between = linesBetween(cells, line, used);
      if (between !== null) return between;
      fillCell(reader.address, cells, at.address);
      const wrong = wrongAddress(reader.address, wanted);
      if (wrong !== null) return wrong;
      fillCell(language, cells, at.language);
      const known = isEmpty(language) ? wanted.language : spoken(language);
      if (!wanted.languages.has(known)) return noLanguage(known, wanted);
      fillCell(reader.name, cells, at.name);
      const missing = fillValues(cells, variables, reader.values, (value) =>
        greet(value, known, reader.name),
      );
      if (missing !== null) return missing;
      const long = longerThan(reader.name, VALUE_MAX);
      if (long !== null) return tooLong('name', long);
      fillCell(reader.id, cells, at.id);
      reader.line = line;
      reader.language = known;
      reader.key = keyOf(reader.address);
      return null;
    },
  };
}

/** What one line of a letter may hold has one line. */
function linesBetween(cells: Cells, line: number, used: readonly number[]): string | null {
  if (cells.breaks === 0) return null;
  const spans = used.some(
    (at) => ((cells.kinds[at] ?? 0) & ODD) !== 0 && LINE_ENDS.test(cellText(cells, at)),
  );
  return spans
    ? `a quotation mark that opens here closes in line ${line + cells.breaks}: the lines between are in it, and get no letter either`
    : null;
}

function wrongAddress(field: Field, { mail }: Wanted): string | null {
  if (isEmpty(field)) return 'address is empty';
  if (!mail) return null;
  if (field.own === null && isUsualAddress(field.bytes, field.from, field.to)) return null;
  const address = fieldText(field);
  if (address.length > MAIL_MAX)
    return `address has ${grouped(address.length)} characters; ${MAIL_MAX} is the most there can be`;
  return isMailAddress(address) ? null : 'address is no e-mail address';
}

/** Which language a cell names. Most rows name the one of the row above. */
function languagesOf(wanted: Wanted): (cell: Field) => string {
  let [bytes, known] = [Buffer.alloc(0), ''];
  return (cell) => {
    if (cell.own === null && cell.bytes.compare(bytes, 0, bytes.length, cell.from, cell.to) === 0)
      return known;
    const text = fieldText(cell);
    known = knownLanguage(text, wanted);
    bytes = Buffer.from(text, 'utf8');
    return known;
  };
}

/** The language itself, or the one that it is a kind of: `de` of `de-AT`. */
function knownLanguage(text: string, { languages }: Wanted): string {
  const language = text.toLowerCase();
  if (languages.has(language)) return language;
  const [first = ''] = language.split(/[-_]/);
  return languages.has(first) ? first : language;
}

const noLanguage = (language: string, { languages }: Wanted): string =>
  `there is no letter in ${JSON.stringify(language.slice(0, 20))} that may go; there is ${[...languages].join(', ')}`;

const tooLong = (what: string, length: number): string =>
  `${what} has ${grouped(length)} characters; ${grouped(VALUE_MAX)} is the most`;

function fillValues(
  cells: Cells,
  variables: Columns['variables'],
  values: readonly Field[],
  greet: (value: Field) => void,
): string | null {
  for (let i = 0; i < variables.length; i++) {
    const [one, value] = [variables[i], values[i]];
    if (one === undefined || value === undefined) continue;
    fillCell(value, cells, one.at);
    const { id, required } = one.variable;
    if (isEmpty(value)) {
      if (id === 'salutation') greet(value);
      if (required && isEmpty(value)) return `${id} is empty, and this letter needs it`;
    }
    const long = longerThan(value, VALUE_MAX);
    if (long !== null) return tooLong(id, long);
  }
  return null;
}
