import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSqlite, type Sqlite } from '../../src/io/sqlite.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import type { ItemDraft } from '../../src/journal/draft.ts';
import { leafHash } from '../../src/journal/merkle.ts';
import { migration001 } from '../../src/journal/migrations/001.ts';
import { openJournal } from '../../src/journal/store.ts';
import { itemRef, parseRef, placeOf, refText } from '../../src/model/item.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeRandom } from '../fakes/random.ts';
import { newFolder, newJournal, note, testKeys } from './journals.ts';

const ITEMS = 6;
const secret = (value: string) => ({ class: 'exchange', value });
const plan = (item: number): ItemDraft => ({
  item,
  kind: 'plan',
  pub: { target: `token-${item}` },
  priv: { args: secret(`{"id":"${item}"}`) },
});
const intent = (item: number): ItemDraft => ({ item, kind: 'intent', pub: {} });
const outcome = (item: number, result: string): ItemDraft => ({
  item,
  kind: 'outcome',
  pub: { result },
  priv: { receipt: secret(`before ${item}`) },
});
const proof = (item: number): ItemDraft => ({ item, kind: 'proof', pub: { proof: 'proved' } });

const begin = {
  kind: 'batch.intent',
  actor: 'ada',
  pub: {},
  begins: Array.from({ length: ITEMS }, (_, i) => plan(i)),
};
const end = (batch: number, results: string, proofs: string) => ({
  kind: 'batch.outcome',
  actor: 'ada',
  pub: { batch, results, proofs },
  ends: batch,
});

const folder = newFolder();
const original = join(folder, 'original.sqlite');
let batch = 0;

beforeAll(async () => {
  const journal = newJournal({ path: original });
  journal.appendNow([note(1)]);
  batch = journal.appendNow([begin])[0]?.n ?? 0;
  await Promise.all([
    journal.appendRows({ batch, rows: [intent(0), intent(1)] }),
    journal.append([note(2)]),
    journal.appendRows({ batch, rows: [intent(2)] }),
  ]);
  await journal.appendRows({ batch, rows: [outcome(1, 'done'), outcome(0, 'failed'), proof(1)] });
  journal.appendNow([end(batch, 'fdu---', '-p----'), note(3)]);
  journal.close();
});

function tamper(change: (db: Sqlite) => void) {
  const path = join(folder, 'tampered.sqlite');
  copyFileSync(original, path);
  const db = openSqlite(path, { mode: 'write' });
  db.exec('DROP TRIGGER item_is_never_changed; DROP TRIGGER item_is_never_removed');
  change(db);
  db.close();
  return verifyJournal(path, { kek: testKeys.kek ?? new Uint8Array() });
}

describe('rows of a batch', () => {
  test('are read back in order with their sealed fields, newest first where a field stands twice', () => {
    const journal = openJournal({ path: original, clock: fakeClock(), random: fakeRandom(), keys: testKeys });
    expect(journal.items(batch).map(({ item, kind }) => `${kind} ${item}`)).toEqual([
      ...Array.from({ length: ITEMS }, (_, i) => `plan ${i}`),
      'intent 0',
      'intent 1',
      'intent 2',
      'outcome 1',
      'outcome 0',
      'proof 1',
    ]);
    expect(journal.reveal({ n: itemRef(batch, 1), name: 'receipt' })).toBe('before 1');
    expect(journal.reveal({ n: itemRef(batch, 4), name: 'args' })).toBe('{"id":"4"}');
    expect(journal.reveal({ n: itemRef(batch, 2), name: 'receipt' })).toBeNull();
    journal.close();
  });

  test('are signed by the two entries of their batch, and pass verification', () => {
    expect(tamper(() => undefined)).toMatchObject({ ok: true, findings: [] });
  });

  test('are refused once written, by our own code too', () => {
    const path = join(folder, 'guarded.sqlite');
    copyFileSync(original, path);
    const db = openSqlite(path, { mode: 'write' });
    expect(() => db.run('DELETE FROM item WHERE place = 0')).toThrow(/never removed/);
    expect(() => db.run('UPDATE item SET place = 1')).toThrow(/never changed/);
    db.close();
  });

  test('of which any byte is changed are named one by one with the number of their entry', () => {
    const report = tamper((db) => {
      for (const row of db.all('SELECT id, leaf FROM item')) {
        const leaf = Uint8Array.from(row['leaf'] as Uint8Array);
        const at = Number(row['id']) % leaf.length;
        leaf[at] = (leaf[at] ?? 0) ^ 1;
        db.run('UPDATE item SET leaf = ? WHERE id = ?', leaf, row['id'] ?? null);
      }
    });
    const named = report.findings.filter(({ kind, says }) => kind === 'item' && says.startsWith('row '));
    expect(named.map(({ entry, says }) => [entry, /^row (\d+) /.exec(says)?.[1]])).toEqual(
      Array.from({ length: ITEMS + 6 }, (_, i) => [batch, String(i)]),
    );
  });

  test('whose hash was made to fit again contradict what the entry signs', () => {
    const report = tamper((db) => {
      const row = db.get(`SELECT id, leaf FROM item WHERE place = 0 AND CAST(leaf AS TEXT) LIKE '%failed%'`);
      const leaf = Buffer.from(String(Buffer.from(row?.['leaf'] as Uint8Array)).replace('failed', 'done'));
      db.run('UPDATE item SET leaf = ?, hash = ? WHERE id = ?', leaf, leafHash(leaf), row?.['id'] ?? null);
    });
    expect(report.findings).toMatchObject([{ kind: 'item', entry: batch }]);
    expect(report.findings[0]?.says).toContain('are not those that entry');
  });

  test.each([
    ['the last one', 'DELETE FROM item WHERE id = (SELECT max(id) FROM item)'],
    ['one of the plan', 'DELETE FROM item WHERE place = 3'],
    ['all of them', 'DELETE FROM item'],
  ])('are missed when %s is gone', (_title, sql) => {
    const report = tamper((db) => db.exec(sql));
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.findings.every(({ kind, entry }) => kind === 'item' && entry === batch)).toBe(true);
  });

  test('that no entry begins are found', () => {
    const report = tamper((db) => db.exec(`UPDATE item SET id = id + ${5 * 2 ** 24}`));
    expect(report.findings.map(({ says }) => says)).toContain(
      '12 rows belong to a batch that no entry begins',
    );
  });

  test('whose sealed bytes were changed or lost are named', () => {
    const report = tamper((db) => {
      db.exec(`UPDATE item_blob SET data = x'00' WHERE item = (SELECT min(item) FROM item_blob)`);
      db.exec(`DELETE FROM item_blob WHERE item = (SELECT max(item) FROM item_blob)`);
    });
    expect(report.findings.map(({ kind, entry }) => [kind, entry])).toEqual([
      ['sealed', batch],
      ['sealed', batch],
    ]);
  });

  test('must be what the last entry says of them', () => {
    const path = join(folder, 'lying.sqlite');
    const journal = newJournal({ path });
    const n = journal.appendNow([begin])[0]?.n ?? 0;
    journal.appendNow([end(n, 'dddddd', 'pppppp')]);
    journal.close();
    expect(verifyJournal(path).findings).toMatchObject([{ kind: 'item', entry: n + 1 }]);
  });

  test('lose what was sealed with a destroyed key, and every proof stays valid', () => {
    const path = join(folder, 'shredded.sqlite');
    copyFileSync(original, path);
    const journal = openJournal({ path, clock: fakeClock(), random: fakeRandom(), keys: testKeys });
    journal.shred('exchange', { actor: 'ada', reason: 'policy' });
    expect(journal.reveal({ n: itemRef(batch, 1), name: 'receipt' })).toBeNull();
    journal.close();
    expect(verifyJournal(path)).toMatchObject({ ok: true });
  });
});

test('a journal from before there were batches is read, written and verified', () => {
  const path = join(folder, 'old.sqlite');
  const made = newJournal({ path });
  made.close();
  const db = openSqlite(path, { mode: 'write' });
  db.exec('DROP TABLE item; DROP TABLE item_blob; DROP TABLE shipped; PRAGMA user_version = 1');
  db.close();
  expect(migration001).toContain('CREATE TABLE entry');
  const options = { path, clock: fakeClock(), random: fakeRandom(), keys: testKeys };
  const old = openJournal({ ...options, readOnly: true });
  expect([old.size(), old.items(0), old.reveal({ n: itemRef(0, 0), name: 'args' })]).toEqual([1, [], null]);
  old.close();
  expect(verifyJournal(path).ok).toBe(true);
  const journal = openJournal(options);
  const n = journal.appendNow([begin])[0]?.n ?? 0;
  expect(journal.items(n)).toHaveLength(ITEMS);
  journal.close();
  expect(verifyJournal(path).ok).toBe(true);
  expect(existsSync(path)).toBe(true);
});

test('an attempt is named by its entry, or by its batch and its place', () => {
  for (const text of ['0', '41', '41.0', '41.4095', '999999999.17'])
    expect(refText(parseRef(text) ?? -1)).toBe(text);
  expect(placeOf(itemRef(41, 7))).toEqual({ entry: 41, place: 7 });
  for (const text of ['', '-1', '1.', '1.4096', '1.2.3', '1e3', ' 1']) expect(parseRef(text)).toBeNull();
});
