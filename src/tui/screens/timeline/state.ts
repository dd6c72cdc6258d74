import type { TimelineState } from '../../places.ts';
import type { OpenIncident } from '../../../app/contract.ts';
import { hasWords } from '../../../projections/choice.ts';
import type { TimelineRow } from '../../../projections/timeline.ts';
import { emptyField, pasteInto, typeInto } from '../../parts/field.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { doing, stay, type Next, type Press, type World } from '../../screen.ts';
import { rowBlocks } from './row.ts';

export const timelineStart = (since: number | null): TimelineState => ({
  at: 'timeline',
  chosen: 0,
  starred: false,
  since,
  search: emptyField,
  asking: false,
});

type Read = Readonly<{ size: number; starred: boolean; rows: readonly TimelineRow[] }>;
const lastRead = new WeakMap<OpenIncident, Read>();

/** Entries are only ever added, so what was read stands until there are more of them. */
const readRows = (incident: OpenIncident, size: number, starred: boolean): readonly TimelineRow[] => {
  const before = lastRead.get(incident);
  if (before?.size === size && before.starred === starred) return before.rows;
  const rows = incident.timeline({ newestFirst: true, starred });
  lastRead.set(incident, { size, starred, rows });
  return rows;
};

export const timelineRows = (state: TimelineState, world: World): readonly TimelineRow[] => {
  const { incident, view } = world;
  const rows = incident === null || view === null ? [] : readRows(incident, view.state.size, state.starred);
  return state.since === null ? rows : rows.filter(({ n }) => n >= (state.since ?? 0));
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

const find = (state: TimelineState, world: World, from: number, by: 1 | -1): Next<TimelineState> => {
  const found = nextMatch(timelineRows(state, world), state.search.text, from, by);
  return found === null
    ? doing(state, { do: 'say', tone: 'warn', text: 'No entry has these words.' })
    : stay({ ...state, chosen: found });
};

const command = (state: TimelineState, id: string, world: World): Next<TimelineState> => {
  const rows = timelineRows(state, world);
  const moved = moveBy(id, state.chosen, rows.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
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
    press.is === 'paste' ? pasteInto(state.search, press.text, false) : typeInto(state.search, press.key);
  return search === null ? stay(state) : stay({ ...state, search });
};
