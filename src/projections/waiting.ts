import { hasEnded, progress, type StepView } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import { againNow } from './decisions.ts';

/** Something that waits for a person, in words. */
export type Waiting = Readonly<{ step: string | null; text: string }>;

/** What waits now, most urgent first: what failed or is not known, what is to be decided, then the step that comes next. */
export function waitingNow(state: IncidentState): readonly Waiting[] {
  if (state.phase === 'closed') return [];
  const { steps, current } = progress(state);
  const open = steps.filter(({ status }) => !hasEnded(status) && status !== 'wait');
  const again = againNow(state);
  const asked = new Set(again.map(({ step }) => step));
  const fresh = open.filter(({ step }) => !asked.has(step.id));
  const found = [
    ...fresh.filter(isTrouble).map((view) => about(view, `${view.step.title}: ${view.because}`)),
    ...again.map(({ step, text }) => ({ step, text })),
    ...fresh.flatMap((view) =>
      view.step.kind === 'decide' && !isTrouble(view)
        ? [about(view, `to decide: ${view.step.question}`)]
        : [],
    ),
  ];
  const next = current === null || found.some(({ step }) => step === current.step.id) ? [] : [current];
  return [...found, ...next.map((view) => about(view, `next step: ${view.step.title}`))];
}

const isTrouble = ({ status }: StepView): boolean => status === 'fail' || status === 'unsure';

const about = ({ step }: StepView, text: string): Waiting => ({ step: step.id, text });
