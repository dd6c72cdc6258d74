import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeHome } from './bench/home.ts';
import { commits, reading } from './bench/journals.ts';
import { table, type Result } from './bench/rounds.ts';
import { screens } from './bench/screens.ts';
import { frames, starts } from './bench/starts.ts';
import { takeArguments } from './arguments.ts';

// Ratios, not times: every case is measured in turns with the floor or peer it is held against, so that a slow machine or a
// busy one moves both. The program is measured as built.

const packageRoot = join(import.meta.dirname, '../..');
const { rounds: count } = takeArguments({
  command: 'npm run bench',
  about: 'What starting, drawing, writing and reading cost, each in turns with what it is held against.',
  takes: { rounds: { is: 'number', place: true, otherwise: 15, says: 'how often each is measured' } },
});
// Beside the clone and not in /tmp, which may be memory: a durable write has to reach a disk.
const folder = mkdtempSync(join(packageRoot, 'node_modules/.bench-'));

const say = (title: string, results: readonly Result[] | string): void => {
  console.log(typeof results === 'string' ? `${title}\n  ${results}\n` : `${table(title, results)}\n`);
};

try {
  console.log(
    `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${count} rounds: median (middle half)\n`,
  );
  const home = await makeHome(packageRoot, folder);
  say(`Start to exit, one incident of ${home.entries} entries`, await starts(packageRoot, home, count));
  say('Start to the first frame, terminal of 80x24', await frames(packageRoot, home, count));
  say('CPU of one screen update, terminal of 120x40, at most in ms', screens(packageRoot, 5));
  say('One durable entry, hashed, sealed and signed (higher is faster)', await commits(folder, count));
  for (const size of [1000, 10_000]) say(`A journal of ${size} entries`, await reading(folder, size, 5));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
