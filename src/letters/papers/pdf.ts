import { assert } from '../../base/assert.ts';
import { SetError, type Typesetter, type Typesetting } from '../../io/typeset.ts';
import type { Block, Runs, Table } from '../body.ts';
import type { PageLetter } from './document.ts';
import { PAGE } from './page.ts';
import { NAME_MAX, nameOf, piecesOf } from './words.ts';
import { isRightToLeft } from '../sinks.ts';
import { directionOf, settable } from './settable.ts';
import { universal } from './universal.ts';
import { stampWord, wordsOf } from '../locale.ts';

/** A file, and what could not be set in it: each character that stands in it as `\u{..}`, once. */
export type SetLetter = Readonly<{ bytes: Uint8Array; pages: number; missing: readonly string[] }>;

/** Where a letter stands in a file of many, by the pages of the file; or why it does not stand in it. */
export type Place =
  | Readonly<{ is: 'set'; first: number; last: number; missing: readonly string[] }>
  | Readonly<{ is: 'left-out'; why: string }>;

/** One file of many letters, each from a page one of its own. */
export type SetBatch = Readonly<{ bytes: Uint8Array; letters: readonly Place[] }>;

/** One letter as PDF/A-2a, and as PDF/UA-1 too where its headings allow that. @throws SetError */
export function pdfOf(typesetter: Typesetter, letter: PageLetter): SetLetter {
  const { bytes, ends, missing } = setAll(typesetter, [letter], letter.subject);
  return { bytes, pages: ends.at(-1) ?? 0, missing: missing[0] ?? [] };
}

/**
 * Many letters in one file, for a printer: faster than one by one. One that cannot be set is left out and says why, the others go on.
 * @throws SetError where none of them can be set
 */
export function pdfOfMany(typesetter: Typesetter, letters: readonly PageLetter[], title: string): SetBatch {
  try {
    const { bytes, ends, missing } = setAll(typesetter, letters, title);
    return { bytes, letters: ends.map((last, i) => placeOf(ends, i, last, missing[i] ?? [])) };
  } catch (error) {
    if (!(error instanceof SetError) || letters.length === 1) throw error;
    return withoutFaulty(typesetter, letters, title, error);
  }
}

const placeOf = (ends: readonly number[], i: number, last: number, missing: readonly string[]): Place => ({
  is: 'set',
  first: (ends[i - 1] ?? 0) + 1,
  last,
  missing,
});

function withoutFaulty(
  typesetter: Typesetter,
  letters: readonly PageLetter[],
  title: string,
  error: SetError,
): SetBatch {
  const faults = letters.map((letter) => faultOf(typesetter, letter));
  const sound = letters.filter((_, i) => faults[i] === null);
  if (sound.length === 0 || sound.length === letters.length) throw error;
  const { bytes, letters: places } = pdfOfMany(typesetter, sound, title);
  const left = places.values();
  return {
    bytes,
    letters: faults.map((why) => (why === null ? (left.next().value as Place) : { is: 'left-out', why })),
  };
}

function faultOf(typesetter: Typesetter, letter: PageLetter): string | null {
  try {
    pdfOf(typesetter, letter);
    return null;
  } catch (error) {
    if (error instanceof SetError) return error.message;
    throw error;
  }
}

function setAll(
  typesetter: Typesetter,
  letters: readonly PageLetter[],
  title: string,
): OnPages & Readonly<{ missing: readonly (readonly string[])[] }> {
  const [first] = letters;
  assert(first !== undefined, 'a file has at least one letter');
  const { job, missing } = jobOf(letters, first, title);
  const { bytes, ends } = onOnePage(typesetter, job, letters) ?? onPages(typesetter, job(false));
  return { bytes: named(bytes, letters), ends, missing };
}

type OnPages = Readonly<{ bytes: Uint8Array; ends: readonly number[] }>;

const onPages = (typesetter: Typesetter, job: Typesetting): OnPages => {
  const { bytes, answers } = typesetter.set(job);
  return { bytes, ends: answers.map(Number) };
};

/** Most letters have one page, and are set in two thirds of the time when they are said to. Null where one has more. */
function onOnePage(
  typesetter: Typesetter,
  job: (onePage: boolean) => Typesetting,
  letters: readonly PageLetter[],
): OnPages | null {
  if (letters.some(isLong)) return null;
  const { bytes, ends } = onPages(typesetter, job(true));
  // Each begins on a page of its own, so as many pages as letters are one for each.
  return ends[0] === letters.length ? { bytes, ends: letters.map((_, i) => i + 1) } : null;
}

/** More than a page has room for, with certainty; a wrong guess costs time and nothing else. */
const isLong = ({ body, watermark }: PageLetter): boolean =>
  body.reduce((lines, block) => lines + linesOf(block), watermark === null ? 0 : 3) > 46;

const CHARACTERS_A_LINE = 85;
const linesOf = (block: Block): number => {
  if (block.is === 'table') return block.rows.length * 2;
  const own = block.is === 'heading' ? [block.runs] : block.is === 'list' ? block.items : block.lines;
  const lines = own.reduce((sum, runs) => sum + Math.ceil(lengthOf(runs) / CHARACTERS_A_LINE), 0);
  return lines + (block.is === 'heading' ? 1 : 0.6);
};

const named = (bytes: Uint8Array, letters: readonly PageLetter[]): Uint8Array =>
  letters.every(isOrdered) ? universal(bytes) : bytes;

/** PDF/UA-1 wants a title, and headings that begin with the first level (ISO 14289-1, 7.1 and 7.4.2). */
const isOrdered = ({ subject, body }: PageLetter): boolean => {
  const first = body.map(settled).find((block) => block.is === 'heading');
  return subject.trim() !== '' && (first === undefined || first.level === 1);
};

export function jobOf(
  letters: readonly PageLetter[],
  { language, at }: Pick<PageLetter, 'language' | 'at'>,
  title: string,
): Readonly<{ job: (onePage: boolean) => Typesetting; missing: readonly (readonly string[])[] }> {
  const prepared = letters.map(prepare);
  const file = {
    title: nameOf(settable(title).text),
    lang: language,
    letters: prepared.map(({ data }) => data),
  };
  return {
    job: (onePage) => ({
      source: PAGE,
      data: { name: 'letters.json', json: JSON.stringify({ ...file, one_page: onePage }) },
      at,
      standard: 'a-2a',
      ask: 'last-page',
    }),
    missing: prepared.map(({ missing }) => missing),
  };
}

function prepare(letter: PageLetter): Readonly<{ data: unknown; missing: readonly string[] }> {
  const missing = new Set<string>();
  const words = (text: string): readonly string[] => {
    const set = settable(text);
    for (const char of set.missing) missing.add(char);
    return piecesOf(set.text);
  };
  const data = {
    lang: letter.language,
    paper: letter.page,
    sender: words(letter.sender),
    reference: words(letter.reference),
    stamp: letter.stamp === null ? null : stampWord(letter.language, letter.stamp),
    notice: letter.watermark === null ? null : words(letter.watermark),
    page_words: wordsOf(letter.language).page,
    blocks: letter.body.map((block) => blockOf(settled(block), letter.language, words)),
  };
  return { data, missing: [...missing] };
}

/** The text of a heading is such a string too; one longer than any heading is a paragraph. */
function settled(block: Block): Block {
  if (block.is !== 'heading' || lengthOf(block.runs) <= NAME_MAX) return block;
  return {
    is: 'paragraph',
    lines: [block.runs.map((run) => (run.is === 'plain' ? { ...run, is: 'strong' } : run))],
  };
}

const lengthOf = (runs: Runs): number => runs.reduce((sum, { text }) => sum + text.length, 0);

type Words = (text: string) => readonly string[];

const runsOf = (runs: Runs, words: Words) => runs.map(({ is, text }) => [is, words(text)]);

const tableOf = ({ head, shares, rows }: Table, words: Words) => ({
  is: 'table',
  turn: null,
  shares,
  head: head.map(words),
  rows: rows.map(({ cells, marked }) => ({ marked, cells: cells.map((cell) => runsOf(cell, words)) })),
});

function blockOf(block: Block, language: string, words: Words) {
  if (block.is === 'table') return tableOf(block, words);
  const lines = block.is === 'heading' ? [block.runs] : block.is === 'list' ? block.items : block.lines;
  const text = lines
    .flat()
    .map((run) => run.text)
    .join(' ');
  return {
    is: block.is === 'heading' ? `h${block.level}` : block.is,
    turn: turnOf(text, language),
    lines: lines.map((runs: Runs) => runsOf(runs, words)),
  };
}

/** Set only where words read the other way than the letter as a whole: in which language then, and from right to left or not. */
function turnOf(text: string, language: string): readonly [language: string, rtl: boolean] | null {
  const found = directionOf(text);
  if (found === null || found.rtl === isRightToLeft(language)) return null;
  return [found.language ?? 'en', found.rtl];
}
