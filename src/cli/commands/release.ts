import { RELEASE } from '../../projections/people.ts';
import type { Context } from '../context.ts';
import { perform } from '../consent.ts';
import type { Run } from '../spec.ts';
import { askApproval } from './approve.ts';

/** Lets go of everything that the incident holds, in the order that is safe; others must have agreed to exactly this. */
export const release: Run = async (context: Context, input) => {
  if (input.flag('ask')) return await askApproval(context, RELEASE);
  const incident = await context.writable();
  return await perform(context, incident, async () => await incident.prepareRelease(), input);
};
