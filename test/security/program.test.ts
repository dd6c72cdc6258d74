import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { canaries, foundIn, held, pasted } from './canaries.ts';
import { builtProgram } from './leaky.ts';
import { openScene, type Ran, type Scene } from './scene.ts';

/** The program as it is installed, in processes of its own: what it holds shows up in nothing that it leaves behind. */

const gone: string[] = [];
afterAll(() => {
  for (const path of gone) rmSync(path, { recursive: true, force: true });
});

const words = pasted.join(' ; ');
const typed = (text: string): string => text.replaceAll('\n', ' ');
const enter = '\r';
const ctrlC = '\u0003';

/** One night: everything that takes a text gets all of them, everything that shows something is asked. */
const night = async (scene: Scene, how: 'whole' | 'leaky'): Promise<Readonly<Record<string, string>>> => {
  const said: string[] = [];
  const errors: string[] = [];
  const run = async (args: readonly string[], ends = 0, stdin = ''): Promise<Ran> => {
    const ran = await scene.run(args, { stdin });
    said.push(ran.stdout);
    errors.push(ran.stderr);
    // A night that ended at its first command would leak nothing either.
    if (how === 'whole')
      expect(ran.code, `${args.slice(0, 3).join(' ').slice(0, 60)}: ${ran.stderr.slice(0, 600)}`).toBe(ends);
    return ran;
  };
  await run(['trust']);
  await run(['declare', 'leaked-whatsapp-token', '--title', words]);
  await run(['note', words, '--star']);
  await run(['note', '-'], 0, words);
  await run(['done', 'record-report', '--answer', words]);
  await run(['done', 'record-earliest', '--answer', '-20m']);
  await run(['done', 'give-token', '--secrets-stdin'], 0, `lrh-prod-su=${held.leaked}\n`);
  await run(['done', 'copy-token-record', words]);
  await run(['run', 'revoke-token', '--confirm', 'lrh-prod-su'], 5);
  await run(['approve', '--ask', 'stop-webhooks']);
  const waiting = (await run(['approve', '--json'])).stdout;
  const asked = /"asked":(\d+)/.exec(waiting)?.[1] ?? '0';
  await run(['approve', asked, '--by', 'priya', '--key', scene.key]);
  await run(['run', 'stop-webhooks', '--yes'], 5);
  await run(['pause', 'build-key', '--yes', '--why', words]);
  await run(['evidence', 'add', '--note', words, '--', 'collect', 'all']);
  await run(['journal', 'anchor']);
  const formats = 'md brief csv jsonl register bundle regulator-pack handover timesketch'.split(' ');
  for (const format of how === 'whole' ? formats : ['md']) await run(['export', '--format', format]);
  await run(['journal', 'backup', '--all', '--out', join(scene.root, 'data/backups')]);
  const id = /"id":"([^"]+)"/.exec((await run(['list', '--json'])).stdout)?.[1] ?? '';
  const looks = [
    ['status'],
    ['next'],
    ['clocks'],
    ['list'],
    ['evidence', 'list'],
    ['status', '--json'],
    ['clocks', '--json'],
    ['journal', 'show', id, '--json'],
    ['plan', 'leaked-whatsapp-token'],
    ['plan', 'leaked-whatsapp-token', '--json'],
    ['info'],
    ['letters', 'show', 'gdpr-art33'],
    ['status', '--recheck'],
  ];
  // A person at the screen waits for it most of the time, so the rest is asked beside.
  const [screen] = await Promise.all([
    scene.run([], { keys: [enter, 't', 'i', '\u001b', typed(words).slice(0, 200), ctrlC, ctrlC, ctrlC] }),
    (async () => {
      for (const look of how === 'whole' ? looks : looks.slice(0, 1)) await run(look);
      await run(['doctor', '--json'], 4);
    })(),
  ]);
  const dead = await died(scene, id);
  return {
    ...scene.places(),
    'standard output': said.join('\n'),
    'standard error': errors.join('\n'),
    'the screen': screen.stdout + screen.stderr,
    ...dead,
  };
};

/** Dies in the middle of a request, in the arms of a stray callback that quotes the request; and leaves a report. */
const PRELOAD = `
  import { EventEmitter } from 'node:events';
  import { readFileSync } from 'node:fs';
  import http from 'node:http';
  import https from 'node:https';
  import { syncBuiltinESMExports } from 'node:module';
  const words = readFileSync(process.env.HOME + '/words', 'utf8');
  http.request = https.request = (url, options) => {
    setTimeout(() => { throw new Error('no ' + url + JSON.stringify(options.headers) + words); });
    return Object.assign(new EventEmitter(), { end() {}, destroy() {} });
  };
  syncBuiltinESMExports();`;
const reportsIn = (scene: Scene): readonly string[] =>
  readdirSync(join(scene.root, 'tmp')).filter((name) => name.startsWith('report.'));

/** A report is one JSON object. */
const isWhole = (path: string): boolean => readFileSync(path, 'utf8').trimEnd().endsWith('\n}');

/** For as long as a busy machine may need; what did not come by then is found missing below. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !holds(); tries += 1)
    await new Promise((resolve) => void setTimeout(resolve, 100));
};

const died = async (scene: Scene, id: string): Promise<Readonly<Record<string, string>>> => {
  const preload = join(scene.env['HOME'] ?? '', 'preload.mjs');
  writeFileSync(preload, PRELOAD);
  writeFileSync(join(scene.env['HOME'] ?? '', 'words'), words);
  const reports = `--report-on-signal --report-signal=SIGUSR2 --report-uncaught-exception --report-directory=${join(scene.root, 'tmp')}`;
  const crash = await scene.run(['doctor'], { env: { NODE_OPTIONS: `--import=${preload}` } });
  expect(crash.code).toBe(1);
  const filters: string[] = [];
  const aborted = await scene.run(['journal', 'tail', id, '--follow'], {
    env: { NODE_OPTIONS: reports },
    started: async (pid) => {
      const filter = (): string => readFileSync(`/proc/${pid}/coredump_filter`, 'utf8').trim();
      await until(() => /^0+$/.test(filter()));
      filters.push(filter());
      process.kill(pid, 'SIGUSR2');
      // Begun is not written: one that is cut short would be clean for want of words.
      await until(() => reportsIn(scene).some((name) => isWhole(join(scene.root, 'tmp', name))));
      process.kill(pid, 'SIGABRT');
    },
  });
  expect(aborted.code).toBe(null);
  const left = reportsIn(scene);
  // The report is written, so that its being clean says something.
  expect(left.length).toBeGreaterThan(0);
  return {
    'last words': crash.stdout + crash.stderr + aborted.stdout + aborted.stderr,
    'report of the runtime': left.map((name) => readFileSync(join(scene.root, 'tmp', name), 'utf8')).join(),
    'core filter': filters.join(),
  };
};

const lived = async (how: 'whole' | 'leaky'): Promise<Readonly<Record<string, string>>> => {
  const program = await builtProgram(how);
  const scene = await openScene(program);
  gone.push(program, scene.root);
  try {
    return await night(scene, how);
  } finally {
    await scene.close();
  }
};

test.concurrent(
  `${canaries.length} canaries in eight forms reach nothing outside the running program`,
  { timeout: 600_000 },
  async () => {
    const seen = await lived('whole');
    // Every place was written to, so that its being clean says something.
    for (const [place, text] of Object.entries(seen)) expect(text.length, place).toBeGreaterThan(0);
    expect(seen['core filter']).toMatch(/^0+$/);
    expect(Object.entries(seen).flatMap(([place, text]) => foundIn(place, text))).toEqual([]);
  },
);

test.concurrent(
  'without its protections each of these places holds some of them',
  { timeout: 600_000 },
  async () => {
    const seen = await lived('leaky');
    const clean = Object.entries(seen).filter(([place, text]) => foundIn(place, text).length === 0);
    // The filter holds a number, and is compared with it above.
    expect(clean.map(([place]) => place)).toEqual(['core filter']);
  },
);
