import type { Remap } from '../app/contract.ts';

/** One key press as the screens see it. `name` is a letter or a word (`enter`, `up`, `esc`); `text` what it would type. */
export type Key = Readonly<{ name: string; text: string; ctrl: boolean; meta: boolean; shift: boolean }>;

/**
 * One row of the key table. `keys` are written as in help: `x`, `D`, `ctrl+k`, `enter`. `hint` orders the footer, lowest
 * first; without it a binding is in help and palette alone. `command` is the same thing without a screen.
 */
export type Binding = Readonly<{
  id: string;
  keys: readonly string[];
  says: string;
  long: string;
  hint?: number;
  command?: string;
}>;

/** A key press in the spelling of the table. */
export const spell = (key: Key): string => {
  const name = key.ctrl ? `ctrl+${key.name}` : key.meta ? `alt+${key.name}` : key.name;
  return key.shift && key.name === 'tab' ? 'shift+tab' : name;
};

export const pressed = <B extends Binding>(bindings: readonly B[], key: Key): B | null => {
  const spelt = spell(key);
  return bindings.find((one) => one.keys.includes(spelt)) ?? null;
};

/** The same rows with the keys that the person gave them. */
export const remapped = <B extends Binding>(
  bindings: readonly B[],
  remap: Remap | undefined,
): readonly (Omit<B, 'keys'> & Binding)[] =>
  remap === undefined || remap.size === 0
    ? bindings
    : bindings.map((one) => ({ ...one, keys: remap.get(one.id) ?? one.keys }));
