import { grouped } from '../../base/grouped.ts';
import { nearCursor, type Field } from './field.ts';
import { line, paragraph, quiet, span, textOf, wrap, type Line } from './line.ts';
import { visibleBlock } from '../../base/text.ts';
import { marks, type Look, type Tone } from '../theme.ts';

/** What a field asks for; it may say a lot, so it wraps. */
export const labelRow = (label: string, focused: boolean, width: number, how = ''): readonly Line[] =>
  wrap(
    line(
      span(focused ? '> ' : '  ', 'focus'),
      span(label, focused ? 'strong' : 'plain'),
      ...(how === '' ? [] : [span(`  ${how}`, 'dim')]),
    ),
    width,
    2,
  );

type Shown = 'text' | 'query';

/** So much of a text is made into rows: more than a screen has, and no more than a key may cost. */
const charsShown: Readonly<Record<Shown, number>> = { text: 2000, query: 200 };

/** Where a text that is too long goes instead; nobody looks for a megabyte. */
const instead: Readonly<Record<Shown, string>> = {
  text: ' A longer text is kept whole as a file: firebreak evidence add',
  query: '',
};

/** What did not fit is not lost in silence. */
export const leftLines = ({ left = 0 }: Field, width: number, shown: Shown = 'text'): readonly Line[] =>
  left === 0
    ? []
    : paragraph(
        `! ${grouped(left)} ${left === 1 ? 'character' : 'characters'} did not fit, left out.${instead[shown]}`,
        width,
        'warn',
        4,
      );

const beyond = (chars: number, where: string): readonly Line[] =>
  chars === 0 ? [] : [quiet(line(span(`    ... ${grouped(chars)} more characters ${where}`, 'dim')))];

export type FieldPage = Readonly<{ lines: readonly Line[]; focus: number }>;

/** The text of a field as rows, and the row that the cursor is in. */
const textRows = (field: Field, focused: boolean, width: number, look: Look, shown: Shown): FieldPage => {
  const cursor = focused ? marks(look).cursor : '';
  const tone: Tone = focused ? 'info' : 'plain';
  const { before, after, above, below } = nearCursor(field, charsShown[shown]);
  const rows = visibleBlock(`${before}${cursor}${after}`)
    .split('\n')
    .flatMap((row) => wrap({ spans: [{ text: '    ' }, { text: row, tone }] }, width, 4));
  const head = beyond(above, 'above');
  const made = [...head, ...rows.map(quiet), ...beyond(below, 'below')];
  return { lines: made, focus: head.length + (focused ? rowOf(rows, cursor, countIn(before, cursor)) : 0) };
};

const countIn = (text: string, mark: string): number => text.split(mark).length - 1;

/** In which row the mark stands that has so many of the same letter in front of it. */
const rowOf = (rows: readonly Line[], mark: string, before: number): number => {
  let seen = 0;
  const at = rows.findIndex((row) => (seen += countIn(textOf(row), mark)) > before);
  return Math.max(0, at);
};

/** A field with its label above and the cursor in it; what is typed wraps, so that all of it can be read back. */
export const fieldPage = (
  label: string,
  field: Field,
  focused: boolean,
  width: number,
  look: Look,
  shown: Shown = 'text',
): FieldPage => {
  const above = labelRow(label, focused, width);
  const { lines, focus } = textRows(field, focused, width, look, shown);
  const left = leftLines(field, width, shown);
  const atEnd = field.cursor === field.text.length;
  return {
    lines: [...above, ...lines, ...left],
    focus: above.length + (atEnd ? lines.length + left.length - 1 : focus),
  };
};

export const fieldLines = (
  label: string,
  field: Field,
  focused: boolean,
  width: number,
  look: Look,
): readonly Line[] => fieldPage(label, field, focused, width, look).lines;

/** A field of a few words above a list, which keeps its place whatever is pasted. */
export const queryLines = (
  label: string,
  field: Field,
  focused: boolean,
  width: number,
  look: Look,
): readonly Line[] => fieldPage(label, field, focused, width, look, 'query').lines;

/** A secret is never shown, not even its length in stars: only how much arrived. */
export const secretLines = (
  label: string,
  field: Field,
  focused: boolean,
  width: number,
  says = '',
): readonly Line[] => {
  const rows = field.text.split('\n').filter((row) => row.trim() !== '').length;
  const got =
    rows === 0
      ? 'nothing yet: type or paste, it is not shown'
      : `${field.text.trim().length} characters in ${rows} ${rows === 1 ? 'line' : 'lines'}, hidden`;
  return [
    ...labelRow(label, focused, width),
    ...paragraph(got, width, focused ? 'info' : 'dim', 4).map(quiet),
    ...leftLines(field, width),
    ...(says === '' ? [] : paragraph(says, width, 'banner', 4)),
  ];
};
