import type { App } from '../../app/contract.ts';
import type { Message } from './model.ts';

/** Tries what was given at the lock. What cannot be tried does not open: the person reads it there and types another way. */
export const unlock = async (
  app: App,
  send: (message: Message) => void,
  typed: string | null,
): Promise<void> => {
  let opened = false;
  try {
    opened = await (await app.keyDesk()).proves(typed);
  } catch {
    opened = false;
  }
  send({ is: 'unlocked', opened, typed: typed !== null });
};
