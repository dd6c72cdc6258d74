import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../src/base/hash.ts';
import { openSqlite, type Sqlite } from '../../src/io/sqlite.ts';
import { cosign, cosignerVkey } from '../../src/journal/cosign.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import type { FindingKind } from '../../src/journal/findings.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import type { Journal } from '../../src/journal/store.ts';
import { newFolder, newJournal, note, reopen } from './journals.ts';

const folder = newFolder();
const original = join(folder, 'original.sqlite');
const witness = signerFromSeed(Buffer.alloc(32, 21));

/** Leaves the newest checkpoint at a place that always works. */
export const anchor = (journal: Journal, more: Partial<Receipt> = {}): number => {
  const size = journal.size();
  const receipt: Receipt = {
    anchor: 'share',
    kind: 'folder',
    note: journal.checkpoint(),
    place: { file: `${size}.note` },
    proof: null,
    ...more,
  };
  journal.anchors.keep(size, receipt, ({ sha256, seals }) => ({
    kind: 'anchor.made',
    actor: 'ana',
    pub: { anchor: receipt.anchor, type: receipt.kind, size, seals, receipt_sha256: sha256, at: 0 },
  }));
  return size;
};

beforeAll(() => {
  const journal = newJournal({ path: original });
  for (let i = 1; i < 20; i += 1) journal.appendNow([note(i)]);
  anchor(journal);
  journal.appendNow([note(21), note(22)]);
  anchor(journal, {
    anchor: 'second',
    kind: 'cosigner',
    place: { key: cosignerVkey(witness) },
    proof: utf8(cosign(journal.checkpoint(), witness, 1_790_000_000)),
  });
  journal.appendNow([note(24)]);
  journal.close();
});

const tamper = (change: (db: Sqlite) => void) => {
  const path = join(folder, 'tampered.sqlite');
  copyFileSync(original, path);
  const db = openSqlite(path, { mode: 'write' });
  db.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed');
  change(db);
  db.close();
  return verifyJournal(path);
};

describe('a journal whose checkpoints stand elsewhere', () => {
  it('verifies, and holds itself against what its receipts say', () => {
    expect(tamper(() => undefined)).toMatchObject({ ok: true, size: 25, known: 2, findings: [] });
  });

  const cases: readonly [what: string, kind: FindingKind, entry: number | null, sql: string][] = [
    ['a missing receipt', 'anchor', 20, `DELETE FROM anchor WHERE kind = 'folder:share'`],
    ['no receipt at all', 'anchor', 20, 'DELETE FROM anchor'],
    [
      'a changed receipt',
      'anchor',
      20,
      `UPDATE anchor SET receipt = CAST(replace(CAST(receipt AS TEXT), '20.note', '21.note') AS BLOB)`,
    ],
    ['a receipt that is none', 'anchor', 20, `UPDATE anchor SET receipt = x'00' WHERE kind = 'folder:share'`],
    ['a receipt under another size', 'anchor', 20, `UPDATE anchor SET size = 19 WHERE size = 20`],
    [
      'a receipt that no entry names',
      'anchor',
      null,
      `INSERT INTO anchor SELECT log, size, 'folder:other', receipt FROM anchor LIMIT 1`,
    ],
    ['a removed cosignature', 'anchor', 22, 'DELETE FROM cosig'],
    ['a changed cosignature', 'anchor', 22, `UPDATE cosig SET line = replace(line, 'A', 'B')`],
    [
      'a cosignature that no entry names',
      'anchor',
      null,
      `INSERT INTO cosig SELECT log, 3, name, line FROM cosig`,
    ],
    ['an older checkpoint taken out', 'seal', 20, 'DELETE FROM checkpoint WHERE size = 7'],
    ['every older checkpoint taken out', 'seal', 20, 'DELETE FROM checkpoint WHERE size < 25'],
    ['a table too many', 'database', null, 'CREATE TABLE more (x TEXT)'],
    ['an index too many', 'database', null, 'CREATE INDEX more ON entry (log)'],
    ['a table of another shape', 'database', null, 'ALTER TABLE lease ADD COLUMN more TEXT'],
  ];
  it.each(cases)('is told to have %s (%s)', (_, kind, entry, sql) => {
    const { findings } = tamper((db) => db.exec(sql));
    expect(findings).toContainEqual({ kind, entry, says: expect.any(String) as string });
  });

  it('is shorter than its own receipt says, when its end was cut off with everything that signs it', () => {
    const { findings } = tamper((db) => {
      db.exec('DELETE FROM entry WHERE n >= 15; DELETE FROM checkpoint WHERE size > 15');
      db.exec('DELETE FROM node WHERE (idx + 1) * (1 << level) > 15');
    });
    expect(findings).toContainEqual({
      kind: 'shortened',
      entry: 15,
      says: expect.stringContaining('a checkpoint from outside counts 20 entries') as string,
    });
  });

  it('takes no second receipt of one place for one size', () => {
    const path = join(folder, 'twice.sqlite');
    copyFileSync(original, path);
    const journal = reopen(path);
    const receipt: Receipt = { anchor: 'share', kind: 'folder', note: '', place: {}, proof: null };
    const draft = () => note(1);
    expect(journal.anchors.keep(20, receipt, draft)).toBeNull();
    expect(journal.size()).toBe(25);
    journal.close();
  });
});

describe('a checkpoint from before', () => {
  it('is alarming for every copy of 100 that is older, and for none that is not', () => {
    const path = join(folder, 'hundred.sqlite');
    const journal = newJournal({ path });
    const copies: string[] = [];
    for (let n = 1; n <= 100; n += 1) {
      journal.appendNow([note(n)]);
      copies.push(journal.checkpoint());
    }
    const mark = copies[49] ?? '';
    const size = 51;
    const db = openSqlite(path, { mode: 'write' });
    db.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed');
    // Backwards, so that each older copy is what is left of the one before.
    for (let n = 100; n >= 2; n -= 1) {
      const found = journal.anchors.against(mark);
      expect({ n, is: found.is }).toEqual({ n, is: n + 1 < size ? 'shorter' : 'fits' });
      db.exec(`DELETE FROM entry WHERE n >= ${n}; DELETE FROM checkpoint WHERE size > ${n}`);
      db.exec(`DELETE FROM node WHERE (idx + 1) * (1 << level) > ${n}`);
    }
    db.close();
    expect(journal.anchors.against(copies[0]?.replace('firebreak', 'firebroke') ?? '').is).toBe('not-ours');
  });

  it('shows a fork at every place before it, and none after it', () => {
    const path = join(folder, 'trunk.sqlite');
    const trunk = newJournal({ path });
    const stems: string[] = [];
    for (let n = 1; n <= 12; n += 1) {
      const stem = join(folder, `stem-${n}.sqlite`);
      const db = openSqlite(path, { mode: 'write' });
      db.get('PRAGMA wal_checkpoint(TRUNCATE)');
      db.close();
      copyFileSync(path, stem);
      stems.push(stem);
      trunk.appendNow([note(n)]);
    }
    const mark = trunk.checkpoint();
    const middle = trunk.anchors.note(7) ?? '';
    for (const [i, stem] of stems.entries()) {
      const fork = reopen(stem);
      while (fork.size() < 14) fork.appendNow([note(1000)]);
      expect(fork.anchors.against(mark)).toMatchObject({ is: 'other', size: 13 });
      // The fork leaves the trunk after i + 1 entries: a checkpoint over 7 shows it only when it is later than that.
      expect(fork.anchors.against(middle).is).toBe(i + 1 < 7 ? 'other' : 'fits');
      expect(verifyJournal(stem, { known: [mark] }).findings).toContainEqual({
        kind: 'rewritten',
        entry: 12,
        says: expect.stringContaining('two stories') as string,
      });
      fork.close();
    }
    trunk.close();
  });
});
