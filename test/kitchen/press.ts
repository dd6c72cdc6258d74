import type { Store } from '../../src/tui/shell/store.ts';
import { key } from '../rig/keyboard.ts';

/** What goes on until somebody stops it is not waited for. */
const UNDER_WAY_MS = 40;

/** Nothing is under way any more, or only what goes on by itself. */
export const settled = async (store: Store): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const soon = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, UNDER_WAY_MS);
  });
  await Promise.race([store.idle(), soon]);
  clearTimeout(timer);
};

export const press = async (store: Store, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    store.send({ is: 'key', key: key(name) });
    await settled(store);
  }
};
