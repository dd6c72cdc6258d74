import type { View } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';

/** The step of that id. @throws Problem `not-found`, with the step that was probably meant */
export function viewOfStep(view: View, id: string): View['progress']['steps'][number] {
  const found = view.progress.steps.find(({ step }) => step.id === id);
  if (found !== undefined) return found;
  const near = view.progress.steps
    .map(({ step }) => step.id)
    .filter((one) => one.includes(id) || id.includes(one));
  throw new Problem('not-found', {
    what: 'step',
    id,
    ...(near.length === 0 ? {} : { near: near.slice(0, 3).join(', ') }),
  });
}
