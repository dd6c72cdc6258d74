import { build } from 'esbuild';
import { execa } from 'execa';
import { copyFileSync, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeArguments } from './arguments.ts';

// A letter to everybody on a list, against the same merge in python3-jinja2 (Debian), in turns on one core.

const { rows: ROWS, rounds: ROUNDS } = takeArguments({
  command: 'npm run bench:merge',
  about: 'A letter to everybody on a list, against the same merge in python3-jinja2.',
  takes: {
    rows: { is: 'number', otherwise: 1_000_000, least: 1000, says: 'how many people are on the list' },
    rounds: { is: 'number', otherwise: 3, says: 'how often each is measured' },
  },
});
const FEW = Math.max(1000, Math.round(ROWS / 10));
/** `growth`: what the table of who had a letter takes for ten times as many people, and no more. */
const GOAL = { mbox: 2.3, html: 4, megabytes: 200, growth: 48 };

const CITIES = ['Dublin', 'Köln', 'Lyon', 'Málaga', 'Łódź', 'Århus'];
const NAMES = ["Aoife O'Brien", 'Jürgen Groß', 'Zoë Martin', 'Ana & Luis', 'Ada Lovelace', 'Li Wei'];

const people = async (path: string, rows: number): Promise<void> => {
  const out = createWriteStream(path);
  out.write('id,address,name,salutation,language,customer,city,street,since,amount,agent,phone\n');
  for (let i = 0; i < rows; i++) {
    const line = `c${i},person${i}@example.org,"${NAMES[i % 6] ?? ''}",,en,K-${i},${CITIES[(i * 7) % 6] ?? ''},${i % 200} Long Street,20${10 + (i % 15)}-03-01,${(i % 900) / 10},Desk ${i % 40},+353 1 555 ${String(i % 10_000).padStart(4, '0')}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
};

type Ran = Readonly<{ seconds: number; megabytes: number }>;

/** Seconds of the processor, so that other work on the machine does not count: one core is all that either of them uses. */
const timed = async (file: string, args: readonly string[]): Promise<Ran> => {
  const ran = await execa('/usr/bin/time', ['-f', '%U %S %M', 'taskset', '-c', '0', file, ...args]);
  const [user = '0', system = '0', kilobytes = '0'] = ran.stderr.trim().split('\n').at(-1)?.split(' ') ?? [];
  return { seconds: Number(user) + Number(system), megabytes: Number(kilobytes) / 1024 };
};

const best = (runs: readonly Ran[]): Ran =>
  runs.reduce((one, other) => (other.seconds < one.seconds ? other : one));

const box = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
const here = import.meta.dirname;
/** In one file of JavaScript, as the program is shipped: taking the types out of a source costs a second of its own. */
const bundled = async (): Promise<string> => {
  const outfile = join(box, 'task.mjs');
  await build({
    entryPoints: [join(here, 'bench/merge/task.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    external: ['@myriaddreamin/typst-ts-node-compiler'],
    banner: { js: `const require=process.getBuiltinModule('module').createRequire(import.meta.url);` },
    logLevel: 'error',
  });
  copyFileSync(join(here, 'bench/merge/letter.hbs'), join(box, 'letter.hbs'));
  return outfile;
};
const ours = async (task: string, list: string, form: string, out: string): Promise<Ran> =>
  await timed(process.execPath, [task, list, form, out]);
const peer = async (list: string, out: string): Promise<Ran> =>
  await timed('python3', [
    join(here, 'bench/merge/peer.py'),
    list,
    out,
    join(here, 'bench/merge/letter.hbs'),
  ]);

try {
  const [all, few] = [join(box, 'all.csv'), join(box, 'few.csv')];
  await people(all, ROWS);
  await people(few, FEW);
  const hasPeer = await execa('python3', ['-c', 'import jinja2'], { reject: false });
  if (hasPeer.exitCode !== 0) console.log('python3-jinja2 is not installed: no peer was timed');

  // The words must be those of Handlebars, letter for letter, before any of them counts.
  const small = join(box, 'small.csv');
  await people(small, 2000);
  const same = await execa(process.execPath, [join(here, 'bench/merge/same.ts'), small]);
  console.log(same.stdout);

  const task = await bundled();
  const runs: Record<'mbox' | 'html' | 'peer' | 'few', Ran[]> = { mbox: [], html: [], peer: [], few: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const form of ['mbox', 'html'] as const) {
      const out = join(box, `out.${form}`);
      runs[form].push(await ours(task, all, form, out));
      if (round === 0) console.log(`${form}: ${(statSync(out).size / ROWS).toFixed(0)} bytes a letter`);
      rmSync(out, { force: true });
    }
    runs.few.push(await ours(task, few, 'mbox', join(box, 'few.mbox')));
    rmSync(join(box, 'few.mbox'), { force: true });
    if (hasPeer.exitCode === 0) {
      runs.peer.push(await peer(all, join(box, 'peer.mbox')));
      rmSync(join(box, 'peer.mbox'), { force: true });
    }
  }
  const line = (name: string, { seconds, megabytes }: Ran, rows: number, more = ''): void =>
    console.log(
      `${name.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s ${Math.round(rows / seconds)
        .toLocaleString('en')
        .padStart(10)} letters/s ${megabytes.toFixed(0).padStart(5)} MiB${more}`,
    );
  const versus = runs.peer.length === 0 ? null : best(runs.peer);
  if (versus !== null) line('python3 jinja2 to mbox (peer)', versus, ROWS);
  for (const form of ['mbox', 'html'] as const) {
    const ran = best(runs[form]);
    const ratio = versus === null ? null : versus.seconds / ran.seconds;
    const says =
      ratio === null
        ? ''
        : `  ${ratio.toFixed(1)}x the peer, goal ${GOAL[form]}: ${ratio >= GOAL[form] ? 'met' : 'MISSED'}`;
    line(`firebreak to ${form}, one core`, ran, ROWS, says);
  }
  const [large, little] = [
    Math.max(...[...runs.mbox, ...runs.html].map(({ megabytes }) => megabytes)),
    best(runs.few).megabytes,
  ];
  line(`firebreak to mbox, ${FEW.toLocaleString('en')} letters`, best(runs.few), FEW);
  const fits = large <= GOAL.megabytes && large - little <= GOAL.growth;
  console.log(
    `memory ${little.toFixed(0)} MiB at ${FEW.toLocaleString('en')}, ${large.toFixed(0)} MiB at ${ROWS.toLocaleString('en')}, goal ${GOAL.megabytes} and no more than ${GOAL.growth} of growth: ${fits ? 'met' : 'MISSED'}`,
  );
  if (!fits) process.exitCode = 1;
} finally {
  rmSync(box, { recursive: true, force: true });
}
