import { limits } from '../../model/limits.ts';
import type { Key } from '../binding.ts';

/** A text being typed: the readline keys people's fingers know, and a cursor. `left`: characters that did not fit. Pure. */
export type Field = Readonly<{ text: string; cursor: number; left?: number }>;

/** What a field takes: a few words to search by, one line, or lines. */
export type Takes = 'query' | 'line' | 'block';

export const emptyField: Field = { text: '', cursor: 0 };
export const fieldOf = (text: string): Field => ({ text, cursor: text.length });

/**
 * A pasted megabyte is a mistake, and a screen that stands still in a breach is worse than a cut text. Every row of a journal is
 * searched for every word; a list of five hundred tokens is a block.
 */
const charsMax: Readonly<Record<Takes, number>> = {
  query: 500,
  line: limits.textCharsMax,
  block: 10 * limits.textCharsMax,
};

const inPair = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
};

const withLeft = (text: string, cursor: number, left: number): Field =>
  left === 0 || text === '' ? { text, cursor } : { text, cursor, left };

const insert = ({ text, cursor, left = 0 }: Field, typed: string, takes: Takes): Field => {
  const room = Math.max(0, charsMax[takes] - text.length);
  const fits = typed.slice(0, inPair(typed, room) ? room - 1 : room);
  const more = left + typed.length - fits.length;
  return withLeft(text.slice(0, cursor) + fits + text.slice(cursor), cursor + fits.length, more);
};

/** Where the character before the cursor starts: a surrogate pair is one. */
const before = ({ text, cursor }: Field): number => Math.max(0, cursor - (inPair(text, cursor - 1) ? 2 : 1));
const after = ({ text, cursor }: Field): number =>
  Math.min(text.length, cursor + ((text.codePointAt(cursor) ?? 0) > 0xffff ? 2 : 1));

const wordStart = ({ text, cursor }: Field): number => {
  const head = text.slice(0, cursor).trimEnd();
  return head.lastIndexOf(' ') + 1;
};
const wordEnd = ({ text, cursor }: Field): number => {
  const found = /\s*\S+/.exec(text.slice(cursor));
  return found === null ? text.length : cursor + found[0].length;
};

const cut = ({ text, left = 0 }: Field, from: number, to: number): Field =>
  withLeft(text.slice(0, from) + text.slice(to), from, left);

const control = (field: Field, letter: string): Field | null => {
  switch (letter) {
    case 'a':
      return { ...field, cursor: 0 };
    case 'e':
      return { ...field, cursor: field.text.length };
    case 'b':
      return { ...field, cursor: before(field) };
    case 'f':
      return { ...field, cursor: after(field) };
    case 'h':
      return cut(field, before(field), field.cursor);
    case 'w':
      return cut(field, wordStart(field), field.cursor);
    case 'u':
      return cut(field, 0, field.cursor);
    case 'k':
      return cut(field, field.cursor, field.text.length);
    case 'd':
      return cut(field, field.cursor, after(field));
    default:
      return null;
  }
};

/** The field after a key, or null when the key means nothing to it. */
export const typeInto = (field: Field, key: Key, takes: Takes): Field | null => {
  if (key.ctrl) return control(field, key.name);
  if (key.meta && key.name === 'b') return { ...field, cursor: wordStart(field) };
  if (key.meta && key.name === 'f') return { ...field, cursor: wordEnd(field) };
  switch (key.name) {
    case 'left':
      return { ...field, cursor: before(field) };
    case 'right':
      return { ...field, cursor: after(field) };
    case 'home':
      return { ...field, cursor: 0 };
    case 'end':
      return { ...field, cursor: field.text.length };
    case 'backspace':
      return cut(field, before(field), field.cursor);
    case 'delete':
      return cut(field, field.cursor, after(field));
    default:
      return key.meta || key.text === '' ? null : insert(field, key.text, takes);
  }
};

/** Words typed so fast that they came in one piece keep their spaces: only what has line ends was copied from somewhere. */
const oneLine = (text: string): string =>
  text.includes('\n') ? text.trim().replaceAll(/\s*\n\s*/g, ' ') : text;

/** Pasted text: line ends become spaces in a field of one line, and nothing that could act on the terminal is kept. */
export const pasteInto = (field: Field, pasted: string, takes: Takes): Field => {
  const plain = pasted.replaceAll(/\r\n?/g, '\n');
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = plain.replaceAll('\t', ' ').replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
  return insert(field, takes === 'block' ? clean : oneLine(clean), takes);
};

/** Of a long text, what lies about the cursor: a screen of it is made anew for every key. */
export const nearCursor = (
  { text, cursor }: Field,
  charsMax: number,
): Readonly<{ before: string; after: string; above: number; below: number }> => {
  if (text.length <= charsMax)
    return { before: text.slice(0, cursor), after: text.slice(cursor), above: 0, below: 0 };
  const from = Math.max(0, Math.min(cursor - Math.floor(charsMax / 2), text.length - charsMax));
  const above = inPair(text, from) ? from - 1 : from;
  const end = inPair(text, from + charsMax) ? from + charsMax - 1 : from + charsMax;
  return {
    before: text.slice(above, cursor),
    after: text.slice(cursor, end),
    above,
    below: text.length - end,
  };
};
