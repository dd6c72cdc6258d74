import { keyOf } from '../../keys.ts';
import { formatName, SCOPE_LIST, type MergeProgress, type MergeReport } from '../../../app/merge-contract.ts';
import { SECOND } from '../../../base/duration.ts';
import { grouped } from '../../../base/grouped.ts';
import { commas, counted, leftWords, rateWords } from '../../parts/far.ts';
import { blank, labelled, line, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { troubleLines } from '../../parts/outcome.ts';
import type { MergeState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { mergeKeys } from './keys.ts';
import { hearMerge, mergeDisabled, pressMerge } from './state.ts';

const listWords = (list: string): string => (list === SCOPE_LIST ? 'the people who were counted' : list);

const leftOut = (rejected: number, duplicates: number): readonly string[] => {
  const odd = counted([
    [rejected, 'cannot be used'],
    [duplicates, 'of an address that stood above'],
  ]);
  return odd.length === 0 ? [] : [odd.join(', ')];
};

const headLines = ({ title, asked, preview }: MergeState, width: number): readonly Line[] => {
  const { tally, whole } = preview;
  return [
    ...labelled('Letter', `${title} (${asked.letter})`, width, 'strong'),
    ...labelled(
      'List',
      `${listWords(asked.list)}: ${whole ? '' : 'the first '}${grouped(tally.rows)} rows read${whole ? '' : '; the rest is read while the letters are written'}`,
      width,
    ),
    ...labelled('Letters', grouped(tally.written), width, tally.written === 0 ? 'bad' : 'strong'),
    ...leftOut(tally.rejected, tally.duplicates).flatMap((words) =>
      labelled('Left out', words, width, 'warn'),
    ),
  ];
};

/** Where to, and where what is left out will be named. */
const fileLines = ({ asked, preview }: MergeState, width: number): readonly Line[] => {
  const { rejected, duplicates } = preview.tally;
  return [
    ...labelled('File', `${preview.out} (${formatName(asked.format)})`, width),
    ...(asked.report === null || rejected + duplicates === 0
      ? []
      : labelled('', `what is left out, by line: ${asked.report}`, width)),
  ];
};

/** A shifted column is seen where somebody is greeted by their street. */
const firstLines = ({ preview }: MergeState, width: number): readonly Line[] =>
  preview.first.length === 0
    ? []
    : [
        blank,
        line(span('The first letters', 'strong')),
        ...preview.first.flatMap(({ line: at, to, language, salutation }) =>
          wrap(
            line(
              span(`line ${at}  ${language}  `, 'dim'),
              `${to}  `,
              span(salutation ?? 'no salutation in this letter', 'info'),
            ),
            width,
            2,
          ),
        ),
      ];

const badLines = ({ preview }: MergeState, width: number): readonly Line[] => {
  const { bad, tally } = preview;
  const more = tally.rejected + tally.duplicates - bad.length;
  return bad.length === 0
    ? []
    : [
        blank,
        line(span('Rows that get no letter', 'strong')),
        ...bad.flatMap(({ line: at, why }) => wrap(line(span(`line ${at}  `, 'warn'), why), width, 2)),
        ...(more > 0
          ? paragraph(`and ${grouped(more)} more: the file of what is left out names each`, width, 'dim', 2)
          : []),
      ];
};

const question = (state: MergeState, world: World, width: number): readonly Line[] => {
  const { before, tally, whole } = state.preview;
  const not = mergeDisabled('merge:yes', state, world);
  if (not !== null) return paragraph(`Not now: ${not}. esc: leave.`, width, 'warn');
  const begun =
    before.is === 'unfinished'
      ? paragraph(
          `An unfinished merge is there: ${grouped(before.written)} letters are written, y goes on behind them.`,
          width,
          'warn',
        )
      : [];
  const many = `${grouped(tally.written)}${whole ? '' : ' or more'} letters`;
  return [
    ...begun,
    ...paragraph(
      `${keyOf(world.look, 'merge:yes')}: write ${many}. Nothing is sent by that. esc: leave. Enter confirms nothing.`,
      width,
      'info',
    ),
  ];
};

const farWords = ({ written, rejected, duplicates, read, size, msSpent }: MergeProgress): string =>
  commas([
    `${Math.floor((read * 100) / Math.max(1, size))} %: ${grouped(written)} letters`,
    ...counted([[rejected + duplicates, 'rows left out']]),
    rateWords(written, msSpent, SECOND, 'a second'),
    leftWords({ done: read, total: size, msSpent }),
    'esc stops',
  ]);

const reportLines = (report: MergeReport, asked: MergeState['asked'], width: number): readonly Line[] => {
  const { finished, written, rejected, duplicates, replaced, index, out, sha256 } = report;
  return [
    ...paragraph(
      finished
        ? `WRITTEN: ${grouped(written)} letters. Nothing was sent.`
        : `STOPPED: ${grouped(written)} letters are written. r, then y, goes on behind the last of them.`,
      width,
      finished ? 'good' : 'warn',
    ),
    ...labelled('File', out, width),
    ...(index === null ? [] : labelled('', `who has which file: ${index}`, width)),
    ...leftOut(rejected, duplicates).flatMap((words) => labelled('Left out', words, width, 'warn')),
    ...(replaced === 0
      ? []
      : labelled(
          'Shown as',
          `\\u{..}: a character that no font has, in ${grouped(replaced)} letters`,
          width,
          'warn',
        )),
    ...(rejected + duplicates > 0 && report.report !== null
      ? labelled('', `which and why: ${report.report}`, width)
      : []),
    ...(finished && asked.trial === null
      ? labelled('Recorded', `with the list and the file by hash; sha256 ${sha256}`, width)
      : []),
  ];
};

const page = (state: MergeState, world: World, room: Room): Page => {
  const width = room.columns;
  switch (state.stage) {
    case 'preview':
      return {
        lines: [
          ...headLines(state, width),
          ...firstLines(state, width),
          ...badLines(state, width),
          blank,
          ...fileLines(state, width),
        ],
        foot: question(state, world, width),
      };
    case 'running':
      return {
        lines: [...headLines(state, width), ...fileLines(state, width)],
        foot: wrap(
          quiet(
            line(
              span('RUNNING ', 'info'),
              state.progress === null ? 'the first letters are being written' : farWords(state.progress),
            ),
          ),
          width,
        ),
      };
    case 'ended':
      return {
        lines: [
          ...(state.trouble === null ? [] : troubleLines(state.trouble, width)),
          ...(state.report === null ? [] : reportLines(state.report, state.asked, width)),
        ],
        foot: [line(span('enter: go on', 'dim'))],
      };
  }
};

const titles = {
  preview: 'Merge: nothing has been written',
  running: 'Writing letters',
  ended: 'Letters written',
} as const;

export const mergeScreen: ScreenKind<MergeState> = {
  keys: mergeKeys,
  title: ({ stage }) => titles[stage],
  typing: () => false,
  press: pressMerge,
  hear: hearMerge,
  page,
  disabled: mergeDisabled,
};
