import { keyOf } from '../../keys.ts';
import type { FormState } from '../../places.ts';
import { visible } from '../../../base/text.ts';
import { formOf } from '../../forms/index.ts';
import type { FormField, FormSpec } from '../../forms/form.ts';
import { nearCursor, type Field } from '../../parts/field.ts';
import {
  fieldPage as typedPage,
  type FieldPage,
  labelRow,
  leftLines,
  secretLines,
} from '../../parts/input.ts';
import { blank, line, paragraph, span, wrap, type Line } from '../../parts/line.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { marks, type Look } from '../../theme.ts';
import { formKeys } from './keys.ts';
import { formDisabled, inputOf, isTyping, pressForm, valuesOf } from './state.ts';

/** In front of an option: a box or a button, or what it says where it is heard. */
const markOf = (many: boolean, on: boolean, { screenReader }: Look): string => {
  if (screenReader) return many ? (on ? 'ticked: ' : 'not ticked: ') : on ? 'chosen: ' : '';
  return many ? (on ? '[x] ' : '[ ] ') : on ? '(o) ' : '( ) ';
};

const optionLines = (
  field: Extract<FormField, { options: unknown }>,
  state: FormState,
  focused: boolean,
  width: number,
  look: Look,
): readonly Line[] => {
  const input = inputOf(state, field);
  return field.options.flatMap(({ id, title, note }, i) => {
    const here = i === input.chosen;
    const ticked = markOf(field.is === 'many', field.is === 'many' ? input.ticked.includes(id) : here, look);
    const pointer = focused && here ? '>' : ' ';
    const about = note === undefined || note === '' ? [] : [span(`  ${note}`, 'dim')];
    return wrap(line(span(`  ${pointer} ${ticked}${title}`, here ? 'focus' : 'plain'), ...about), width, 10);
  });
};

/** The chosen one alone, and how many there are to go through. */
const chosenRow = (
  field: Extract<FormField, { options: unknown }>,
  state: FormState,
  focused: boolean,
  width: number,
): readonly Line[] => {
  const { chosen } = inputOf(state, field);
  const { title = '', note = '' } = field.options[chosen] ?? {};
  const how = focused ? `  (${chosen + 1} of ${field.options.length}: up, down)` : '';
  return wrap(
    line(
      span(focused ? '> ' : '  ', 'focus'),
      span(`${field.label}: `, focused ? 'strong' : 'plain'),
      span(title, focused ? 'focus' : 'info'),
      span(`${note === '' ? '' : `, ${note}`}${how}`, 'dim'),
    ),
    width,
    4,
  );
};

/** Of a field that shares its form with many others. */
const ROW_CHARS_SHOWN = 400;

const typedRow = (
  label: string,
  field: Field,
  focused: boolean,
  world: World,
  width: number,
): readonly Line[] => {
  const mark = focused ? marks(world.look).cursor : '';
  const { before, after, above, below } = nearCursor(field, ROW_CHARS_SHOWN);
  const [from, to] = [above === 0 ? '' : '... ', below === 0 ? '' : ' ...'];
  const shown = visible(`${from}${before}${mark}${after}${to}`);
  const made = wrap(
    line(
      span(focused ? '> ' : '  ', 'focus'),
      span(`${label}: `, focused ? 'strong' : 'plain'),
      span(shown, focused ? 'info' : 'plain'),
    ),
    width,
    4,
  );
  return [...made, ...leftLines(field, width)];
};

/** Said beside a choice that is in focus, so that nobody has to guess how it is made. */
const howTo = (is: 'one' | 'many', look: Look): string => {
  const move = `${keyOf(look, 'form:up')}, ${keyOf(look, 'form:down')}`;
  // How one of many is ticked stands in the line of keys.
  return `${move}: ${is === 'one' ? 'choose' : 'move'}`;
};

/** The rows of a field, and which of them must be in sight: its chosen row, or the cursor's. */
const fieldPage = (
  field: FormField,
  state: FormState,
  focused: boolean,
  world: World,
  width: number,
): FieldPage => {
  const input = inputOf(state, field);
  switch (field.is) {
    case 'secret':
      return atEnd(secretLines(field.label, input.field, focused, width, field.says));
    case 'line':
    case 'block': {
      const checked =
        field.check !== undefined && input.field.text.trim() !== ''
          ? field.check(input.field.text, world)
          : null;
      // What is wrong with it is said once, where the form says what it needs.
      const refused = state.problem?.field === field.id && state.problem.says === checked?.says;
      const says =
        checked === null || refused
          ? []
          : paragraph(`= ${checked.says}`, width, checked.ok ? 'good' : 'warn', 4);
      if (field.short === true)
        return atEnd([...typedRow(field.label, input.field, focused, world, width), ...says]);
      const typed = typedPage(field.label, input.field, focused, width, world.look);
      const lines = [...typed.lines, ...says];
      return typed.focus === typed.lines.length - 1 ? atEnd(lines) : { lines, focus: typed.focus };
    }
    case 'one':
    case 'many': {
      const lines =
        field.short === true
          ? chosenRow(field, state, focused, width)
          : [
              ...labelRow(field.label, focused, width, focused ? howTo(field.is, world.look) : ''),
              ...optionLines(field, state, focused, width, world.look),
            ];
      const chosen = lines.findIndex((row) => row.spans.some(({ text }) => /^ {2}> /.test(text)));
      // Where nothing is chosen yet, what could be chosen must be in sight, however long the words above it are.
      return { lines, focus: chosen === -1 ? Math.min(lines.length - 1, OPTIONS_SHOWN) : chosen };
    }
  }
};

/** So many rows of a choice are looked at before one is chosen. */
const OPTIONS_SHOWN = 6;

const atEnd = (lines: readonly Line[]): FieldPage => ({ lines, focus: Math.max(0, lines.length - 1) });

/** What Enter does at last, in the words of the form. */
const ending = ({ fields, does, quick, ends }: FormSpec, world: World): string => {
  if (ends !== undefined) return ends;
  if (quick === true || fields.length < 2) return `enter: ${does}`;
  return fields.some(({ is }) => is === 'secret')
    ? `enter: seal what was given · ${keyOf(world.look, 'form:next')}: another row · through all rows with nothing: not known yet`
    : `enter on the last field: ${does}`;
};

const page = (state: FormState, world: World, room: Room): Page => {
  const { spec } = formOf(state.purpose, world);
  const width = room.columns;
  const above = typeof spec.above === 'function' ? spec.above(width) : spec.above;
  const lines: Line[] = [...above];
  if (above.length > 0) lines.push(blank);
  let focus = 0;
  for (const [i, field] of spec.fields.entries()) {
    const made = fieldPage(field, state, i === state.on, world, width);
    if (i === state.on) focus = lines.length + made.focus;
    lines.push(...made.lines);
    if (state.problem?.field !== field.id) continue;
    lines.push(...paragraph(`! ${state.problem.says}`, width, 'bad', 4));
    // Why nothing happened must be in sight, however much stands above; the next key brings the cursor's row back.
    if (i === state.on) focus = lines.length - 1;
  }
  if (state.masked !== null) {
    focus = lines.length + 1;
    lines.push(
      blank,
      ...paragraph(
        `Hidden before saving: ${state.masked.join(', ')}. This is what will be kept. Enter saves it.`,
        width,
        'warn',
      ),
    );
  } else {
    lines.push(blank, ...paragraph(ending(spec, world), width, 'dim'));
  }
  const foot = spec.below?.(valuesOf(state, spec.fields), width) ?? [];
  return { lines, focus, foot };
};

export const formScreen: ScreenKind<FormState> = {
  keys: formKeys,
  title: (state, world) => formOf(state.purpose, world).spec.title,
  typing: isTyping,
  press: pressForm,
  page,
  disabled: formDisabled,
};
