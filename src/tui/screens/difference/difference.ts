import type { InventoryDraft } from '../../../app/contract.ts';
import { differenceDetail, differenceWord, thingOf } from '../../../app/difference-words.ts';
import { keyOf } from '../../keys.ts';
import { drawnList } from '../../parts/drawn.ts';
import { commas, counted } from '../../parts/far.ts';
import { blank, line, pad, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { clamp } from '../../parts/list.ts';
import { lookingLines } from '../../parts/looking.ts';
import { troubleLines } from '../../parts/outcome.ts';
import { limitsOf, whoseLines } from '../../parts/whose.ts';
import type { DifferenceState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import type { Tone } from '../../theme.ts';
import { differenceKeys } from './keys.ts';
import {
  differenceDisabled,
  differenceRows,
  hearDifference,
  pressDifference,
  shownSync,
  type DifferenceRow,
} from './state.ts';

/** The inventory against what exists: what nobody wrote down, what is gone, what may do more; and what can be written. */

const head = (state: DifferenceState, world: World, width: number): readonly Line[] => [
  ...whoseLines(state.whose, world.app, width),
  // What an incident stops is what it was declared with.
  ...(world.incident === null
    ? []
    : paragraph(
        'This is the inventory as it lies there now. This incident keeps the one that it began with.',
        width,
        'dim',
      )),
];

type Shown = Readonly<{ word: string; tone: Tone; text: string; more: readonly string[] }>;

const tones = { unknown: 'bad', gone: 'warn', scopes: 'warn', paused: 'info' } as const;

const shownRow = (row: DifferenceRow): Shown => {
  switch (row.is) {
    case 'difference': {
      const { difference } = row;
      const at = difference.is === 'unknown' ? 'no row' : `row ${difference.row}`;
      return {
        word: differenceWord(difference),
        tone: tones[difference.is],
        text: `${thingOf(difference)} (${difference.instance}, ${at})`,
        more: [differenceDetail(difference)],
      };
    }
    case 'unowned':
      return {
        word: 'NO OWNER',
        tone: 'warn',
        text: `${row.title} (row ${row.id})`,
        more: ['Write into inventory.yaml whose it is: at night somebody must know whom to ask.'],
      };
    case 'unasked':
      return {
        word: 'NOT ASKED',
        tone: 'warn',
        text: `${row.system.instance}: ${row.system.why}`,
        more: [row.system.fix],
      };
    case 'blind':
      return { word: 'BLIND', tone: 'dim', text: row.says, more: ['What no listing shows.'] };
  }
};

const WORD = 12;
const HANG = WORD + 2;

const rowLines = (row: DifferenceRow, chosen: boolean, open: boolean, width: number): readonly Line[] => {
  const { word, tone, text, more } = shownRow(row);
  const first = line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(pad(word, WORD), tone),
    span(text, chosen ? 'focus' : 'plain'),
  );
  return [
    ...wrap(first, width, HANG),
    ...(open ? more.flatMap((one) => paragraph(one, width, 'plain', HANG)) : []),
  ];
};

const verdict = (state: DifferenceState, world: World, width: number): readonly Line[] => {
  const report = shownSync(state, world);
  if (report === null) return [];
  const { differences, unowned, systems, writes } = report;
  const limits = limitsOf[state.whose];
  const asked = systems.filter(({ is }) => is === 'asked').length;
  if (systems.length === 0)
    return paragraph(
      `No system is configured in firebreak.yaml, so nobody was asked.${limits}`,
      width,
      'warn',
    );
  const rest = commas(
    counted([
      [differences.length, differences.length === 1 ? 'difference' : 'differences'],
      [unowned.length, unowned.length === 1 ? 'row without an owner' : 'rows without an owner'],
    ]),
  );
  const found = rest === '' ? 'nothing differs' : rest;
  const write =
    writes === 0
      ? ''
      : ` ${keyOf(world.look, 'difference:preview')} shows what would be written: ${writes} ${writes === 1 ? 'row' : 'rows'}.`;
  return paragraph(
    `${asked} of ${systems.length} systems were asked: ${found}.${write}${limits}`,
    width,
    rest === '' && asked === systems.length && state.whose === 'own' ? 'good' : 'warn',
  );
};

const foundPage = (state: DifferenceState, world: World, room: Room): Page => {
  const width = room.columns;
  const foot = verdict(state, world, width);
  const rows = differenceRows(state, world);
  const chosen = clamp(state.chosen, rows.length);
  const top = [...head(state, world, width), blank];
  const list = drawnList(rows, { top, chosen, inSight: room.rows - foot.length }, (row, i) =>
    rowLines(row, i === chosen, state.open.includes(i), width),
  );
  return { ...list, foot };
};

const draftPage = (
  { file, rows, lines: changed }: InventoryDraft,
  state: DifferenceState,
  { look }: World,
  { columns: width }: Room,
): Page => {
  const chosen = clamp(state.chosen, changed.length);
  const foot = [
    ...paragraph(
      `${keyOf(look, 'difference:write')} writes this into ${file}: ${rows} ${rows === 1 ? 'row' : 'rows'}. Every other line stays as it is. Enter writes nothing.`,
      width,
      'strong',
    ),
  ];
  const list = drawnList(changed, { top: [], chosen, inSight: 0 }, ({ is, line: number, text }, i) =>
    wrap(
      line(
        span(`${i === chosen ? '>' : ' '} ${pad(String(number), 5)}`, 'dim'),
        span(`${is === 'added' ? '+' : '-'} ${text}`, is === 'added' ? 'good' : 'bad'),
      ),
      width,
      9,
    ),
  );
  return { ...list, foot };
};

const writtenPage = (state: DifferenceState, world: World, room: Room): Page => {
  const { file, rows } = state.written ?? { file: '', rows: 0 };
  return {
    lines: [
      ...head(state, world, room.columns),
      blank,
      ...paragraph(`WRITTEN: ${rows} ${rows === 1 ? 'row' : 'rows'} into ${file}.`, room.columns, 'good'),
      ...paragraph(
        `Next: give each an owner there, and say what stops when it is paused. ${keyOf(world.look, 'difference:again')} asks again.`,
        room.columns,
      ),
    ],
  };
};

const withoutReport = (state: DifferenceState, world: World, room: Room): Page => {
  const top = head({ ...state, whose: world.app.whose }, world, room.columns);
  if (state.trouble !== null) return { lines: [...top, ...troubleLines(state.trouble, room.columns)] };
  const again = `${keyOf(world.look, 'difference:again')} asks again.`;
  const why = state.stopped
    ? `STOPPED. Half a look says nothing, so nothing is shown. ${again}`
    : `What was found was about other systems than these, so it is not shown. ${again}`;
  return { lines: [...top, ...paragraph(why, room.columns, 'warn')] };
};

const page = (state: DifferenceState, world: World, room: Room): Page => {
  if (state.stage === 'running')
    return {
      lines: [...head(state, world, room.columns), blank, ...lookingLines(state, world.now, room.columns)],
      foot: wrap(quiet(line(span('RUNNING ', 'info'), 'every question only reads, esc stops')), room.columns),
    };
  if (shownSync(state, world) === null || state.trouble !== null) return withoutReport(state, world, room);
  if (state.stage === 'written') return writtenPage(state, world, room);
  return state.stage === 'preview' && state.draft !== null
    ? draftPage(state.draft, state, world, room)
    : foundPage(state, world, room);
};

const titles: Readonly<Record<DifferenceState['stage'], string>> = {
  running: 'Inventory: asking what exists',
  ended: 'Inventory against what exists',
  preview: 'What would be written into inventory.yaml',
  written: 'Inventory: written',
};

export const differenceScreen: ScreenKind<DifferenceState> = {
  keys: differenceKeys,
  title: ({ stage }) => titles[stage],
  typing: () => false,
  press: pressDifference,
  hear: hearDifference,
  page,
  disabled: differenceDisabled,
};
