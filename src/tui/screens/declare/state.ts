import type { DeclareState } from '../../places.ts';
import type { RunbookSummary } from '../../../app/contract.ts';
import { emptyField, fieldOf, pasteInto, typeInto } from '../../parts/field.ts';
import { keptWords, maskSecrets } from '../../../base/mask.ts';
import { clamp } from '../../parts/list.ts';
import { doing, stay, type Next, type Press, type World } from '../../screen.ts';
import { findRunbooks } from '../../parts/find.ts';

export const declareStart: DeclareState = {
  at: 'declare',
  purpose: 'declare',
  title: emptyField,
  search: emptyField,
  on: 'title',
  chosen: 0,
  runbook: null,
};

/** Of a long title, enough to go by: runbooks are looked for at every key. */
const WORDS_MAX = 500;

/** What was typed for the runbook wins; else the words of the line itself suggest one. */
export const offered = (state: DeclareState, world: World): readonly RunbookSummary[] => {
  const all = world.app.runbooks();
  const found = findRunbooks(
    all,
    state.search.text === '' ? state.title.text.slice(0, WORDS_MAX) : state.search.text,
  );
  const first = all.find(({ id }) => id === state.runbook);
  return first === undefined || state.search.text !== ''
    ? found
    : [first, ...found.filter(({ id }) => id !== first.id)];
};

const go = (state: DeclareState, world: World): Next<DeclareState> => {
  const runbook = offered(state, world)[clamp(state.chosen, offered(state, world).length)];
  if (state.purpose === 'drill')
    return runbook === undefined ? stay(state) : doing(state, { do: 'drill', runbook: runbook.id });
  const title = state.title.text.trim();
  if (title === '')
    return doing(
      { ...state, on: 'title' },
      { do: 'say', tone: 'warn', text: 'Say in a few words what you see: a guess is good enough.' },
    );
  const { text, masked } = maskSecrets(title);
  if (masked.length > 0)
    return doing(
      { ...state, title: fieldOf(text), on: 'title' },
      {
        do: 'say',
        tone: 'warn',
        text: keptWords(masked),
      },
    );
  if (state.on === 'title') return stay({ ...state, on: 'runbook' });
  if (runbook === undefined)
    return doing(state, {
      do: 'say',
      tone: 'bad',
      text: 'No runbook can be loaded: run firebreak runbook lint.',
    });
  return doing(state, { do: 'declare', input: { runbook: runbook.id, title } });
};

const command = (state: DeclareState, id: string, world: World): Next<DeclareState> => {
  const total = offered(state, world).length;
  switch (id) {
    case 'declare:next':
      return stay({
        ...state,
        on: 'runbook',
        chosen: clamp(state.chosen + (state.on === 'runbook' ? 1 : 0), total),
      });
    case 'declare:previous':
      return stay(
        state.chosen === 0 && state.purpose === 'declare'
          ? { ...state, on: 'title' }
          : { ...state, chosen: clamp(state.chosen - 1, total) },
      );
    case 'declare:field':
      return stay(
        state.purpose === 'drill' ? state : { ...state, on: state.on === 'title' ? 'runbook' : 'title' },
      );
    case 'declare:go':
      return go(state, world);
    case 'app:back':
      return doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

export const pressDeclare = (state: DeclareState, press: Press, world: World): Next<DeclareState> => {
  if (press.is === 'command') return command(state, press.id, world);
  const field = state.on === 'title' ? state.title : state.search;
  const takes = state.on === 'title' ? 'line' : 'query';
  const typed =
    press.is === 'paste' ? pasteInto(field, press.text, takes) : typeInto(field, press.key, takes);
  if (typed === null) return stay(state);
  return stay(
    state.on === 'title' ? { ...state, title: typed, chosen: 0 } : { ...state, search: typed, chosen: 0 },
  );
};
