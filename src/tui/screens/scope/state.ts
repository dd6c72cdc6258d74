import { onlyRead, onlyReadWords } from '../../only-read.ts';
import type { CountFact } from '../../../app/scope-contract.ts';
import { counted } from '../../parts/far.ts';
import type { ScopeState } from '../../places.ts';
import {
  doing,
  stay,
  type Effect,
  type Next,
  type Press,
  type ScreenEvent,
  type World,
} from '../../screen.ts';

export const countFacts = (world: World): readonly CountFact[] => world.incident?.scope.facts() ?? [];

export const freshOf = (facts: readonly CountFact[]): readonly CountFact[] =>
  facts.filter(({ known }) => !known);
export const otherOf = (facts: readonly CountFact[]): readonly CountFact[] =>
  facts.filter(({ known, same }) => known && !same);

const factsDisabled = (id: string, state: ScopeState, world: World): string | null => {
  if (state.stage !== 'facts') return 'first f: the facts as they would be written';
  const facts = countFacts(world);
  if (id === 'scope:yes')
    return freshOf(facts).length > 0
      ? null
      : otherOf(facts).length > 0
        ? 'all of them are known already; r corrects those that differ'
        : 'all of them are written down already';
  return otherOf(facts).length > 0 ? null : 'no known fact differs from the count';
};

export const scopeDisabled = (id: string, state: ScopeState, world: World): string | null => {
  if (!id.startsWith('scope:') || /:(?:down|up)$/.test(id)) return null;
  const view = world.incident?.scope.view();
  if (state.stage === 'running') return 'it is being counted: esc stops it';
  if (id === 'scope:faults') return (view?.imports.length ?? 0) > 0 ? null : 'nothing was read yet';
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (world.view?.state.phase === 'closed') return 'the incident is closed';
  if (id === 'scope:yes' || id === 'scope:correct') return factsDisabled(id, state, world);
  if (state.stage === 'facts') return 'first esc: back to the counts';
  if (id === 'scope:count') return (view?.imports.length ?? 0) > 0 ? null : 'nothing was read yet: a';
  if (id === 'scope:facts' || id === 'scope:list')
    return view?.counted === null ? 'nobody was counted yet: x' : null;
  return null;
};

const writing = (facts: readonly CountFact[]): readonly Effect[] =>
  facts.map(({ fact, answer }) => ({
    do: 'act',
    command: { do: 'learn', fact, answer, basis: 'log' },
    said: `Written down, in your name: ${counted([[facts.length, facts.length === 1 ? 'fact' : 'facts']]).join('')}.`,
  }));

const stopping: readonly Effect[] = [
  { do: 'stop', job: 'scope' },
  { do: 'say', tone: 'warn', text: 'Stopping. Nothing of this count will count.' },
];

export const pressScope = (state: ScopeState, press: Press, world: World): Next<ScopeState> => {
  if (press.is !== 'command') return stay(state);
  switch (press.id) {
    case 'scope:import':
      return doing(state, { do: 'form', purpose: { for: 'scope-import', asked: null } });
    case 'scope:count':
      return doing(state, { do: 'form', purpose: { for: 'scope-count' } });
    case 'scope:facts':
      return stay({ ...state, stage: 'facts' });
    case 'scope:yes':
      return doing({ ...state, stage: 'shown' }, ...writing(freshOf(countFacts(world))));
    case 'scope:correct':
      return doing(state, { do: 'form', purpose: { for: 'scope-correct' } });
    case 'scope:faults':
      return doing(state, { do: 'scope-faults' });
    case 'scope:list':
      return doing(state, { do: 'form', purpose: { for: 'scope-list' } });
    case 'app:back':
      if (state.stage === 'running') return doing(state, ...stopping);
      return state.stage === 'facts' ? stay({ ...state, stage: 'shown' }) : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

export const hearScope = (state: ScopeState, event: ScreenEvent): Next<ScopeState> => {
  if (event.is === 'counting') return stay({ ...state, progress: event.far });
  if (event.is !== 'counted' && event.is !== 'failed') return stay(state);
  const trouble = event.is === 'failed' ? event.trouble : null;
  return stay({ ...state, stage: 'shown', progress: null, trouble });
};
