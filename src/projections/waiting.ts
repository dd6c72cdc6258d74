import { hasEnded, progress, type StepView } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { ClockView } from './countdowns.ts';
import { againNow } from './decisions.ts';
import { mailDoubts } from './mail.ts';
import { submittedUnreleased } from './released.ts';
import { awaitingWords } from './told-words.ts';

/** Something that waits for a person, in words. */
export type Waiting = Readonly<{ step: string | null; text: string }>;

/** What waits now, most urgent first: what failed or is not known, what is asked again, the next step, and what is to be decided. */
export function waitingNow(
  state: IncidentState,
  clocks: readonly Pick<ClockView, 'duty' | 'awaiting'>[] = [],
): readonly Waiting[] {
  if (state.phase === 'closed') return [];
  const { steps, current } = progress(state);
  const open = steps.filter(({ status }) => !hasEnded(status) && status !== 'wait');
  const again = againNow(state);
  const asked = new Set(again.map(({ step }) => step));
  const fresh = open.filter(({ step }) => !asked.has(step.id));
  const urgent = [
    ...fresh.filter(isTrouble).map((view) => about(view, `${view.step.title}: ${view.because}`)),
    ...mailDoubts(state).map(({ text }) => ({ step: null, text })),
    ...unreleased(state).map((text) => ({ step: null, text })),
    ...again.map(({ step, text }) => ({ step, text })),
    ...clocks.flatMap((clock) => {
      const text = awaitingWords(clock);
      return text === null ? [] : [{ step: null, text }];
    }),
  ];
  const decide = fresh.flatMap((view) =>
    view.step.kind === 'decide' && !isTrouble(view) ? [about(view, `to decide: ${view.step.question}`)] : [],
  );
  const named = new Set([...urgent, ...decide].map(({ step }) => step));
  const next = current === null || named.has(current.step.id) ? [] : [current];
  return [...urgent, ...next.map((view) => about(view, `next step: ${view.step.title}`)), ...decide];
}

/** What was told to somebody in words that nobody let go here. */
export const unreleased = (state: IncidentState): readonly string[] =>
  submittedUnreleased(state).map(
    ({ duty, letter }) =>
      `${duty} was submitted, and nobody let ${letter} go: firebreak letters release ${letter}, or a note that says how it was given`,
  );

const isTrouble = ({ status }: StepView): boolean => status === 'fail' || status === 'unsure';

const about = ({ step }: StepView, text: string): Waiting => ({ step: step.id, text });
