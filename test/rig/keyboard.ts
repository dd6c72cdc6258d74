import type { Key } from '../../src/tui/binding.ts';
import { textOf } from '../../src/tui/parts/line.ts';
import { openStore, type Store } from '../../src/tui/shell/store.ts';
import { fakeApp, type FakeApp, type FakeOptions } from '../fakes/app.ts';

/** The app without a terminal: keys by name, words as text, the screen as lines. */

export const look = { color: false, ascii: true, screenReader: false };
export const size = { columns: 80, rows: 24 };

export const key = (name: string): Key => {
  const ctrl = name.startsWith('ctrl+');
  const plain = ctrl ? name.slice(5) : name;
  const text = ctrl ? '' : plain === 'space' ? ' ' : plain.length === 1 ? plain : '';
  return { name: plain, text, ctrl, meta: false, shift: false };
};

export type Keyboard = Readonly<{
  app: FakeApp;
  store: Store;
  press: (...names: readonly string[]) => Promise<void>;
  words: (text: string) => Promise<void>;
}>;

export const opened = (options: FakeOptions = {}): Keyboard => {
  const app = fakeApp(options);
  const store = openStore(app, { screen: 'incident', incident: app.incident() }, look, size);
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      store.send({ is: 'key', key: key(name) });
      await store.idle();
    }
  };
  const words = async (text: string): Promise<void> =>
    press(...Array.from(text, (one) => (one === ' ' ? 'space' : one)));
  return { app, store, press, words };
};

export const seen = (store: Store): string => store.lines(size).map(textOf).join('\n');
export const toStep = async (
  press: (...names: readonly string[]) => Promise<void>,
  place: number,
): Promise<void> => press('g', ...Array.from({ length: place }, () => 'j'));
