import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A merge by the built program that is killed again and again: nobody may be written to twice, and nobody left out. */

const PEOPLE = 30_000;
let box = '';
const at = (name: string): string => join(box, name);

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, '../../bin/firebreak.js'), ...args], {
    cwd: box,
    env: { PATH: process.env['PATH'] ?? '', FIREBREAK_HOME: at('home'), FIREBREAK_ACTOR: 'ada', HOME: box },
    stdio: 'ignore',
  });
const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};
const merge = (out: string, report: string): readonly string[] => [
  'letters',
  'merge',
  'gdpr-art34',
  '--recipients',
  'people.csv',
  '--trial',
  String(PEOPLE),
  '--out',
  out,
  '--report',
  report,
  '--resume',
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
  await ended(start(['declare', 'leaked-whatsapp-token', '--title', 'T']));
}, 60_000);
afterAll(() => {
  rmSync(box, { recursive: true, force: true });
});

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
