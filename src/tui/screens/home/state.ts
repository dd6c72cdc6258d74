import type { HomeState } from '../../places.ts';
import type { IncidentSummary, RunbookSummary } from '../../../app/contract.ts';
import { emptyField, pasteInto, typeInto } from '../../parts/field.ts';
import { findRunbooks } from '../../parts/find.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { doing, stay, type Next, type Press, type World } from '../../screen.ts';

export const home: HomeState = { at: 'home', chosen: 0, search: null };

/** What is looked after while nothing burns. */
export type HomeLook = 'doctor' | 'audit' | 'inventory';
const looks: readonly HomeLook[] = ['doctor', 'audit', 'inventory'];

export type HomeRow =
  | Readonly<{ is: 'declare' }>
  | Readonly<{ is: 'incident'; incident: IncidentSummary }>
  | Readonly<{ is: 'drill' }>
  | Readonly<{ is: 'look'; at: HomeLook }>
  | Readonly<{ is: 'runbook'; runbook: RunbookSummary }>;

/**
 * What goes on comes first, then declaring, and practice after it; while searching the runbooks found come right under the field.
 */
export const homeRows = (state: HomeState, world: World): readonly HomeRow[] => {
  const runbooks = findRunbooks(world.app.runbooks(), state.search?.text ?? '').map((runbook): HomeRow => ({
    is: 'runbook',
    runbook,
  }));
  if (state.search !== null) return runbooks;
  const open = world.app.incidents().filter(({ phase }) => phase === 'open');
  const rowsOf = (drill: boolean): readonly HomeRow[] =>
    open.filter((one) => one.drill === drill).map((incident) => ({ is: 'incident', incident }));
  return [
    ...rowsOf(false),
    { is: 'declare' },
    ...rowsOf(true),
    { is: 'drill' },
    ...looks.map((at): HomeRow => ({ is: 'look', at })),
    ...runbooks,
  ];
};

const lookAt = (state: HomeState, at: HomeLook, world: World): Next<HomeState> => {
  const why = homeDisabled(`home:${at}`, state, world);
  if (why !== null) return doing(state, { do: 'say', tone: 'warn', text: `Not now: ${why}.` });
  return doing(state, at === 'inventory' ? { do: 'go', to: { at, chosen: 0 } } : { do: at });
};

const openRow = (state: HomeState, row: HomeRow | undefined, world: World): Next<HomeState> => {
  switch (row?.is) {
    case undefined:
      return stay(state);
    case 'declare':
      return doing(state, {
        do: 'go',
        to: {
          at: 'declare',
          purpose: 'declare',
          title: emptyField,
          search: emptyField,
          on: 'title',
          chosen: 0,
          runbook: null,
        },
      });
    case 'drill':
      return doing(state, {
        do: 'go',
        to: {
          at: 'declare',
          purpose: 'drill',
          title: emptyField,
          search: emptyField,
          on: 'runbook',
          chosen: 0,
          runbook: null,
        },
      });
    case 'look':
      return lookAt(state, row.at, world);
    case 'incident':
      return doing(state, { do: 'open', id: row.incident.id, takeOver: false });
    case 'runbook':
      return doing(state, {
        do: 'go',
        to: {
          at: 'declare',
          purpose: 'declare',
          title: emptyField,
          search: emptyField,
          on: 'title',
          chosen: 0,
          runbook: row.runbook.id,
        },
      });
  }
};

const command = (state: HomeState, id: string, world: World): Next<HomeState> => {
  const rows = homeRows(state, world);
  const moved = moveBy(id, clamp(state.chosen, rows.length), rows.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  switch (id) {
    case 'home:open':
      return openRow(state, rows[clamp(state.chosen, rows.length)], world);
    case 'home:declare':
      return openRow(state, { is: 'declare' }, world);
    case 'home:drill':
      return openRow(state, { is: 'drill' }, world);
    case 'home:search':
      return stay({ ...state, chosen: 0, search: state.search ?? emptyField });
    case 'home:doctor':
      return lookAt(state, 'doctor', world);
    case 'home:inventory':
      return lookAt(state, 'inventory', world);
    case 'home:audit':
      return lookAt(state, 'audit', world);
    case 'app:back':
      return state.search === null
        ? doing(state, { do: 'quit' })
        : stay({ ...state, search: null, chosen: 0 });
    default:
      return stay(state);
  }
};

export const homeDisabled = (id: string, _state: HomeState, { app }: World): string | null => {
  if (id !== 'home:doctor' && id !== 'home:audit') return null;
  if (!app.live) return 'this is an app for drills: it reaches no live system';
  return id === 'home:audit' && app.whose === 'example'
    ? 'there is no workspace to audit here: firebreak init makes one'
    : null;
};

export const pressHome = (state: HomeState, press: Press, world: World): Next<HomeState> => {
  if (press.is === 'command') return command(state, press.id, world);
  if (state.search === null) return stay(state);
  const search =
    press.is === 'paste'
      ? pasteInto(state.search, press.text, 'query')
      : typeInto(state.search, press.key, 'query');
  return search === null ? stay(state) : stay({ ...state, search, chosen: 0 });
};
