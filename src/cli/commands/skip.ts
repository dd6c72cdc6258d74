import { reasonFor } from '../ask.ts';
import { record } from '../recorded.ts';
import type { Run } from '../spec.ts';
import { viewOfStep } from './step.ts';

export const skip: Run = async (context, input) => {
  const incident = await context.writable();
  const { step } = viewOfStep(incident.view(), input.arg(0));
  const reason = await reasonFor(context, input.text('why'), `leaving out ${step.id}`);
  return await record(
    context,
    incident,
    { do: 'skip', step: step.id, reason },
    `SKIP ${step.id}: ${step.title}`,
  );
};
