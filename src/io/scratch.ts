import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of this process alone (0700) in the machine's place for such; it ends with what it was made for. */
export type Scratch = Readonly<{ path: string; remove: () => void }>;

export const makeScratch = (name: string): Scratch => {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
};
