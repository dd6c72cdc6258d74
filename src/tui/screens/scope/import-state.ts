import { onlyRead, onlyReadWords } from '../../only-read.ts';
import type { ScopeAsked, ScopePreview } from '../../../app/scope-contract.ts';
import type { ScopeImportState } from '../../places.ts';
import { doing, stay, type Next, type Press, type ScreenEvent, type World } from '../../screen.ts';

export const importPreviewed = (asked: ScopeAsked, preview: ScopePreview): ScopeImportState => ({
  at: 'scope-import',
  asked,
  preview,
  stage: 'preview',
  progress: null,
  report: null,
  trouble: null,
});

export const importDisabled = (id: string, state: ScopeImportState, world: World): string | null => {
  const { stage, preview, report } = state;
  if (id === 'scope-import:done') return stage === 'ended' ? null : 'Enter confirms nothing here';
  if (id === 'scope-import:again') return stage === 'running' ? 'it is being read: esc stops it' : null;
  if (id === 'scope-import:count') return report?.is === 'imported' ? null : 'it was not read yet';
  if (id !== 'scope-import:yes') return null;
  if (stage === 'running') return 'it is being read already';
  if (stage === 'ended') return 'it has ended; m reads another one';
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (preview.refused.length > 0) return 'the file does not fit the mapping: m takes another one';
  return preview.rows.length === 0 ? 'no row was found: the mapping leads nowhere' : null;
};

export const pressImport = (state: ScopeImportState, press: Press): Next<ScopeImportState> => {
  if (press.is !== 'command') return stay(state);
  switch (press.id) {
    case 'scope-import:yes':
      return doing({ ...state, stage: 'running', progress: null }, { do: 'read-scope', asked: state.asked });
    case 'scope-import:again':
      return doing(
        state,
        { do: 'back' },
        { do: 'form', purpose: { for: 'scope-import', asked: state.asked } },
      );
    case 'scope-import:count':
      return doing(state, { do: 'back' }, { do: 'form', purpose: { for: 'scope-count' } });
    case 'scope-import:done':
      return doing(state, { do: 'back' });
    case 'app:back':
      return state.stage === 'running' ? stopping(state) : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

const stopping = (state: ScopeImportState): Next<ScopeImportState> =>
  doing(
    state,
    { do: 'stop', job: 'scope-import' },
    { do: 'say', tone: 'warn', text: 'Stopping. Nothing of this file will count.' },
  );

export const hearImport = (state: ScopeImportState, event: ScreenEvent): Next<ScopeImportState> => {
  if (event.is === 'scope-reading') return stay({ ...state, progress: event.far });
  if (event.is === 'scope-read') return stay({ ...state, stage: 'ended', report: event.report });
  return event.is === 'failed' ? stay({ ...state, stage: 'ended', trouble: event.trouble }) : stay(state);
};
