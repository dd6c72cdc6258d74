import { isProblem } from '../../base/problem.ts';
import { StorageError } from '../../io/storage.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { offerRecovery } from '../recovery.ts';
import type { Run } from '../spec.ts';
import { showKey } from './keys.ts';

/** A first key and a second way to it. Safe to run again: what is there stays. */
export const initKeys: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  await begin(context);
  if (context.interactive) await offerRecovery(context, await context.app());
  return await showKey(context, input);
};

/** The same at the end of setting up a workspace, which must not fail for it. */
export const ensureKeys = async (context: Context): Promise<void> => {
  try {
    await begin(context);
    await offerRecovery(context, await context.app());
  } catch (error) {
    if (!isProblem(error) && !(error instanceof StorageError)) throw error;
    context.print.say('WARNING: no key was made. Next: firebreak keys init');
  }
};

const begin = async (context: Context): Promise<void> => {
  const app = await context.app();
  const desk = await app.keyDesk();
  const { fellBack } = await desk.begin();
  if (fellBack !== null) {
    context.print.say(`WARNING: the key lies in a key file, because no keychain took it: ${fellBack}`);
    context.print.say(
      '  Whoever can read that file can read what is private. Better: firebreak keys use passphrase',
    );
  }
};
