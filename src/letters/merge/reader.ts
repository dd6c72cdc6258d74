import { grouped } from '../../base/grouped.ts';
import { sha256Hex } from '../../base/hash.ts';
import { isMailAddress, MAIL_MAX } from '../../base/mail-address.ts';
import type { RecipientVariable } from '../../model/letter.ts';
import { kindOf, OTHER, type Kind } from './kind.ts';
import { inOneLine } from './shapes.ts';

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
  /** What each of them is made of. */
  kinds: readonly Kind[];
}>;

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

const LINE_ENDS = /\r\n|\n|\r/;

/** A row as a reader, or why it gets no letter: one sentence that names the column. */
export function readerOf(
  cells: readonly string[],
  line: number,
  columns: Columns,
  wanted: Wanted,
): Reader | Rejected {
  // Nearly every cell is one that nothing has to be done to: it is looked at once.
  const kindAt = kindsOf(cells, columns.used);
  const cell = (at: number | null): string => {
    const text = at === null ? '' : (cells[at] ?? '');
    return at === null || kindAt[at] !== OTHER ? text : inOneLine(text);
  };
  if (columns.used.some((at) => kindAt[at] === OTHER && LINE_ENDS.test(cells[at] ?? ''))) {
    const lines = cells.join('').split(LINE_ENDS).length - 1;
    return {
      line,
      why: `a quotation mark that opens here closes in line ${line + lines}: the lines between are in it, and get no letter either`,
    };
  }
  const no = (why: string): Rejected => ({ line, why });
  const address = cell(columns.at.address);
  if (address === '') return no('address is empty');
  if (wanted.mail && address.length > MAIL_MAX)
    return no(`address has ${grouped(address.length)} characters; ${MAIL_MAX} is the most there can be`);
  if (wanted.mail && !isMailAddress(address)) return no('address is no e-mail address');
  const language = cell(columns.at.language).toLowerCase() || wanted.language;
  const known = wanted.languages.has(language) ? language : (language.split(/[-_]/)[0] ?? '');
  if (!wanted.languages.has(known))
    return no(
      `there is no letter in ${JSON.stringify(language.slice(0, 20))} that may go; there is ${[...wanted.languages].join(', ')}`,
    );
  const name = cell(columns.at.name);
  const values: (string | null)[] = [];
  const kinds: Kind[] = [];
  for (const { variable, at } of columns.variables) {
    const given = cell(at);
    const value = given === '' && variable.id === 'salutation' ? wanted.salutation(known, name) : given;
    if (value === '' && variable.required) return no(`${variable.id} is empty, and this letter needs it`);
    if (value.length > VALUE_MAX)
      return no(`${variable.id} has ${grouped(value.length)} characters; ${grouped(VALUE_MAX)} is the most`);
    values.push(value === '' ? null : value);
    kinds.push(at === null || value !== cells[at] ? kindOf(value) : (kindAt[at] ?? OTHER));
  }
  if (name.length > VALUE_MAX)
    return no(`name has ${grouped(name.length)} characters; ${grouped(VALUE_MAX)} is the most`);
  const key = sha256Hex(`${wanted.salt}\n${address.toLowerCase()}`).slice(0, 32);
  return {
    line,
    id: cell(columns.at.id) || `line-${line}`,
    key,
    address,
    name,
    language: known,
    values,
    kinds,
  };
}

function kindsOf(cells: readonly string[], used: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(cells.length);
  for (const at of used) kinds[at] = kindOf(cells[at] ?? '');
  return kinds;
}
