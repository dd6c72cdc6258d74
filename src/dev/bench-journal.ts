import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commits } from './bench/journals.ts';
import { makeLongJournal } from './bench/long-journal.ts';
import { longJournal } from './bench/long.ts';
import { table, type Result } from './bench/rounds.ts';
import { takeArguments } from './arguments.ts';

// What evidence costs: one durable entry against what else one could write, and a long journal against its bare bytes. Ratios are
// of one run, case after case, as in `npm run bench`.

const packageRoot = join(import.meta.dirname, '../..');
const { entries, rounds: count } = takeArguments({
  command: 'npm run bench:journal',
  about:
    'What evidence costs: a durable entry, and a long journal read again. Ten minutes with a million entries.',
  takes: {
    entries: {
      is: 'number',
      place: true,
      otherwise: 1_000_000,
      least: 1000,
      says: 'how long the journal is',
    },
    rounds: { is: 'number', place: true, otherwise: 5, says: 'how often each is measured' },
  },
});
// Beside the clone and not in /tmp, which may be memory: a durable write has to reach a disk.
const folder = mkdtempSync(join(packageRoot, 'node_modules/.bench-'));

try {
  console.log(
    `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${count} rounds: median (middle half)\n`,
  );
  const written = await commits(folder, count * 3);
  console.log(`${table('One durable entry, hashed, sealed and signed', written)}\n`);
  const made = makeLongJournal(folder, entries);
  console.log(
    `A journal of ${entries} entries: ${made.leafBytes} bytes of leaves, ${made.fileBytes} of file, ${made.checkpoints} checkpoints,` +
      ` ${made.sealed} sealed fields; written in ${made.seconds.toFixed(0)} s\n`,
  );
  const read = await longJournal(made, count);
  console.log(`${table(`Read again, each in a process of its own`, read)}\n`);
  const judged = [...written, ...read].filter(({ goal }) => goal !== null);
  const missed = judged.filter(({ met }) => met !== true).map(({ name }) => name);
  console.log(JSON.stringify({ schema: 'firebreak.journal-bench/v1', entries, ...figures(judged), missed }));
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What each goal is held against, by the name of its case: a ratio where there is a peer, else the figure itself. */
function figures(results: readonly Result[]): Readonly<Record<'figures', Readonly<Record<string, number>>>> {
  const round = (value: number): number => Number(value.toPrecision(3));
  return {
    figures: Object.fromEntries(results.map(({ name, ratio, value }) => [name, round(ratio ?? value)])),
  };
}
