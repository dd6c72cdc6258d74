import type { TimelineState } from '../../places.ts';
import { formatLocal } from '../../../base/instant.ts';
import { changedGroups } from '../../../projections/changed.ts';
import type { TimelineRow } from '../../../projections/timeline.ts';
import { queryLines } from '../../parts/input.ts';
import { clip, line, paragraph, span, type Line } from '../../parts/line.ts';
import { clamp, windowFrom } from '../../parts/list.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { marks } from '../../theme.ts';
import { timelineKeys } from './keys.ts';
import { pressTimeline, timelineRows, unread } from './state.ts';

const said = ({ what, result, detail }: TimelineRow): string =>
  [what, result, detail]
    .filter((one) => one !== '')
    .join(': ')
    .replaceAll('\n', ' ');

/** One entry as it is heard: words for its signs, and nothing is cut. */
const heardRow = (row: TimelineRow, chosen: boolean, world: World): Line => {
  const at = formatLocal(row.occurredAt ?? row.recordedAt, world.zone).slice(5, 16);
  const when = row.occurredAt === null ? `recorded ${at}, when it happened is not known` : at;
  return line(`${chosen ? '> ' : '  '}entry ${row.n}${row.star ? ', starred' : ''}, ${when}: ${said(row)}`);
};

/** One entry in one row; Enter shows it in full, so cutting loses nothing. */
const rowLine = (row: TimelineRow, chosen: boolean, world: World, width: number): Line => {
  if (world.look.screenReader) return heardRow(row, chosen, world);
  const { star, more } = marks(world.look);
  const at = formatLocal(row.occurredAt ?? row.recordedAt, world.zone).slice(5, 16);
  const guess = row.occurredAt === null ? '?' : ' ';
  const head = `${String(row.n).padStart(5)} ${row.star ? star : ' '} ${at}${guess} `;
  return line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(head, 'dim'),
    span(clip(said(row), Math.max(8, width - head.length - 2), more), chosen ? 'focus' : 'plain'),
  );
};

/** What changed at a glance; the rows below are the way in. */
const changedLines = (rows: readonly TimelineRow[], width: number): readonly Line[] =>
  rows.length === 0
    ? []
    : paragraph(
        changedGroups(rows)
          .map(({ count, says }) => `${count} ${says}`)
          .join(', '),
        width,
        'strong',
      );

/** Only the rows in sight are made, however long the journal is. */
const page = (state: TimelineState, world: World, room: Room): Page => {
  const rows = timelineRows(state, world);
  const foot = state.asking
    ? queryLines('Find (all of the words), enter', state.search, true, room.columns, world.look)
    : [];
  const groups = state.since === null ? [] : changedLines(rows, room.columns);
  const height = Math.max(1, room.rows - foot.length - groups.length - 1);
  const chosen = clamp(state.chosen, rows.length);
  const from = windowFrom(chosen, rows.length, height, Math.max(0, chosen - Math.floor(height / 2)));
  const entries = rows.length === 1 ? 'entry' : 'entries';
  const what = state.since === null ? entries : `${entries} since ${state.since}`;
  const behind = unread(state, world);
  const head = `${rows.length} ${what}${behind === 0 ? '' : `, ${behind} more before them`}${state.starred ? ', starred alone' : ''}, newest first${state.search.text === '' ? '' : `, find: ${state.search.text}`}`;
  const shown = rows
    .slice(from, from + height)
    .map((row, i) => rowLine(row, from + i === chosen, world, room.columns));
  return {
    lines: [line(span(head, 'dim')), ...groups, ...shown],
    focus: chosen - from + groups.length + 1,
    foot,
  };
};

export const timelineScreen: ScreenKind<TimelineState> = {
  keys: timelineKeys,
  title: (state) => (state.since === null ? 'Timeline' : 'What changed'),
  typing: (state) => state.asking,
  press: pressTimeline,
  page,
  disabled: (id, state) =>
    id.startsWith('timeline:match') && state.search.text === '' ? 'search first: /' : null,
};
