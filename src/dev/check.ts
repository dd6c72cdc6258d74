import { spawn } from 'node:child_process';
import { join } from 'node:path';

// Runs everything that must hold before a change is done, to the end even when a part fails, and closes
// with the count of the tests. With --without-tests the tests are left out and nothing is counted.

type Stage = Readonly<{ name: string; script: string }>;

const STAGES: readonly Stage[] = [
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'typecheck' },
  { name: 'format', script: 'format:check' },
  { name: 'unused code', script: 'unused' },
  { name: 'build', script: 'build' },
  { name: 'package', script: 'pack:check' },
];

const TESTS: Stage = { name: 'tests', script: 'test' };
const CLOSING_LINE = /^\d+ passed, \d+ failed$/gm;

type Outcome = Readonly<{ ok: boolean; output: string }>;

/** Runs one npm script; its output is shown as it comes and kept for reading. */
async function run({ name, script }: Stage): Promise<Outcome> {
  console.log(`\n== ${name} ==`);
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { ok: code === 0, output };
}

const withTests = !process.argv.includes('--without-tests');
const failed: string[] = [];
let closing: string | undefined;

for (const stage of withTests ? [...STAGES, TESTS] : STAGES) {
  const { ok, output } = await run(stage);
  if (!ok) failed.push(stage.name);
  if (stage === TESTS) closing = output.match(CLOSING_LINE)?.at(-1);
}

if (withTests && closing === undefined) failed.push('tests (they printed no count)');
if (failed.length > 0) console.log(`\ncheck failed: ${failed.join(', ')}`);
if (closing !== undefined) console.log(`\n${closing}`);
process.exitCode = failed.length > 0 ? 1 : 0;
