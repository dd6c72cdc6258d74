import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/io/sqlite.ts';
import { systemRandom } from '../../src/io/random.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { openJournal } from '../../src/journal/store.ts';
import { newFolder, newJournal, note, testKeys } from '../journal/journals.ts';
import { fastClock } from '../rig/fast-clock.ts';

const folder = newFolder();
const original = join(folder, 'original.sqlite');
beforeAll(() => {
  const journal = newJournal({ path: original });
  for (let i = 1; i < 6; i += 1) journal.appendNow([note(i, `private ${i}`)]);
  journal.close();
});

const changed = (name: string, sql: string): string => {
  const path = join(folder, `${name}.sqlite`);
  copyFileSync(original, path);
  const db = openSqlite(path, { mode: 'write' });
  db.exec(sql);
  db.close();
  return path;
};

const open = (path: string) =>
  openJournal({ path, clock: fastClock(), random: systemRandom(), keys: testKeys }).close();

describe('a journal that somebody with the file has given rules of their own', () => {
  test.each([
    [
      'drops an entry that would be told as written',
      'BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END',
    ],
    ['drops what is sealed', 'BEFORE INSERT ON blob BEGIN SELECT RAISE(IGNORE); END'],
    ['destroys what was sealed before', 'AFTER INSERT ON entry BEGIN UPDATE blob SET data = NULL; END'],
  ])('%s: it is not written to, and does not pass', (name, rule) => {
    const path = changed(name.replaceAll(' ', '-'), `CREATE TRIGGER evil ${rule}`);
    expect(() => open(path)).toThrow(/somebody has added the rule evil/);
    expect(verifyJournal(path)).toMatchObject({ ok: false });
  });

  test('a view in the place of a table is noticed', () => {
    const path = changed('view', 'ALTER TABLE blob RENAME TO b; CREATE VIEW blob AS SELECT * FROM b');
    expect(() => open(path)).toThrow(/somebody has added the rule blob/);
    expect(verifyJournal(path).ok).toBe(false);
  });
});

describe('a journal that somebody with the file has written to', () => {
  test.each([
    ['an entry that no checkpoint signs', 'DELETE FROM checkpoint WHERE size = 6'],
    ['a second log', `INSERT INTO checkpoint VALUES ('other', 99, 'x')`],
    ['an entry of its own', 'INSERT INTO entry SELECT log, n + 1, leaf, hash FROM entry WHERE n = 5'],
    ['sealed bytes that are gone', 'UPDATE blob SET data = NULL'],
    [
      'a data key destroyed by nobody',
      `UPDATE blob SET data = NULL; UPDATE dek SET state = 'destroyed', wrapped = NULL`,
    ],
  ])('does not pass: %s', (name, sql) => {
    expect(verifyJournal(changed(name.replaceAll(' ', '-'), sql)).ok).toBe(false);
  });

  // What a file alone cannot show; a checkpoint that was sent elsewhere does.
  test('an older copy passes on its own, and not against a checkpoint that left the machine', () => {
    const older = join(folder, 'older.sqlite');
    copyFileSync(original, older);
    const journal = openJournal({
      path: original,
      clock: fastClock(),
      random: systemRandom(),
      keys: testKeys,
    });
    journal.appendNow([note(7)]);
    const known = [journal.checkpoint()];
    journal.close();
    expect(verifyJournal(older).ok).toBe(true);
    expect(verifyJournal(older, { known }).ok).toBe(false);
  });
});
