import { openScreens } from '../screens.ts';
import type { Run } from '../spec.ts';
import { status } from './status.ts';

/** `firebreak` alone: the app where a person sits, the status where a program reads. */
export const home: Run = async (context, input) => {
  if (!context.interactive) return await status(context, input);
  return await openScreens(context, await context.app(), null, null);
};
