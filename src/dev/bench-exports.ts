import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exportsOf, opensOf } from './bench/long-home.ts';
import { makeLongHome } from './bench/long-incident.ts';
import { table } from './bench/rounds.ts';
import { takeArguments } from './arguments.ts';

// A long incident opened, looked at and exported by the built program, against what else reads such a file: python's sqlite3 and the
// `sqlite3` program.

const packageRoot = join(import.meta.dirname, '../..');
const { entries, rounds: count } = takeArguments({
  command: 'npm run bench:exports',
  about: 'A long incident opened, looked at and exported, against python and the sqlite3 program.',
  takes: {
    entries: { is: 'number', place: true, otherwise: 100_000, least: 100, says: 'how long the incident is' },
    rounds: { is: 'number', place: true, otherwise: 5, says: 'how often each is measured' },
  },
});
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
