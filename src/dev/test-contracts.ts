import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { takeArguments } from './arguments.ts';

// Holds what the connectors send against the vendors' descriptions: npm run test:contracts -- <folder>
// The last line says how much was held against each, and whether a planted fault was found.

type Row = Readonly<{
  vendor: string;
  requests: number;
  problems: number;
  control: boolean;
  /** Actions whose requests the description does not cover. */
  unheld?: readonly string[];
}>;

const root = join(import.meta.dirname, '../..');

/** `github.json` describes github, `cli-contracts.json` the command-line tools. */
const vendorsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/(?:-contracts)?\.json$/, ''))
    .toSorted();

const rowsOf = (report: string): readonly Row[] =>
  existsSync(report)
    ? readFileSync(report, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Row)
    : [];

const judge = (vendors: readonly string[], rows: readonly Row[], passed: boolean): boolean => {
  const requests = Object.fromEntries(
    vendors.map((vendor) => [vendor, rows.find((row) => row.vendor === vendor)?.requests ?? 0]),
  );
  const silent = Object.entries(requests).filter(([, count]) => count === 0);
  for (const [vendor] of silent) console.error(`${vendor}: it is described, but nothing was sent to it`);
  for (const { vendor, unheld = [] } of rows)
    if (unheld.length > 0) console.error(`${vendor}: its description covers nothing of ${unheld.join(', ')}`);
  // A vendor that nothing was held against is as bad as one that was told nonsense.
  const problems = rows.reduce((sum, row) => sum + row.problems, 0) + silent.length;
  const failed = rows.length > 0 && rows.every((row) => row.control);
  const control = failed ? 'failed as it must' : 'passed, so nothing was really checked';
  const line = { schema: 'firebreak.contracts/v1', vendors: requests, problems, control };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return passed && failed && problems === 0 && vendors.length > 0;
};

const run = (folder: string): boolean => {
  const box = mkdtempSync(join(tmpdir(), 'firebreak-contracts-'));
  try {
    const report = join(box, 'report');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--config', 'test/vitest.config.ts', 'test/contracts/traffic.test.ts'];
    const env = { ...process.env, FIREBREAK_CONTRACTS: folder, FIREBREAK_CONTRACTS_REPORT: report };
    const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    return judge(vendorsIn(folder), rowsOf(report), status === 0);
  } finally {
    rmSync(box, { recursive: true });
  }
};

const { folder } = takeArguments({
  command: 'npm run test:contracts',
  about: 'Holds what the connectors send against the descriptions of their vendors.',
  takes: {
    folder: {
      is: 'text',
      value: 'FOLDER',
      place: true,
      says: 'with the descriptions, or FIREBREAK_CONTRACTS names it',
    },
  },
});
const given = folder ?? process.env['FIREBREAK_CONTRACTS'];

if (given === undefined || !existsSync(given)) {
  console.error('Give the folder with the vendors’ descriptions: npm run test:contracts -- FOLDER');
  process.exitCode = 2;
} else process.exitCode = run(resolve(given)) ? 0 : 1;
