import { cellsOf, padCells, signsOf } from '../../base/cells.ts';
import { visible, visibleBlock } from '../../base/text.ts';
import type { Tone } from '../theme.ts';

/**
 * Screens are lists of lines: each line is one row of the terminal and one Text of Ink. Wrapping is done here, so that what
 * is essential is never cut off and a frame is never taller than the terminal.
 */
export type Span = Readonly<{ text: string; tone?: Tone }>;

/** `quiet`: changes by itself (a clock, the field being typed in) and is not read aloud again each time. */
export type Line = Readonly<{ spans: readonly Span[]; quiet?: true }>;

export const blank: Line = { spans: [] };

/** A span of the tool's own or foreign words: what could act on the terminal is made visible here, at the sink. */
export const span = (text: string, tone?: Tone): Span =>
  tone === undefined ? { text: visible(text) } : { text: visible(text), tone };

export const line = (...spans: readonly (Span | string)[]): Line => ({
  spans: spans.map((one) => (typeof one === 'string' ? span(one) : one)),
});

export const quiet = (from: Line): Line => ({ ...from, quiet: true });

export const lineWidth = (from: Line): number => from.spans.reduce((sum, one) => sum + cellsOf(one.text), 0);

export const textOf = (from: Line): string => from.spans.map(({ text }) => text).join('');

/** Cuts a text to so many cells, as it will be shown; only for what is shown in full elsewhere. */
export const clip = (words: string, width: number, more = '~'): string => {
  const text = visible(words);
  if (cellsOf(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of signsOf(text)) {
    const cells = cellsOf(char);
    if (used + cells > width - cellsOf(more)) break;
    out += char;
    used += cells;
  }
  return width <= 0 ? '' : out + more;
};

/** The text and as many blanks as it takes to fill the column. */
export const pad = padCells;

type Piece = Readonly<{ text: string; tone: Tone | undefined; cells: number; space: boolean }>;

/** Splits what is wider than the column, character by character: a token or URL without a space. */
const split = (piece: Piece, width: number): readonly Piece[] => {
  if (piece.cells <= width) return [piece];
  const pieces: Piece[] = [];
  let text = '';
  let cells = 0;
  for (const char of signsOf(piece.text)) {
    const wide = cellsOf(char);
    if (cells + wide > width && text !== '') {
      pieces.push({ ...piece, text, cells });
      text = '';
      cells = 0;
    }
    text += char;
    cells += wide;
  }
  if (text !== '') pieces.push({ ...piece, text, cells });
  return pieces;
};

const piecesOf = ({ text, tone }: Span, width: number): readonly Piece[] =>
  (text.match(/ +|[^ ]+/g) ?? []).flatMap((word) =>
    split({ text: word, tone, cells: cellsOf(word), space: word.startsWith(' ') }, width),
  );

const joined = (pieces: readonly Piece[]): readonly Span[] => {
  const spans: { text: string; tone?: Tone }[] = [];
  for (const { text, tone } of pieces) {
    const last = spans.at(-1);
    if (last !== undefined && last.tone === tone) last.text += text;
    else spans.push(tone === undefined ? { text } : { text, tone });
  }
  return spans;
};

/** Breaks a line at spaces into lines of at most `width` cells; those after the first are indented by `hang`. */
export const wrap = (from: Line, width: number, hang = 0): readonly Line[] => {
  if (width < 4 || lineWidth(from) <= width) return [from];
  const indent = Math.min(hang, Math.floor(width / 2));
  const out: Line[] = [];
  let row: Piece[] = [];
  let used = 0;
  const flush = (): void => {
    while (row.at(-1)?.space === true) row.pop();
    const spans = joined(row);
    const shown = out.length === 0 || indent === 0 ? spans : [{ text: ' '.repeat(indent) }, ...spans];
    out.push(from.quiet === true ? { spans: shown, quiet: true } : { spans: shown });
    row = [];
    used = 0;
  };
  for (const piece of from.spans.flatMap((one) => piecesOf(one, width - indent))) {
    const room = out.length === 0 ? width : width - indent;
    if (used + piece.cells > room && row.length > 0) {
      flush();
      if (piece.space) continue;
    }
    if (piece.space && row.length === 0 && out.length > 0) continue;
    row.push(piece);
    used += piece.cells;
  }
  if (row.length > 0 || out.length === 0) flush();
  return out;
};

/** Under the first line of a text: sentences of the tool begin at the edge, and a line end in somebody's words forges none. */
const UNDER = 2;

/** A paragraph, which may have line ends of its own. */
export const paragraph = (text: string, width: number, tone?: Tone, indent = 0): readonly Line[] =>
  visibleBlock(text)
    .split('\n')
    .flatMap((row, i) => {
      const under = i === 0 ? indent : Math.max(indent, UNDER);
      const shown: Span = tone === undefined ? { text: row } : { text: row, tone };
      const spans = under === 0 ? [shown] : [{ text: ' '.repeat(under) }, shown];
      return wrap({ spans }, width, under);
    });

/** A document that fills the screen, with its lines as they are. */
export const documentLines = (text: string, width: number): readonly Line[] =>
  visibleBlock(text)
    .split('\n')
    .flatMap((row) => wrap({ spans: [{ text: row }] }, width));

/** One text a line, for a paragraph: a line end inside one of them begins none. */
export const listed = (texts: readonly string[]): string => texts.map(visible).join('\n');

/** `Label   words words`, the words in a column of their own, whatever the width. */
export const labelled = (label: string, text: string, width: number, tone?: Tone): readonly Line[] => {
  const column = 11;
  const rows = paragraph(text, Math.max(8, width - column), tone);
  return rows.map((row, i) => ({
    spans: [{ text: pad(i === 0 ? label : '', column), tone: 'dim' }, ...row.spans],
  }));
};

export const sameLine = (a: Line, b: Line): boolean =>
  a.spans.length === b.spans.length &&
  a.spans.every((one, i) => one.text === b.spans[i]?.text && one.tone === b.spans[i]?.tone);
