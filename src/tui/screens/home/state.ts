import type { HomeState } from '../../places.ts';
import type { IncidentSummary, RunbookSummary } from '../../../app/contract.ts';
import { emptyField, pasteInto, typeInto } from '../../parts/field.ts';
import { findRunbooks } from '../../parts/find.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { doing, stay, type Next, type Press, type World } from '../../screen.ts';

export const home: HomeState = { at: 'home', chosen: 0, search: null };

export type HomeRow =
  | Readonly<{ is: 'declare' }>
  | Readonly<{ is: 'incident'; incident: IncidentSummary }>
  | Readonly<{ is: 'drill' }>
  | Readonly<{ is: 'runbook'; runbook: RunbookSummary }>;

/** Declaring is always the first row; while searching the runbooks found come right under the field. */
export const homeRows = (state: HomeState, world: World): readonly HomeRow[] => {
  const runbooks = findRunbooks(world.app.runbooks(), state.search?.text ?? '').map((runbook): HomeRow => ({
    is: 'runbook',
    runbook,
  }));
  if (state.search !== null) return runbooks;
  const open = world.app.incidents().filter(({ phase }) => phase === 'open');
  return [
    { is: 'declare' },
    ...open.map((incident): HomeRow => ({ is: 'incident', incident })),
    { is: 'drill' },
    ...runbooks,
  ];
};

const openRow = (state: HomeState, row: HomeRow | undefined): Next<HomeState> => {
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
      return openRow(state, rows[clamp(state.chosen, rows.length)]);
    case 'home:declare':
      return openRow(state, { is: 'declare' });
    case 'home:drill':
      return openRow(state, { is: 'drill' });
    case 'home:search':
      return stay({ ...state, chosen: 0, search: state.search ?? emptyField });
    case 'home:doctor':
      return doing(state, { do: 'doctor' });
    case 'home:inventory':
      return doing(state, { do: 'go', to: { at: 'inventory', chosen: 0 } });
    case 'home:audit':
      return doing(state, { do: 'audit' });
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
