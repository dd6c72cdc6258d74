import type { TimelineState } from '../../places.ts';
import type { OpenIncident } from '../../../app/contract.ts';
import { hasWords } from '../../../projections/choice.ts';
import type { TimelineRow } from '../../../projections/timeline.ts';
import { emptyField, pasteInto, typeInto } from '../../parts/field.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { doing, stay, type Next, type Press, type World } from '../../screen.ts';
import { rowBlocks } from './row.ts';

/** Read and searched within a tenth of a second, sealed notes among them. */
const STRETCH = 4000;

export const timelineStart = (since: number | null): TimelineState => ({
  at: 'timeline',
  chosen: 0,
  starred: false,
  depth: STRETCH,
  since,
  search: emptyField,
  asking: false,
});

/** `from`: the first entry that was read. */
type Read = Readonly<{ size: number; starred: boolean; from: number; rows: readonly TimelineRow[] }>;
const lastRead = new WeakMap<OpenIncident, Read>();

/** Entries are only ever added, so what was read stands until there are more of them. */
const readRows = (
  incident: OpenIncident,
  size: number,
  starred: boolean,
  from: number,
): readonly TimelineRow[] => {
  const before = lastRead.get(incident);
  const same = before?.size === size && before.starred === starred;
  if (same && before.from === from) return before.rows;
  const rows =
    same && before.from > from
      ? [...before.rows, ...incident.timeline({ newestFirst: true, starred, from, before: before.from })]
      : incident.timeline({ newestFirst: true, starred, from });
  lastRead.set(incident, { size, starred, from, rows });
  return rows;
};

const firstRead = ({ depth, since }: TimelineState, size: number): number =>
  Math.max(since ?? 0, size - depth, 0);

export const timelineRows = (state: TimelineState, world: World): readonly TimelineRow[] => {
  const { incident, view } = world;
  if (incident === null || view === null) return [];
  const { size } = view.state;
  const rows = readRows(incident, size, state.starred, firstRead(state, size));
  return state.since === null ? rows : rows.filter(({ n }) => n >= (state.since ?? 0));
};

/** How many entries lie further back than what is read. */
export const unread = (state: TimelineState, { view }: World): number =>
  view === null ? 0 : Math.max(0, firstRead(state, view.state.size) - (state.since ?? 0));

const further = (state: TimelineState): TimelineState => ({ ...state, depth: state.depth + STRETCH });

/** At the end of what is read, whoever goes on is given the next stretch. */
const moved = (state: TimelineState, chosen: number, rows: number, world: World): TimelineState => {
  const atEnd = chosen >= rows - 1 && unread(state, world) > 0;
  return { ...(atEnd ? further(state) : state), chosen };
};

/** The next row that has all the words, from the chosen one on; round the end. */
const nextMatch = (rows: readonly TimelineRow[], query: string, from: number, by: 1 | -1): number | null => {
  if (query.trim() === '') return null;
  for (let step = 1; step <= rows.length; step += 1) {
    const at = (((from + by * step) % rows.length) + rows.length) % rows.length;
    const row = rows[at];
    if (row !== undefined && hasWords(query, row)) return at;
  }
  return null;
};

/** A stretch at a time: nobody waits for the whole of a long night, and what was not looked at yet is said. */
const find = (state: TimelineState, world: World, from: number, by: 1 | -1): Next<TimelineState> => {
  const rows = timelineRows(state, world);
  const found = nextMatch(rows, state.search.text, from, by);
  const behind = unread(state, world);
  // Forwards, what is not read yet comes before what was passed already.
  if (found !== null && (by < 0 || found > from || behind === 0)) return stay({ ...state, chosen: found });
  if (behind === 0) return doing(state, { do: 'say', tone: 'warn', text: 'No entry has these words.' });
  return doing(further({ ...state, chosen: Math.max(0, rows.length - 1) }), {
    do: 'say',
    tone: 'warn',
    text: `None of the ${rows.length} entries read so far, up to here. Search again: it goes on in the ${behind} before them.`,
  });
};

const command = (state: TimelineState, id: string, world: World): Next<TimelineState> => {
  const rows = timelineRows(state, world);
  const chosen = moveBy(id, state.chosen, rows.length);
  if (chosen !== null) return stay(moved(state, chosen, rows.length, world));
  switch (id) {
    case 'app:back':
      if (state.asking || state.search.text !== '')
        return stay({ ...state, asking: false, search: emptyField });
      return doing(state, { do: 'back' });
    case 'timeline:star':
      return stay({ ...state, starred: !state.starred, chosen: 0 });
    case 'timeline:search':
      return stay({ ...state, asking: true });
    case 'timeline:open': {
      if (state.asking) return find({ ...state, asking: false }, world, -1, 1);
      const row = rows[clamp(state.chosen, rows.length)];
      return row === undefined
        ? stay(state)
        : doing(state, { do: 'read', title: `Entry ${row.n}`, blocks: rowBlocks(row, world.zone) });
    }
    case 'timeline:match':
      return find(state, world, state.chosen, 1);
    case 'timeline:match-before':
      return find(state, world, state.chosen, -1);
    case 'timeline:seen':
      return doing(
        state,
        { do: 'seen' },
        { do: 'say', tone: 'plain', text: 'Everything up to here is marked as seen.' },
      );
    default:
      return stay(state);
  }
};

export const pressTimeline = (state: TimelineState, press: Press, world: World): Next<TimelineState> => {
  if (press.is === 'command') return command(state, press.id, world);
  if (!state.asking) return stay(state);
  const search =
    press.is === 'paste'
      ? pasteInto(state.search, press.text, 'query')
      : typeInto(state.search, press.key, 'query');
  return search === null ? stay(state) : stay({ ...state, search });
};
