import { blank, clip, line, pad, span, wrap, type Line } from './line.ts';
import { marks, signOfStep, type Look } from '../theme.ts';
import type { StepStatus, StepView } from '../../projections/incident.ts';

/** A row of a list: the pointer says which is chosen, so that no colour is needed to see it. */
export const choiceRow = (text: string, chosen: boolean, width: number, note = ''): readonly Line[] => {
  const head = span(`${chosen ? '>' : ' '} ${text}`, chosen ? 'focus' : 'plain');
  return wrap(note === '' ? line(head) : line(head, span(`  ${note}`, 'dim')), width, 4);
};

export const heading = (text: string): readonly Line[] => [blank, line(span(text, 'strong'))];

/** A step in one row: sign, word and title. Clipped here, because the step card shows the title in full. */
export const stepRow = (
  view: StepView,
  status: StepStatus,
  chosen: boolean,
  width: number,
  look: Look,
): Line => {
  const sign = signOfStep(status, look);
  const glyph = pad(sign.glyph, look.ascii ? 3 : 2);
  const title = clip(view.step.title, Math.max(4, width - 10 - glyph.length), marks(look).more);
  return line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(`${glyph} ${pad(shortWord[status], 6)} `, sign.tone),
    span(title, chosen ? 'focus' : 'plain'),
  );
};

const shortWord: Readonly<Record<StepStatus, string>> = {
  todo: 'TODO',
  now: 'NOW',
  wait: 'WAIT',
  done: 'DONE',
  hand: 'HAND',
  skip: 'SKIP',
  fail: 'FAIL',
  unsure: 'UNSURE',
  void: 'void',
};
