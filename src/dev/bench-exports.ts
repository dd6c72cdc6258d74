import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exportsOf, opensOf } from './bench/long-home.ts';
import { makeLongHome } from './bench/long-incident.ts';
import { table } from './bench/rounds.ts';

// A long incident opened, looked at and exported by the built program, against what else reads such a file: python's sqlite3 and the
// `sqlite3` program. `npm run bench:exports -- ENTRIES ROUNDS` takes other sizes.

const packageRoot = join(import.meta.dirname, '../..');
const entries = Number(process.argv[2] ?? 100_000);
const count = Number(process.argv[3] ?? 5);
// Beside the clone and not in /tmp, which may be memory: a journal lies on a disk.
const folder = mkdtempSync(join(packageRoot, 'node_modules/.bench-'));

try {
  console.log(
    `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${count} rounds: median (middle half)\n`,
  );
  const home = await makeLongHome(packageRoot, folder, entries);
  console.log(`${table(`An incident of ${entries} entries`, await opensOf(packageRoot, home, count))}\n`);
  const written = await exportsOf(packageRoot, home, count);
  if (typeof written === 'string') console.log(written);
  else console.log(table('Exported, from start to exit; every tenth entry is sealed', written));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
