import type { Field } from './field.ts';
import { line, paragraph, quiet, span, wrap, type Line } from './line.ts';
import { visibleBlock } from '../../base/text.ts';
import { marks, type Look, type Tone } from '../theme.ts';

/** What a field asks for; it may say a lot, so it wraps. */
export const labelRow = (label: string, focused: boolean, width: number): readonly Line[] =>
  wrap(line(span(focused ? '> ' : '  ', 'focus'), span(label, focused ? 'strong' : 'plain')), width, 2);

/** A field with its label above and the cursor in it; what is typed wraps, so that all of it can be read back. */
export const fieldLines = (
  label: string,
  field: Field,
  focused: boolean,
  width: number,
  look: Look,
): readonly Line[] => {
  const cursor = focused ? marks(look).cursor : '';
  const shown = `${field.text.slice(0, field.cursor)}${cursor}${field.text.slice(field.cursor)}`;
  const tone: Tone = focused ? 'info' : 'plain';
  const rows = visibleBlock(shown)
    .split('\n')
    .flatMap((row) => wrap({ spans: [{ text: '    ' }, { text: row, tone }] }, width, 4));
  return [...labelRow(label, focused, width), ...rows.map(quiet)];
};

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
    ...(says === '' ? [] : paragraph(says, width, 'banner', 4)),
  ];
};
