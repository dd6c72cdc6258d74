import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { takeArguments } from './arguments.ts';

// Runs everything that must hold before a change is done, to the end even when a part fails, and closes
// with the count of the tests. With --without-tests the tests are left out and nothing is counted.

type Stage = Readonly<{ name: string; scripts: readonly string[] }>;

/** The longest first: what is short fills the other core meanwhile. The package is made of what the build wrote. */
const STAGES: readonly Stage[] = [
  { name: 'lint', scripts: ['lint'] },
  { name: 'types', scripts: ['typecheck'] },
  { name: 'unused code', scripts: ['unused'] },
  { name: 'build and package', scripts: ['build', 'pack:check'] },
  { name: 'format', scripts: ['format:check'] },
];
const AT_ONCE = 2;

const TESTS: Stage = { name: 'tests', scripts: ['test'] };
const CLOSING_LINE = /^\d+ passed, \d+ failed$/gm;

type Outcome = Readonly<{ ok: boolean; output: string }>;

/** Runs one npm script; all that it says is handed on as it comes, and kept for reading. */
async function script(name: string, say: (text: string) => void): Promise<Outcome> {
  const child = spawn('npm', ['run', '--silent', name], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      say(chunk);
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { ok: code === 0, output };
}

async function run({ name, scripts }: Stage, say: (text: string) => void): Promise<Outcome> {
  say(`\n== ${name} ==\n`);
  let all: Outcome = { ok: true, output: '' };
  for (const one of scripts) {
    if (!all.ok) return all;
    const { ok, output } = await script(one, say);
    all = { ok, output: all.output + output };
  }
  return all;
}

const failed: string[] = [];

/** Each is told in one piece, once it is over: of two at a time nobody could tell the lines apart. */
async function runAll(stages: readonly Stage[]): Promise<void> {
  const waiting = [...stages];
  const worker = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      let said = '';
      const { ok } = await run(stage, (text) => void (said += text));
      process.stdout.write(said);
      if (!ok) failed.push(stage.name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const withTests = !takeArguments({
  command: 'npm run check',
  about: 'Everything that must hold before a change lands.',
  takes: { 'without-tests': { is: 'flag', says: 'leaves the tests out' } },
})['without-tests'];
await runAll(STAGES);
let closing: string | undefined;
if (withTests) {
  const { ok, output } = await run(TESTS, (text) => void process.stdout.write(text));
  if (!ok) failed.push(TESTS.name);
  closing = output.match(CLOSING_LINE)?.at(-1);
  if (closing === undefined) failed.push('tests (they printed no count)');
}

if (failed.length > 0) console.log(`\ncheck failed: ${failed.join(', ')}`);
if (closing !== undefined) console.log(`\n${closing}`);
process.exitCode = failed.length > 0 ? 1 : 0;
