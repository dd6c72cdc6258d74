import { showScreens } from '../screens.ts';
import type { Run } from '../spec.ts';
import { status } from './status.ts';

/** `firebreak` alone: the app where a person sits, the status where a program reads. */
export const home: Run = async (context, input) => {
  if (!context.drawable) return await status(context, input);
  // The screens come first; they read the definitions themselves.
  return await showScreens(context, await context.app(), { screen: 'home' });
};
