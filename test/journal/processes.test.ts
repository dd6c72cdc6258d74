import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemRandom } from '../../src/io/random.ts';
import { StorageError } from '../../src/io/storage.ts';
import { fileBallast } from '../../src/journal/ballast.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { newFolder, newJournal, note, reopen } from './journals.ts';

const real = { clock: systemClock(), random: systemRandom() };
const script = join(import.meta.dirname, 'appender.ts');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function append(path: string, count: number, name: string): { child: ChildProcess; lines: () => string[] } {
  const child = spawn(process.execPath, [script, path, String(count), name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  child.stdout?.on('data', (part: Buffer) => (text += part.toString('utf8')));
  // A line that the kill cut off was not acknowledged.
  return { child, lines: () => text.split('\n').slice(0, -1) };
}

describe('processes', () => {
  it('killed while appending lose nothing that was acknowledged, five times on one journal', async () => {
    const journal = newJournal(real);
    const { path } = journal;
    journal.close();
    const acknowledged = new Map<number, string>();
    for (let round = 0; round < 5; round += 1) {
      const { child, lines } = append(path, 100_000, `round-${round}`);
      const wanted = 30 + round * 7;
      while (lines().length < wanted && child.exitCode === null) await new Promise((go) => setTimeout(go, 2));
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const line of lines()) {
        const [n = '', i = ''] = line.split(' ');
        acknowledged.set(Number(n), `round-${round} ${i}`);
      }
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(100);
    const after = reopen(path, real);
    const lost = [...acknowledged].filter(([n, text]) => after.reveal({ n, name: 'text' }) !== text);
    after.close();
    expect(lost).toEqual([]);
    expect(verifyJournal(path)).toMatchObject({ ok: true, findings: [] });
  }, 60_000);

  it('append 200 entries each to one journal, and make one chain', async () => {
    const journal = newJournal(real);
    const pair = ['a', 'b'].map((name) => append(journal.path, 200, name));
    await Promise.all(pair.map(({ child }) => once(child, 'close')));
    expect(pair.map(({ child }) => child.exitCode)).toEqual([0, 0]);
    expect(pair.map(({ lines }) => lines().length)).toEqual([200, 200]);
    const mine = journal.appendNow([note(1)]);
    expect(mine[0]?.n).toBe(401);
    const order = (actor: string): unknown[] =>
      [...journal.entries()].filter((entry) => entry.actor === actor).map(({ pub }) => pub['i']);
    const counted = Array.from({ length: 200 }, (_, i) => i);
    expect([order('a'), order('b')]).toEqual([counted, counted]);
    journal.close();
    expect(verifyJournal(journal.path)).toMatchObject({ ok: true, size: 402 });
  }, 60_000);
});

describe('a full disk', () => {
  const mount = (kib: number): string | null => {
    const folder = newFolder();
    mkdirSync(join(folder, 'disk'));
    const args = ['-t', 'tmpfs', '-o', `size=${kib}k,mode=700`, 'tmpfs', join(folder, 'disk')];
    return spawnSync('mount', args).status === 0 ? join(folder, 'disk') : null;
  };
  const disk = mount(1536);
  const why = disk === null ? ' (skipped: mounting a small file system needs root)' : '';

  it.skipIf(disk === null)(
    `loses nothing acknowledged, records that it was full and refuses new effects${why}`,
    () => {
      const folder = disk ?? '';
      const files = systemFiles();
      const ballast = fileBallast(join(folder, 'ballast'), files, real.random, 400_000);
      const journal = newJournal({ ...real, path: join(folder, 'journal.sqlite'), ballast });
      expect(existsSync(join(folder, 'ballast'))).toBe(true);
      const acknowledged: number[] = [];
      const intent = (): number =>
        journal.appendNow([{ ...note(1, 'x'.repeat(2000)), kind: 'step.intent' }])[0]?.n ?? -1;
      let refused: unknown;
      try {
        for (let i = 0; i < 5000; i += 1) acknowledged.push(intent());
      } catch (error) {
        refused = error;
      }
      expect(refused).toBeInstanceOf(StorageError);
      expect(refused).toMatchObject({ code: 'full', landed: false });
      expect(existsSync(join(folder, 'ballast'))).toBe(false);
      expect(() => intent()).toThrow('the disk is full');
      for (let i = 0; i < 10; i += 1) {
        acknowledged.push(journal.appendNow([{ ...note(i), kind: 'step.outcome' }])[0]?.n ?? -1);
      }
      const kinds = [...journal.entries()].map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'disk.full')).toHaveLength(1);
      expect(acknowledged.every((n) => kinds[n] === 'step.intent' || kinds[n] === 'step.outcome')).toBe(true);
      expect(acknowledged.length).toBeGreaterThan(20);
      journal.close();
      expect(verifyJournal(join(folder, 'journal.sqlite'))).toMatchObject({ ok: true, size: kinds.length });
      spawnSync('umount', [folder]);
      spawnSync('rmdir', [folder, dirname(folder)]);
    },
  );
});
