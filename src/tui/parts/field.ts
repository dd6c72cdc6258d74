import type { Key } from '../binding.ts';

/** A text being typed: the readline keys people's fingers know, and a cursor. Pure. */
export type Field = Readonly<{ text: string; cursor: number }>;

export const emptyField: Field = { text: '', cursor: 0 };
export const fieldOf = (text: string): Field => ({ text, cursor: text.length });

/** A pasted megabyte is a mistake, and a screen that stands still in a breach is worse than a cut text. */
const CHARS_MAX = 200_000;

const insert = ({ text, cursor }: Field, typed: string): Field => {
  const room = Math.max(0, CHARS_MAX - text.length);
  const fits = typed.slice(0, room);
  return { text: text.slice(0, cursor) + fits + text.slice(cursor), cursor: cursor + fits.length };
};

/** Where the character before the cursor starts: a surrogate pair is one. */
const before = ({ text, cursor }: Field): number => {
  const last = text.charCodeAt(cursor - 1);
  return Math.max(0, cursor - (last >= 0xdc00 && last <= 0xdfff ? 2 : 1));
};
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

const cut = ({ text }: Field, from: number, to: number): Field => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
});

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
export const typeInto = (field: Field, key: Key): Field | null => {
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
      return key.meta || key.text === '' ? null : insert(field, key.text);
  }
};

/** Pasted text: line ends become spaces in a field of one line, and nothing that could act on the terminal is kept. */
export const pasteInto = (field: Field, pasted: string, lines: boolean): Field => {
  const plain = pasted.replaceAll(/\r\n?/g, '\n');
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = plain.replaceAll('\t', ' ').replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
  return insert(field, lines ? clean : clean.trim().replaceAll(/\s*\n\s*/g, ' '));
};
