import { onlyRead, onlyReadWords } from '../../only-read.ts';
import { formatName, SENT_AS, type MergeAsked, type MergePreview } from '../../../app/merge-contract.ts';
import type { MergeState } from '../../places.ts';
import {
  doing,
  stay,
  type Effect,
  type Next,
  type Press,
  type ScreenEvent,
  type World,
} from '../../screen.ts';

export const mergePreviewed = (
  { asked, title, to }: Readonly<{ asked: MergeAsked; title: string; to: MergeState['to'] }>,
  preview: MergePreview,
): MergeState => ({
  at: 'merge',
  title,
  asked,
  to,
  preview,
  stage: 'preview',
  progress: null,
  report: null,
  trouble: null,
});

export const mergeDisabled = (id: string, state: MergeState, world: World): string | null => {
  const { stage, preview } = state;
  if (id === 'merge:done') return stage === 'ended' ? null : 'Enter confirms nothing here';
  if (id === 'merge:again') return stage === 'running' ? 'it is being written: esc stops it' : null;
  if (id === 'merge:send')
    return stage !== 'ended' || state.report?.finished !== true
      ? 'the letters are not written yet'
      : formatName(state.asked.format) === SENT_AS
        ? null
        : `${formatName(state.asked.format)} is not sent from here: merge it as ${SENT_AS}`;
  if (id !== 'merge:yes') return null;
  if (stage === 'running') return 'it is being written already';
  if (stage === 'ended') return 'it has ended; r reads the list again';
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (preview.before.is === 'finished') return 'a finished file of that name is there; give another name';
  return preview.tally.written === 0 ? 'no row of this list can get a letter' : null;
};

const write = (state: MergeState): Next<MergeState> =>
  doing(
    { ...state, stage: 'running', progress: null },
    { do: 'merge', asked: { ...state.asked, resume: state.preview.before.is === 'unfinished' } },
  );

export const pressMerge = (state: MergeState, press: Press): Next<MergeState> => {
  if (press.is !== 'command') return stay(state);
  switch (press.id) {
    case 'merge:yes':
      return write(state);
    case 'merge:again':
      return doing(state, { do: 'preview-merge', asked: state.asked, title: state.title, to: state.to });
    case 'merge:send':
      return state.report === null ? stay(state) : doing(state, sending(state.report.out, state.to));
    case 'merge:done':
      return doing(state, { do: 'back' });
    case 'app:back':
      return state.stage === 'running' ? stopping(state) : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

const sending = (file: string, to: MergeState['to']): Effect => ({
  do: 'mailing',
  asked: { file, way: { by: 'server', name: null, to } },
});

const stopping = (state: MergeState): Next<MergeState> =>
  doing(
    state,
    { do: 'stop', job: 'merge' },
    { do: 'say', tone: 'warn', text: 'Stopping behind the last whole letter. What is written stands.' },
  );

export const hearMerge = (state: MergeState, event: ScreenEvent): Next<MergeState> => {
  if (event.is === 'merging') return stay({ ...state, progress: event.progress });
  if (event.is === 'merged') return stay({ ...state, stage: 'ended', report: event.report });
  return event.is === 'failed' ? stay({ ...state, stage: 'ended', trouble: event.trouble }) : stay(state);
};
