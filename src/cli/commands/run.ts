import { Problem } from '../../base/problem.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Context } from '../context.ts';
import { perform } from '../consent.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { commandOf } from './next.ts';
import { viewOfStep } from './step.ts';

export const runStep: Run = async (context, input) => {
  const incident = await context.writable();
  const step = viewOfStep(incident.view(), input.arg(0));
  if (step.step.kind !== 'act') throw usage(`a person does this step: firebreak ${commandOf(step)}`);
  if (step.targets.length === 0) throw withoutTarget(step.step);
  return await perform(context, incident, async () => await incident.prepare(step.step.id), input);
};

/** An action on nothing is never done in silence. */
function withoutTarget({ id, from_fact: fact }: Extract<PlannedStep, { kind: 'act' }>): Problem {
  const why =
    fact === null
      ? `no row of the inventory fits; do it by hand, then: firebreak done ${id} "what you saw"`
      : `it works on the answer to ${fact}, which names nothing yet`;
  return new Problem('step-not-ready', { step: id, why });
}

export const undoStep: Run = async (context: Context, input: Input) => {
  const incident = await context.writable();
  const id = input.arg(0);
  // What was paused or revoked outside a runbook is named by its row of the inventory.
  const isStep = incident.view().progress.steps.some(({ step }) => step.id === id);
  const prepare = async () =>
    isStep ? await incident.prepareUndo(id) : await incident.prepareItem(id, 'undo');
  return await perform(context, incident, prepare, input);
};
