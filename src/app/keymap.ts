import type { Keymap, KeyTable } from '../model/keymap.ts';
import type { Base } from './base.ts';

/**
 * The keys of the person at this keyboard. They lie beside no team's definitions: hands are a person's, and a folder that
 * somebody else wrote must not decide what a key does. Without a file nothing is loaded.
 */
export const keymapOf = async ({ keymapFile, files }: Base, table: KeyTable): Promise<Keymap> => {
  const path = keymapFile ?? null;
  if (path === null || !files.exists(path)) return { path, found: false, remap: new Map(), issues: [] };
  const { loadKeymap } = await import('../catalog/keymap/load.ts');
  return { path, found: true, ...loadKeymap(files, path, table) };
};
