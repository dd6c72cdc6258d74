import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiled } from '../rig/compiled.ts';

/** A merge by the built program that is killed again and again: nobody may be written to twice, and nobody left out. */

const PEOPLE = 30_000;
let box = '';
const at = (name: string): string => join(box, name);

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, '../../bin/firebreak.js'), ...args], {
    cwd: box,
    env: {
      ...compiled,
      PATH: process.env['PATH'] ?? '',
      FIREBREAK_HOME: at('home'),
      FIREBREAK_ACTOR: 'ada',
      HOME: box,
    },
    stdio: 'ignore',
  });
const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};
const merge = (
  out: string,
  report: string,
  more: readonly string[] = [],
  list = 'people.csv',
): readonly string[] => [
  'letters',
  'merge',
  'gdpr-art34',
  '--recipients',
  list,
  '--trial',
  String(PEOPLE),
  '--out',
  out,
  '--report',
  report,
  '--resume',
  ...more,
];
const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);
/** The day is the same, the second is not. */
const letters = (path: string): string => readFileSync(path, 'utf8').replaceAll(/^Date: .*$/gm, '');

beforeAll(async () => {
  box = mkdtempSync(join(tmpdir(), 'firebreak-merge-'));
  const rows = Array.from({ length: PEOPLE }, (_, i) =>
    i % 1000 === 999 ? `c${i},nobody,Ada ${i}` : `c${i},p${i % 25_000}@example.org,Ada ${i}`,
  );
  writeFileSync(at('people.csv'), `id,address,name\n${rows.join('\n')}\n`);
  writeFileSync(at('few.csv'), `id,address,name\n${rows.slice(0, 6000).join('\n')}\n`);
  await ended(start(['declare', 'leaked-whatsapp-token', '--title', 'T']));
}, 60_000);
afterAll(() => {
  rmSync(box, { recursive: true, force: true });
}, 60_000);

test('killed in the middle and gone on with, it is the same file and the same report', async () => {
  expect(await ended(start(merge('whole.mbox', 'whole.csv')))).toBe(0);
  const whole = sizeOf(at('whole.mbox'));
  let kills = 0;
  for (const share of [0.05, 0.3, 0.6, 0.9]) {
    const child = start(merge('parts.mbox', 'parts.csv'));
    while (sizeOf(at('parts.mbox')) < whole * share && child.exitCode === null) await pause(5);
    if (child.exitCode !== null) break;
    child.kill('SIGKILL');
    await ended(child);
    kills += 1;
  }
  // Without a kill that struck it there is nothing to be seen here.
  expect(kills).toBeGreaterThan(1);
  expect(await ended(start(merge('parts.mbox', 'parts.csv')))).toBe(0);
  expect(letters(at('parts.mbox')) === letters(at('whole.mbox'))).toBe(true);
  expect(readFileSync(at('parts.csv'), 'utf8')).toBe(readFileSync(at('whole.csv'), 'utf8'));
  expect(existsSync(at('parts.mbox.unfinished.json'))).toBe(false);
  const to = letters(at('parts.mbox')).match(/^To: .*$/gm) ?? [];
  expect(new Set(to.map((line) => line.replace(/^.*</, ''))).size).toBe(to.length);
}, 120_000);

/** Every file with its hash, as the list of them and the disk have it. */
const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name !== 'letters.csv')
    .map((one) => {
      const path = join(one.parentPath, one.name);
      return `${path.slice(folder.length + 1)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    })
    .toSorted();
const listed = (path: string): readonly string[] =>
  readFileSync(path, 'utf8')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.slice(1).split('","').slice(0, 2).join(' '))
    .toSorted();

/** Killed at these shares of what the whole run wrote, then ended; how many kills struck. */
const killed = async (args: readonly string[], grows: string, whole: number): Promise<number> => {
  let kills = 0;
  for (const share of [0.1, 0.5, 0.9]) {
    const child = start(args);
    while (sizeOf(at(grows)) < whole * share && child.exitCode === null) await pause(5);
    if (child.exitCode !== null) break;
    child.kill('SIGKILL');
    await ended(child);
    kills += 1;
  }
  expect(await ended(start(args))).toBe(0);
  return kills;
};

test('a zip that was killed is gone on with from its last whole letter, and is a whole zip', async () => {
  const each = ['--each', 'html'];
  expect(await ended(start(merge('whole.zip', 'whole-zip.csv', each)))).toBe(0);
  const kills = await killed(merge('parts.zip', 'parts-zip.csv', each), 'parts.zip', sizeOf(at('whole.zip')));
  expect(kills).toBeGreaterThan(0);
  expect(readFileSync(at('parts.zip')).equals(readFileSync(at('whole.zip')))).toBe(true);
  const says = execFileSync('python3', [
    '-c',
    'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.infolist()), len(set(z.namelist())))',
    at('parts.zip'),
  ]);
  const many = listed(at('parts.zip.letters.csv')).length;
  expect(String(says).trim()).toBe(`None ${many} ${many}`);
}, 120_000);

test('a folder that was killed has every letter whole, once', async () => {
  const each = ['--format', 'files', '--each', 'html'];
  expect(await ended(start(merge('whole', 'whole-files.csv', each, 'few.csv')))).toBe(0);
  const kills = await killed(
    merge('parts', 'parts-files.csv', each, 'few.csv'),
    'parts/letters.csv',
    sizeOf(at('whole/letters.csv')),
  );
  expect(kills).toBeGreaterThan(0);
  expect(files(at('parts'))).toEqual(listed(at('parts/letters.csv')));
  expect(files(at('parts'))).toEqual(files(at('whole')));
}, 180_000);
