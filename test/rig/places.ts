import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../../src/tui/shell/model.ts';
import type { Store } from '../../src/tui/shell/store.ts';
import { packageRoot } from './app.ts';

/** Every place a person can be, read where they are written down: a screen or form that is added is asked for from then on. */
export const places = (): readonly string[] => {
  const text = ['places', 'purposes']
    .map((file) => readFileSync(join(packageRoot, `src/tui/${file}.ts`), 'utf8'))
    .join('\n');
  const named = (member: string): readonly string[] =>
    [...text.matchAll(new RegExp(`\\b${member}: ((?:'[a-z-]+'(?: \\| )?)+)`, 'g'))].flatMap(
      ([, words = '']) => [...words.matchAll(/'([a-z-]+)'/g)].map(([, word = '']) => word),
    );
  const forms = named('for').map((purpose) => `form ${purpose}`);
  return [...named('at').filter((at) => at !== 'form'), ...forms, 'help', 'palette', 'lock'];
};

/** The place where somebody is, by the same name. */
export const nameOf = (store: Store): string => {
  const { overlay, lock } = store.model();
  const screen = top(store.model());
  const at = screen.at === 'form' ? `form ${screen.purpose.for}` : screen.at;
  return lock !== null ? 'lock' : overlay !== null ? overlay.is : at;
};
