import type { App, OpenDrill } from '../../src/app/contract.ts';
import { keys, openScreen, type Screen, type ScreenOptions } from './screen.ts';

/** A person at the keyboard of the real app: what is pressed, what is seen, and how many keys it took. */
export interface Person {
  /** Presses keys or types words; every letter is a key. */
  press(...input: readonly string[]): Promise<void>;
  /** What is on the screen; with a screen reader what was read out since the last press. */
  sees(): string;
  /** Fills the form in front: each text and Enter. */
  fills(...texts: readonly string[]): Promise<void>;
  keys(): number;
  screen: Screen;
}

const BUSY = /^ *(?:\S+ )?(?:WAIT .* of at most |RUNNING )/m;
const LOOKS_MAX = 200;

export const personAt = async (
  app: App,
  drill: OpenDrill,
  options: Omit<ScreenOptions, 'start'> = {},
): Promise<Person> => {
  const screen = openScreen(app, { ...options, start: { screen: 'drill', drill } });
  await screen.still();
  let count = 0;
  let heard = 0;
  const named = new Set<string>(Object.values(keys));
  // What the app does for a person may take longer than a picture stands still: its line about that says so.
  const finished = async (): Promise<void> => {
    for (let looks = 0; looks < LOOKS_MAX && BUSY.test(screen.text()); looks += 1) await screen.still();
  };
  const press = async (...input: readonly string[]): Promise<void> => {
    // Nobody types ahead to a screen they have not seen, and the app takes no key for one.
    for (const one of input) {
      heard = screen.bytes().length;
      count += named.has(one) ? 1 : one.length;
      await screen.type(one);
      await finished();
    }
  };
  return {
    screen,
    press,
    sees: () => (options.screenReader === true ? screen.bytes().slice(heard) : screen.text()),
    fills: async (...texts) => {
      for (const text of texts) await press(...(text === '' ? [] : [text]), keys.enter);
    },
    keys: () => count,
  };
};
