import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { newHome } from '../../rig/app.ts';
import type { Ran } from '../../rig/program.ts';

/** Data folders as older versions left them; `README.md` says how they were made. */

export const VERSIONS = ['before-batches', 'before-epochs'] as const;

/** What is written in them, and what is written behind that today. */
export const TITLE = 'Odd mail from Zoë';
export const THEN = 'The scanner wrote to us at two';
export const NOW = 'Written by a newer version';

/** A data folder as it was left, where somebody has just put a newer version beside it. */
export const unpacked = (version: string): string => {
  const home = newHome();
  const data = join(home, 'data');
  cpSync(join(import.meta.dirname, version), data, { recursive: true });
  for (const file of readdirSync(data, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    chmodSync(path, file.isFile() ? 0o600 : 0o700);
    if (!file.name.endsWith('.gz')) continue;
    writeFileSync(path.slice(0, -'.gz'.length), gunzipSync(readFileSync(path)), { mode: 0o600 });
    rmSync(path);
  }
  chmodSync(data, 0o700);
  return home;
};

export const only = (home: string, folder: string): string =>
  readdirSync(join(home, 'data', folder))[0] ?? '';
/** How many entries `verify` found to be true. */
export const entriesOf = ({ stdout }: Pick<Ran, 'stdout'>): number =>
  Number(/VERIFIED (\d+) entries/.exec(stdout)?.[1]);
