import type { CountFact } from '../../../app/scope-contract.ts';
import { SECOND } from '../../../base/duration.ts';
import { grouped } from '../../../base/grouped.ts';
import { rangeWords, type ScopeView } from '../../../projections/scope.ts';
import { commas, counted, leftWords, rateWords } from '../../parts/far.ts';
import {
  blank,
  labelled,
  line,
  lineWidth,
  pad,
  paragraph,
  quiet,
  span,
  wrap,
  type Line,
} from '../../parts/line.ts';
import { troubleLines } from '../../parts/outcome.ts';
import type { ScopeState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { bothTimes } from '../../parts/when.ts';
import { scopeKeys } from './keys.ts';
import { countFacts, freshOf, hearScope, otherOf, pressScope, scopeDisabled } from './state.ts';

const GAP = /^GAP /;

const countLines = ({ counted: count }: ScopeView, width: number): readonly Line[] =>
  count === null
    ? paragraph('Nobody was counted yet.', width, 'warn')
    : [
        ...labelled('PEOPLE', rangeWords(count.people_counted), width, 'strong'),
        ...labelled('RECORDS', rangeWords(count.records_counted), width, 'strong'),
        ...labelled(
          'List',
          `${grouped(count.listed)} people to write to, sealed; o writes it to a file`,
          width,
        ),
      ];

/** One row a group, the numbers under each other; what is too long for its column goes on beneath. */
const groupLines = ({ groups }: ScopeView, world: World, width: number): readonly Line[] => {
  if (groups.length === 0) return [];
  if (world.look.screenReader)
    return groups.flatMap(({ by, name, people: [least, likely, most] }) =>
      paragraph(
        `${by} ${name}: at least ${grouped(least)}, likely ${grouped(likely)}, at most ${grouped(most)}`,
        width,
      ),
    );
  const numbers = 36;
  const row = (by: string, name: string, cells: readonly string[]): readonly Line[] => {
    const figures = cells.map((one) => one.padStart(numbers / 3)).join('');
    const rows = labelled(by, name, width - numbers);
    return rows.map((one, i) =>
      i > 0
        ? one
        : {
            spans: [
              ...one.spans,
              span(' '.repeat(Math.max(0, width - numbers - lineWidth(one)))),
              span(figures),
            ],
          },
    );
  };
  return [
    blank,
    ...row('By', 'which', ['at least', 'likely', 'at most']),
    ...groups.flatMap(({ by, name, people }) => row(by, name, people.map(grouped))),
  ];
};

const basisLines = ({ basis }: ScopeView, width: number): readonly Line[] => {
  const rests = basis.filter((one) => !GAP.test(one));
  const open = basis.filter((one) => GAP.test(one)).map((one) => one.replace(GAP, ''));
  const part = (title: string, words: readonly string[], tone?: 'warn'): readonly Line[] =>
    words.length === 0
      ? []
      : [
          blank,
          line(span(title, 'strong')),
          ...words.flatMap((one) => wrap(line(span(`- ${one}`, tone)), width, 2)),
        ];
  return [...part('Still unknown', open, 'warn'), ...part('What this rests on', rests)];
};

const importLines = ({ imports }: ScopeView, world: World, width: number): readonly Line[] =>
  imports.length === 0
    ? []
    : [
        blank,
        line(span('Exports that were read', 'strong')),
        ...imports.flatMap(({ scope, source, mapping, channel, rows, bad, nobody, hidden, first, last }) => {
          const about = commas([
            `${grouped(rows)} rows`,
            ...counted([
              [bad, 'not read: v says why'],
              [nobody, 'name nobody'],
              [hidden, 'cells with a secret or card number left out'],
            ]),
          ]);
          const time =
            first === null || last === null
              ? 'no row has a time'
              : `${bothTimes(first, world.zone)} to ${bothTimes(last, world.zone)}`;
          return [
            ...wrap(line(source, span(`  ${scope}, ${channel ?? mapping}`, 'dim')), width, 2),
            ...paragraph(about, width, bad > 0 ? 'warn' : 'plain', 2),
            ...paragraph(time, width, 'dim', 2),
          ];
        }),
      ];

/** What comes next here: one thing. */
const nextLines = (view: ScopeView, world: World, width: number): readonly Line[] => {
  const { imports, counted: count, uncounted } = view;
  if (imports.length === 0)
    return paragraph(
      'Next: a reads an export of a vendor. Nothing is kept before you saw its rows.',
      width,
      'info',
    );
  if (count === null || uncounted > 0)
    return paragraph(
      `Next: x counts${count === null ? '' : `; ${grouped(uncounted)} of the exports came after the last count`}.`,
      width,
      'info',
    );
  const facts = countFacts(world);
  return freshOf(facts).length + otherOf(facts).length > 0
    ? paragraph(
        'Next: f shows the counts as facts; they start clocks once they are written down.',
        width,
        'info',
      )
    : paragraph('The counts are written down as facts.', width, 'good');
};

const factWords = ({ answer }: CountFact): string =>
  answer.is === 'range' ? rangeWords([answer.from, answer.about, answer.to]) : '';

const factLines = (facts: readonly CountFact[], width: number): readonly Line[] => [
  ...paragraph('As they would be written down. Legal clocks and advice may hang on them.', width),
  blank,
  ...facts.flatMap((one) => {
    const [word, tone] = !one.known
      ? (['NEW', 'info'] as const)
      : one.same
        ? (['WRITTEN', 'good'] as const)
        : (['DIFFERS', 'warn'] as const);
    return wrap(line(span(pad(word, 9), tone), `${one.fact}  `, span(factWords(one), 'strong')), width, 9);
  }),
];

const factsFoot = (
  facts: readonly CountFact[],
  state: ScopeState,
  world: World,
  width: number,
): readonly Line[] => {
  const [fresh, other] = [freshOf(facts).length, otherOf(facts).length];
  const not = scopeDisabled('scope:yes', state, world);
  return [
    ...(not === null
      ? paragraph(
          `y: write ${grouped(fresh)} new ${fresh === 1 ? 'one' : 'ones'} in your name. esc: leave. Enter confirms nothing.`,
          width,
          'info',
        )
      : paragraph(`Not now: ${not}.`, width, 'warn')),
    ...(other === 0
      ? []
      : paragraph(
          `${grouped(other)} ${other === 1 ? 'was' : 'were'} known otherwise: r corrects ${other === 1 ? 'it' : 'them'}, with a reason.`,
          width,
          'warn',
        )),
  ];
};

const runningLine = ({ progress }: ScopeState, width: number): readonly Line[] => {
  const words =
    progress === null || progress.done >= progress.total
      ? 'people are being joined'
      : commas([
          `${Math.floor((progress.done * 100) / Math.max(1, progress.total))} %`,
          rateWords(progress.done, progress.msSpent, SECOND, 'joined a second'),
          leftWords(progress),
        ]);
  return wrap(quiet(line(span('RUNNING ', 'info'), `${words}, esc stops`)), width);
};

const page = (state: ScopeState, world: World, room: Room): Page => {
  const width = room.columns;
  const view = world.incident?.scope.view();
  if (view === undefined) return { lines: [line(span('No incident is open.', 'dim'))] };
  if (state.stage === 'facts') {
    const facts = countFacts(world);
    return { lines: factLines(facts, width), foot: factsFoot(facts, state, world, width) };
  }
  return {
    lines: [
      ...(state.trouble === null ? [] : [...troubleLines(state.trouble, width), blank]),
      ...countLines(view, width),
      ...groupLines(view, world, width),
      ...basisLines(view, width),
      ...importLines(view, world, width),
    ],
    foot: state.stage === 'running' ? runningLine(state, width) : nextLines(view, world, width),
  };
};

const titles = {
  shown: 'Who is affected, and how many',
  running: 'Counting who is affected',
  facts: 'The counts as facts: nothing has been written',
} as const;

export const scopeScreen: ScreenKind<ScopeState> = {
  keys: scopeKeys,
  title: ({ stage }) => titles[stage],
  typing: () => false,
  press: pressScope,
  hear: hearScope,
  page,
  disabled: scopeDisabled,
};
