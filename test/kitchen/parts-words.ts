import { drawnList } from '../../src/tui/parts/drawn.ts';
import { SECOND } from '../../src/base/duration.ts';
import { plus } from '../../src/base/instant.ts';
import { commas, counted, leftWords, rateWords } from '../../src/tui/parts/far.ts';
import { fieldOf, pasteInto } from '../../src/tui/parts/field.ts';
import { findRunbooks } from '../../src/tui/parts/find.ts';
import {
  fieldLines,
  fieldPage,
  labelRow,
  leftLines,
  queryLines,
  secretLines,
} from '../../src/tui/parts/input.ts';
import {
  clip,
  documentLines,
  labelled,
  line,
  paragraph,
  quiet,
  span,
  wrap,
  type Line,
} from '../../src/tui/parts/line.ts';
import { lookBegun, lookHeard, lookingLines } from '../../src/tui/parts/looking.ts';
import { matches, windowFrom } from '../../src/tui/parts/list.ts';
import { standOrder, standSigns, standWords } from '../../src/tui/parts/stand.ts';
import { bothTimes } from '../../src/tui/parts/when.ts';
import { readTime } from '../../src/base/typed-time.ts';
import { limitsOf, whoseLines } from '../../src/tui/parts/whose.ts';
import type { Look, Tone } from '../../src/tui/theme.ts';
import { START } from '../fakes/app.ts';
import { runbooks, ZONE } from '../fakes/company.ts';
import { poisons } from '../security/hostile/poisons.ts';

/** Parts that know words alone and no incident. */

type Drawn = readonly Line[] | Promise<readonly Line[]>;
export type Part = Readonly<{ states: Readonly<Record<string, (look: Look, width: number) => Drawn>> }>;

const long = 'a sentence that goes on for so long that no line of a terminal can hold it, '.repeat(6);
const hostile = Object.values(poisons).join(' ');
const texts = { usual: 'Token in a public repository', 'too long': long, hostile, empty: '' } as const;

export const byText = (draw: (text: string, width: number, look: Look) => readonly Line[]): Part['states'] =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      (look: Look, width: number) => draw(text, width, look),
    ]),
  );

const tones: readonly Tone[] = [
  'plain',
  'strong',
  'dim',
  'good',
  'warn',
  'bad',
  'info',
  'wait',
  'banner',
  'alarm',
  'focus',
];
const typedTimes = ['now', '-20m', '2h ago', '02:10', 'yesterday 23:40', '2026-11-19 23:40', 'soon'];
const far = { done: 309, total: 1236, msSpent: 15_000 } as const;
const tally = { open: 3, underway: 1, taken: 1230, refused: 3, later: 1, unsure: 2 } as const;

const drawnOf = (count: number, chosen: number): readonly Line[] =>
  drawnList(
    Array.from({ length: count }, (_, i) => `row ${i}`),
    { top: [line('A list')], chosen, inSight: 12 },
    (row, i) => [line(span(`${i === chosen ? '>' : ' '} ${row}`, i === chosen ? 'focus' : 'plain'))],
  ).lines;

export const wordParts = {
  drawn: {
    states: {
      few: () => drawnOf(5, 2),
      'in the middle of very many': () =>
        drawnOf(30_000, 15_000).filter((_, i, all) => i < 4 || i > all.length - 4),
    },
  },
  far: {
    states: {
      begun: () => [line(commas([leftWords(far), rateWords(far.done, far.msSpent, 60_000, 'a minute')]))],
      'not begun': () => [line(commas([leftWords({ ...far, done: 0 }), 'nothing is said of the time']))],
      counted: () => [
        line(
          commas(
            counted([
              [3, 'refused'],
              [0, 'later'],
              [1230, 'taken'],
            ]),
          ),
        ),
      ],
    },
  },
  field: {
    states: {
      typed: (look, width) => fieldLines('A field', fieldOf('what was typed'), true, width, look),
      'a megabyte': (look, width) =>
        fieldLines('A field', pasteInto(fieldOf(''), 'x'.repeat(1_000_000), 'line'), true, width, look),
    },
  },
  find: {
    states: {
      'every runbook': () => findRunbooks(runbooks, '').map(({ title }) => line(title)),
      card: () => findRunbooks(runbooks, 'card').map(({ title }) => line(title)),
      nothing: () => findRunbooks(runbooks, 'zzz').map(({ title }) => line(title)),
    },
  },
  input: {
    states: {
      ...byText((text, width, look) => [
        ...labelRow('In focus', true, width),
        ...fieldPage('A line of text', fieldOf(text), true, width, look).lines,
        ...queryLines('Words to search by', fieldOf(text.slice(0, 40)), false, width, look),
        ...secretLines('A secret', fieldOf(text), true, width, 'From the clipboard of the drill: ctrl+y'),
      ]),
      'did not fit': (_, width) => leftLines({ text: '', cursor: 0, left: 4000 }, width),
    },
  },
  line: {
    states: {
      ...byText((text, width) => [
        ...paragraph(text, width, 'plain', 2),
        ...labelled('Label', text, width),
        line(span(clip(text, 30), 'dim')),
        ...wrap(line(span('wrapped: ', 'strong'), text), width, 4).map(quiet),
        ...documentLines(text, width),
      ]),
      tones: () => tones.map((tone) => line(span(` ${tone} `, tone))),
    },
  },
  list: {
    states: {
      'the window moves': () =>
        [0, 9, 30, 59].map((chosen) => line(`row ${chosen} of 60: from ${windowFrom(chosen, 60, 10, 5)}`)),
      matches: () =>
        ['card', 'widget card', 'zzz'].map((words) =>
          line(`${words}: ${matches(words, 'Card skimming in the chat widget')}`),
        ),
    },
  },
  looking: {
    states: {
      begun: (_, width) => lookingLines(lookBegun(START), plus(START, 4 * SECOND), width),
      asking: (_, width) =>
        lookingLines(
          ['Secret of meta', 'System slack'].reduce(
            (look, what) => lookHeard(look, { what, begun: true }, START),
            { ...lookBegun(START), done: 3 },
          ),
          plus(START, 12 * SECOND),
          width,
        ),
      'too long': (_, width) =>
        lookingLines(lookHeard(lookBegun(START), { what: long, begun: true }, START), START, width),
    },
  },
  whose: {
    states: Object.fromEntries(
      (['own', 'example', 'practice'] as const).map((whose) => [
        whose,
        (_: Look, width: number) => [
          ...whoseLines(whose, { workspace: '/home/example/security' }, width),
          line(`Nothing found that would fail tonight.${limitsOf[whose]}`),
        ],
      ]),
    ),
  },
  stand: {
    states: {
      signs: () =>
        standOrder.map((one) =>
          line(span(`${standSigns[one].word} `, standSigns[one].tone), standSigns[one].says),
        ),
      words: () => [line(commas(standWords(tally)))],
    },
  },
  when: {
    states: {
      typed: () =>
        typedTimes.map((typed) => {
          const found = readTime(typed, START, ZONE);
          const says = found.is === 'moment' ? bothTimes(found.at, ZONE) : 'no time, and never guessed';
          return line(`${typed}: ${says}`);
        }),
    },
  },
} as const satisfies Readonly<Record<string, Part>>;
