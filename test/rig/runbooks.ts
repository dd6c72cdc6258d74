import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Those that ship, by the folders they lie in. */
export const runbooks: readonly string[] = readdirSync(join(import.meta.dirname, '../../runbooks'), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map(({ name }) => name);
