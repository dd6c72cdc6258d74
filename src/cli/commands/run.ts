import type { Context } from '../context.ts';
import { perform } from '../consent.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { commandOf } from './next.ts';
import { viewOfStep } from './step.ts';

export const runStep: Run = async (context, input) => {
  const incident = await context.writable();
  const step = viewOfStep(incident.view(), input.arg(0));
  if (step.step.kind !== 'act') throw usage(`a person does this step: firebreak ${commandOf(step)}`);
  return await perform(context, incident, async () => await incident.prepare(step.step.id), input);
};

export const undoStep: Run = async (context: Context, input: Input) => {
  const incident = await context.writable();
  const { step } = viewOfStep(incident.view(), input.arg(0));
  return await perform(context, incident, async () => await incident.prepareUndo(step.id), input);
};
