import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { verifyJournal } from '../../src/journal/check.ts';
import { newFolder, newJournal, note } from './journals.ts';

const PAGE = 4096;

/** The leaves as SQLite itself reads them; null where it cannot. */
const leavesIn = (path: string): readonly string[] | null => {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT n, leaf FROM entry ORDER BY n').all() as { n: number; leaf: Buffer }[];
    return rows.map(({ n, leaf }) => `${n} ${String(leaf)}`);
  } catch {
    return null;
  } finally {
    db?.close();
  }
};

it('damage of one table does not hide which entry is wrong in another', () => {
  const folder = newFolder();
  const path = join(folder, 'journal.sqlite');
  const journal = newJournal({ path });
  for (let i = 1; i < 40; i += 1) journal.appendNow([note(i, i % 4 === 0 ? `seen ${i}` : undefined)]);
  const [pinned, known] = [journal.vkey, [journal.checkpoint()]];
  journal.close();
  const whole = readFileSync(path);
  const before = leavesIn(path) ?? [];
  const unnamed: string[] = [];
  let judged = 0;
  for (let a = 1; a < whole.length / PAGE; a += 1) {
    for (let b = a + 1; b < whole.length / PAGE; b += 1) {
      const bytes = Buffer.from(whole);
      whole.copy(bytes, a * PAGE, b * PAGE, (b + 1) * PAGE);
      whole.copy(bytes, b * PAGE, a * PAGE, (a + 1) * PAGE);
      writeFileSync(path, bytes);
      const after = leavesIn(path);
      if (after === null) continue;
      const length = Math.max(before.length, after.length);
      const first = Array.from({ length }, (_, n) => n).find((n) => before[n] !== after[n]);
      if (first === undefined) continue;
      judged += 1;
      const { findings } = verifyJournal(path, { pinned, known });
      if (!findings.some(({ entry }) => entry === first)) unnamed.push(`pages ${a} and ${b}: entry ${first}`);
    }
  }
  expect(judged).toBeGreaterThan(20);
  expect(unnamed).toEqual([]);
});
