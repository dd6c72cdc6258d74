import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSqlite, type Sqlite } from '../../src/io/sqlite.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { formatCheckpoint, formatVkey, signNote } from '../../src/journal/checkpoint.ts';
import { appendLeaf, leafHash, treeRoot } from '../../src/journal/merkle.ts';
import { nodeId, nodeReader } from '../../src/journal/rows.ts';
import { openCopy } from '../../src/journal/copy.ts';
import { goOn } from '../../src/journal/go-on.ts';
import { signerFromSeed, type JournalKeys } from '../../src/journal/keys.ts';
import { toHex } from '../../src/base/hash.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeRandom } from '../fakes/random.ts';
import { newFolder, newJournal, note, reopen, testKeys } from './journals.ts';

// A journal that goes on at another machine: one tree, two names, two keys, and nobody signs for the other one.

const ben = signerFromSeed(Buffer.alloc(32, 21));
const eve = signerFromSeed(Buffer.alloc(32, 22));
const benKeys: JournalKeys = { signer: ben, kek: testKeys.kek };

const handed = (key: Uint8Array) => ({
  kind: 'journal.handed',
  actor: 'ana',
  pub: { to: '1a2b-3c4d-5e6f', to_age: 'age1', to_key: toHex(key) },
});

/** Ana wrote entries #0 to #5, the last one hands it to Ben. */
const handedOver = (to: Uint8Array = ben.publicKey): string => {
  const journal = newJournal();
  journal.appendNow([note(1, 'from Ana'), note(2), note(3), note(4, 'sealed'), handed(to)]);
  journal.close();
  return journal.path;
};

const wentOn = (path: string, signer = ben, receiver: typeof ben | null = null): string => {
  const random = fakeRandom(toHex(signer.publicKey));
  const more = { actor: 'ben', tool: 'firebreak/0.1.0', clock: fakeClock(), random };
  goOn({ path, keys: { signer }, receiver, ...more });
  return path;
};

const changed = (path: string, change: (db: Sqlite) => void): string => {
  const copy = join(newFolder(), 'journal.sqlite');
  copyFileSync(path, copy);
  const db = openSqlite(copy, { mode: 'write' });
  for (const trigger of ['entry_is_never_changed', 'entry_is_never_removed'])
    db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  change(db);
  db.close();
  return copy;
};

const says = (path: string, trust = {}): string =>
  verifyJournal(path, trust)
    .findings.map((one) => one.says)
    .join('\n');

let whole = '';
beforeAll(() => {
  whole = wentOn(handedOver());
  const journal = reopen(whole, { keys: benKeys });
  journal.appendNow([note(7, 'from Ben'), note(8)]);
  journal.close();
});

describe('a journal of two origins', () => {
  test('verifies whole, with nothing renumbered, and every private field opens at its place', () => {
    const report = verifyJournal(whole, { device: ben.publicKey, kek: testKeys.kek ?? new Uint8Array() });
    expect(report.findings).toEqual([]);
    expect(report.origins.map(({ from }) => from)).toEqual([0, 6]);
    expect(report).toMatchObject({ ok: true, size: 9, origin: report.origins[1]?.log });
    const journal = reopen(whole, { keys: benKeys });
    expect([...journal.entries()].map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(journal.reveal({ n: 1, name: 'text' })).toBe('from Ana');
    expect(journal.reveal({ n: 7, name: 'text' })).toBe('from Ben');
    expect(journal.origins).toHaveLength(2);
    journal.close();
  });

  test('is written to by the second key alone', () => {
    expect(() => reopen(whole)).toThrow(/another device key/);
  });

  test('grew from the one before: its checkpoint over #0 to #5 is part of the tree', () => {
    const path = handedOver();
    const before = openCopy(path);
    const old = before.note;
    before.close();
    const after = wentOn(path);
    expect(verifyJournal(after, { known: [old] })).toMatchObject({ ok: true, known: 1 });
    const journal = reopen(after, { keys: benKeys });
    expect(journal.anchors.against(old)).toEqual({ is: 'fits' });
    journal.close();
  });

  test('goes on a second time, at a third machine and back at the first one', () => {
    const path = handedOver();
    wentOn(path);
    const second = reopen(path, { keys: benKeys });
    second.appendNow([note(7), handed(testKeys.signer.publicKey)]);
    second.close();
    wentOn(path, testKeys.signer);
    const report = verifyJournal(path, { device: testKeys.signer.publicKey });
    expect(report.findings).toEqual([]);
    expect(report.origins.map(({ from }) => from)).toEqual([0, 6, 9]);
    const third = reopen(path);
    third.appendNow([note(9)]);
    third.close();
    expect(verifyJournal(path)).toMatchObject({ ok: true, size: 11 });
  });

  test('a throw-away key signs where the key that it was handed to vouches for it', () => {
    expect(verifyJournal(wentOn(handedOver(), eve, ben)).findings).toEqual([]);
    expect(says(wentOn(handedOver(), eve, eve))).toContain('it was handed over to another key');
  });

  test('pins the last key, and names the first one where the pinned one never came', () => {
    const report = verifyJournal(whole);
    expect(verifyJournal(whole, { pinned: report.vkey ?? '' })).toMatchObject({ ok: true, pinned: true });
    expect(verifyJournal(whole, { pinned: report.origins[0]?.vkey ?? '' })).toMatchObject({ ok: true });
    expect(verifyJournal(whole, { device: eve.publicKey }).findings[0]?.kind).toBe('key');
    const third = formatVkey('firebreak.invalid/l/0000000000000000', eve.publicKey);
    expect(says(whole, { pinned: third })).toContain('names another key than the one to be trusted');
  });
});

describe('what must not pass', () => {
  test('somebody goes on whom it was not handed to, or where nobody handed it over', () => {
    expect(says(wentOn(handedOver(eve.publicKey)))).toContain('it was handed over to another key');
    const journal = newJournal();
    journal.appendNow([note(1)]);
    journal.close();
    expect(says(wentOn(journal.path))).toContain('does not hand the journal over');
  });

  test('entries of the one before that they never signed, added by the one after', () => {
    const path = changed(handedOver(), (db) => db.run('DELETE FROM checkpoint WHERE size = 6'));
    // The head does not fit then, so an honest program refuses; a forger would not ask it.
    expect(() => wentOn(path)).toThrow(/checkpoint/);
    const forged = changed(whole, (db) => db.run('DELETE FROM checkpoint WHERE size = 6'));
    expect(says(forged)).toContain('nobody who wrote the entries before it has signed all of them');
  });

  test.each([0, 2, 5, 6, 7, 8])('a byte of entry #%i', (n) => {
    const path = changed(whole, (db) =>
      db.run(
        `UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), '"actor":"', '"actor":"x') AS BLOB) WHERE n = ?`,
        n,
      ),
    );
    const { ok, findings } = verifyJournal(path);
    expect(ok).toBe(false);
    expect(findings.some(({ entry }) => entry === n)).toBe(true);
  });

  test.each([
    ['the root', '"root":"', '"root":"0'],
    ['the number of entries', '"size":6', '"size":7'],
    ['the name of the log before', '"from_log":"', '"from_log":"x'],
    ['the key of the log before', '"from_key":"', '"from_key":"x'],
    ['the entry that handed it over', '"handed":5', '"handed":4'],
  ])('%s in the entry that goes on, although all is hashed and signed anew', (_, from, to) => {
    const path = handedOver();
    const more = { actor: 'ben', tool: 'firebreak/0.1.0', clock: fakeClock(), random: fakeRandom('ben') };
    goOn({ path, keys: { signer: ben }, receiver: null, ...more });
    const forged = resigned(path, from, to);
    expect(says(forged, { device: ben.publicKey })).toMatch(/goes on under another key, and|another log/);
  });

  test('the second name in a row before the change, or the first one behind it', () => {
    const { origins } = verifyJournal(whole);
    for (const [n, log] of [
      [3, origins[1]?.log],
      [7, origins[0]?.log],
    ] as const) {
      const path = changed(whole, (db) => db.run('UPDATE entry SET log = ? WHERE n = ?', log ?? '', n));
      expect(verifyJournal(path).ok).toBe(false);
    }
  });
});

describe('whoever handed it over goes on all the same', () => {
  test('a checkpoint of theirs from later is told as two stories', () => {
    const path = handedOver();
    const theirs = changed(path, () => undefined);
    wentOn(path);
    const journal = reopen(theirs);
    journal.appendNow([note(9), note(10)]);
    const late = journal.checkpoint();
    journal.close();
    expect(says(path, { known: [late] })).toContain('somebody went on in it, so there are two stories');
    const there = reopen(path, { keys: benKeys });
    expect(there.anchors.against(late)).toMatchObject({ is: 'other', size: 8 });
    there.close();
    // Control: what they signed before they handed it over fits.
    const early = openCopy(theirs);
    const fits = early.noteAt(6) ?? '';
    early.close();
    expect(verifyJournal(path, { known: [fits] }).ok).toBe(true);
  });
});

/** A text of the last entry replaced by whoever has Ben's key: hashed and signed anew, as a forger would. */
function resigned(path: string, from: string, to: string): string {
  return changed(path, (db) => {
    const row = db.get('SELECT n, log, CAST(leaf AS TEXT) AS leaf FROM entry ORDER BY n DESC LIMIT 1');
    const leaf = String(row?.['leaf']).replace(from, to);
    expect(leaf).not.toBe(row?.['leaf']);
    rewrite(db, Number(row?.['n']), String(row?.['log']), leaf);
  });
}

function rewrite(db: Sqlite, n: number, log: string, leaf: string): void {
  const bytes = Buffer.from(leaf, 'utf8');
  const hash = leafHash(bytes);
  db.run('UPDATE entry SET leaf = ?, hash = ? WHERE n = ?', bytes, hash, n);
  db.run('DELETE FROM node WHERE id >= ?', nodeId(1, Math.floor(n / 2)));
  for (const node of appendLeaf(n, hash, nodeReader(db)).filter(({ level }) => level > 0))
    db.run(
      'INSERT OR REPLACE INTO node VALUES (?, ?, ?, ?, ?)',
      nodeId(node.level, node.index),
      log,
      node.level,
      node.index,
      node.hash,
    );
  const text = formatCheckpoint({ origin: log, size: n + 1, root: treeRoot(n + 1, nodeReader(db)) });
  db.run(
    'UPDATE checkpoint SET note = ? WHERE size = ?',
    signNote(text, [{ name: log, signer: ben }]),
    n + 1,
  );
}
