import type { LetterDraft, LetterState } from '../../places.ts';
import { blank, documentLines, labelled, line, type Line, paragraph, span, wrap } from '../../parts/line.ts';
import {
  doing,
  stay,
  type Next,
  type Page,
  type Press,
  type Room,
  type ScreenKind,
  type World,
} from '../../screen.ts';
import type { Tone } from '../../theme.ts';
import { findingLines, releaseLines } from './findings.ts';
import { letterKeys } from './keys.ts';

type DraftElement = LetterDraft['elements'][number];

const signs: Readonly<Record<DraftElement['status'], Readonly<{ word: string; tone: Tone }>>> = {
  known: { word: 'KNOWN', tone: 'good' },
  follows: { word: 'FOLLOWS', tone: 'wait' },
  missing: { word: 'MISSING', tone: 'bad' },
};

const press = (state: LetterState, pressed: Press): Next<LetterState> => {
  if (pressed.is !== 'command') return stay(state);
  const { letter, title, language } = state.draft;
  switch (pressed.id) {
    case 'app:back':
      return doing(state, { do: 'back' });
    case 'letter:text':
      return stay({ ...state, text: !state.text });
    case 'letter:file':
      return doing(state, { do: 'form', purpose: { for: 'paper', letter, title, language } });
    case 'letter:save':
      return doing(state, { do: 'back' }, { do: 'save-letter', draft: state.draft, step: state.step });
    default:
      return stay(state);
  }
};

const elementLines = (element: DraftElement, width: number): readonly Line[] => {
  const { word, tone } = signs[element.status];
  const from = element.entries.length === 0 ? '' : ` [entry ${element.entries.join(', ')}]`;
  const required = element.required ? '' : ' (optional)';
  return [
    ...wrap(
      line(
        span(`${word.padEnd(8)} `, tone),
        span(`${element.article} `, 'dim'),
        span(element.title, 'strong'),
        span(required, 'dim'),
      ),
      width,
      9,
    ),
    ...(element.value === null ? [] : paragraph(`${element.value}${from}`, width, 'plain', 9)),
  ];
};

const head = (state: LetterState, width: number): readonly Line[] => [
  ...labelled('To', state.draft.to, width),
  ...labelled('Subject', state.draft.subject, width),
  ...(state.draft.watermark === null ? [] : labelled('', state.draft.watermark, width, 'banner')),
  ...(state.draft.avoid.length === 0
    ? []
    : labelled('Never by', `${state.draft.avoid.join(', ')}: part of this incident`, width, 'warn')),
  ...(state.draft.complete
    ? labelled(
        'Complete',
        state.draft.follows.length === 0
          ? 'every required element is there'
          : `yes; ${state.draft.follows.length} will follow`,
        width,
        'good',
      )
    : labelled('MISSING', state.draft.missing.join('; '), width, 'bad')),
  ...releaseLines(state, width),
  blank,
];

const page = (state: LetterState, _world: World, room: Room): Page => {
  const { draft, text } = state;
  const body = text
    ? documentLines(draft.text, room.columns)
    : [
        ...findingLines(state.report, room.columns),
        ...draft.elements.flatMap((element) => elementLines(element, room.columns)),
      ];
  return { lines: [...head(state, room.columns), ...body] };
};

export const letterScreen: ScreenKind<LetterState> = {
  keys: letterKeys,
  title: (state) => `${state.draft.title} (${state.draft.language})`,
  typing: () => false,
  press,
  page,
};
