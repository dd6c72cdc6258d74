import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/hash.ts';
import { openSqlite, type Sqlite } from '../../src/io/sqlite.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { formatCheckpoint, formatVkey, signNote } from '../../src/journal/checkpoint.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import { leafHash, treeRoot } from '../../src/journal/merkle.ts';
import type { FindingKind } from '../../src/journal/findings.ts';
import { newFolder, newJournal, note, testKeys } from './journals.ts';
import { treeOf } from './trees.ts';

const SIZE = 40;
const folder = newFolder();
const original = join(folder, 'original.sqlite');
let origin = '';
let vkey = '';
const notes = new Map<number, string>();

beforeAll(() => {
  const journal = newJournal({ path: original });
  for (let i = 1; i < SIZE; i += 1) {
    journal.appendNow([note(i, i % 10 === 0 ? `a private text ${i}` : undefined)]);
    notes.set(i + 1, journal.checkpoint());
  }
  ({ origin, vkey } = journal);
  journal.close();
});

/** Changes a copy of the journal as a person with the file would, and verifies it. */
function tamper(change: (db: Sqlite) => void, trust: Parameters<typeof verifyJournal>[1] = {}) {
  const path = join(folder, 'tampered.sqlite');
  copyFileSync(original, path);
  const db = openSqlite(path, { mode: 'write' });
  db.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed');
  change(db);
  db.close();
  const report = verifyJournal(path, trust);
  expect(report.ok).toBe(report.findings.length === 0);
  return { ...report, kinds: [...new Set(report.findings.map(({ kind }) => kind))] };
}

describe('verification', () => {
  it('passes an untouched journal, with the key pinned and every checkpoint that left it', () => {
    const report = tamper(() => undefined, { pinned: vkey, known: [...notes.values()] });
    expect(report).toMatchObject({
      ok: true,
      origin,
      vkey,
      size: SIZE,
      pinned: true,
      known: SIZE - 1,
      findings: [],
    });
    expect(report.root).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names the entry for every single byte of every entry that is changed', () => {
    const path = join(folder, 'bytes.sqlite');
    copyFileSync(original, path);
    const db = openSqlite(path, { mode: 'write' });
    db.exec('DROP TRIGGER entry_is_never_changed');
    const leaves = db.all('SELECT leaf FROM entry ORDER BY n').map((row) => row['leaf'] as Uint8Array);
    const longest = Math.max(...leaves.map(({ length }) => length));
    const missed: string[] = [];
    // One byte in each entry at a time: every entry must be named for itself.
    for (let at = 0; at < longest; at += 1) {
      const hit = [...leaves.entries()].filter(([, leaf]) => at < leaf.length);
      db.write(() => {
        for (const [n, leaf] of leaves.entries()) {
          const changed = Uint8Array.from(leaf);
          if (at < leaf.length) changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
          db.run('UPDATE entry SET leaf = ? WHERE n = ?', changed, n);
        }
      });
      const { findings } = verifyJournal(path);
      const named = new Set(findings.filter(({ kind }) => kind === 'changed').map(({ entry }) => entry));
      missed.push(...hit.filter(([n]) => !named.has(n)).map(([n]) => `byte ${at} of entry ${n}`));
    }
    db.close();
    expect(missed).toEqual([]);
  }, 60_000);

  it('finds an entry whose hash was made to fit', () => {
    const report = tamper((db) => {
      const leaf = Buffer.from(db.get('SELECT leaf FROM entry WHERE n = 5')?.['leaf'] as Uint8Array);
      const changed = Buffer.from(leaf.toString('utf8').replace('"i":5', '"i":6'));
      db.run('UPDATE entry SET leaf = ?, hash = ? WHERE n = 5', changed, leafHash(changed));
    });
    expect(report.kinds).toEqual(['tree', 'root', 'chain']);
    expect(report.findings.find(({ kind }) => kind === 'chain')?.entry).toBe(6);
    expect(report.findings.find(({ kind }) => kind === 'root')).toMatchObject({ entry: 5 });
  });

  it('finds any entry that was removed or moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SIZE - 1 }), fc.integer({ min: 0, max: SIZE - 1 }), (a, b) => {
        const removed = tamper((db) => db.run('DELETE FROM entry WHERE n = ?', a));
        expect(removed.ok).toBe(false);
        if (a === b) return;
        const moved = tamper((db) => {
          for (const [from, to] of [
            [a, 1000],
            [b, a],
            [1000, b],
          ] as const) {
            db.run('UPDATE entry SET n = ? WHERE n = ?', to, from);
          }
        });
        expect(moved.kinds).toContain('sequence');
        expect(moved.findings.map(({ entry }) => entry)).toEqual(expect.arrayContaining([a, b]));
      }),
      { numRuns: 25 },
    );
  });

  const cases: readonly [what: string, kind: FindingKind, sql: string][] = [
    ['a removed last entry', 'shortened', 'DELETE FROM entry WHERE n = 39'],
    ['a removed last checkpoint', 'unsigned', 'DELETE FROM checkpoint WHERE size = 40'],
    ['no checkpoint at all', 'unsigned', 'DELETE FROM checkpoint'],
    ['a removed first entry', 'sequence', 'DELETE FROM entry WHERE n = 0'],
    ['no entry at all', 'sequence', 'DELETE FROM entry'],
    ['a changed node', 'tree', 'UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND idx = 3'],
    ['a removed node', 'tree', 'DELETE FROM node WHERE level = 1 AND idx = 0'],
    ['a node too many', 'tree', `INSERT INTO node SELECT id + 1000000, log, 9, 0, hash FROM node LIMIT 1`],
    [
      'a changed checkpoint',
      'signature',
      `UPDATE checkpoint SET note = replace(note, 'A', 'B') WHERE size = 12`,
    ],
    [
      'a moved checkpoint',
      'signature',
      'UPDATE checkpoint SET size = 999 WHERE size = 12; UPDATE checkpoint SET size = 12 WHERE size = 11',
    ],
    [
      'an entry of another log',
      'foreign',
      `INSERT INTO entry SELECT 'other', n + 1000, leaf, hash FROM entry WHERE n = 3`,
    ],
    ['a log name that is no UTF-8', 'foreign', `UPDATE entry SET log = CAST(x'66f6' AS TEXT) WHERE n = 3`],
    ['removed sealed bytes', 'sealed', 'DELETE FROM blob'],
    ['emptied sealed bytes', 'sealed', 'UPDATE blob SET data = NULL'],
    ['changed sealed bytes', 'sealed', 'UPDATE blob SET data = zeroblob(length(data))'],
    ['a removed data key', 'sealed', 'DELETE FROM dek'],
    ['a data key destroyed without an entry', 'sealed', `UPDATE dek SET wrapped = NULL, state = 'destroyed'`],
    ['a data key of another class or incident', 'sealed', `UPDATE dek SET id = 'aaaaaaaaaaaaaaaa'`],
    ['a missing table', 'database', 'DROP TABLE checkpoint'],
  ];
  it.each(cases)('finds %s (%s)', (_, kind, sql) => {
    expect(tamper((db) => db.exec(sql)).kinds).toContain(kind);
  });

  it('finds a wrapped data key that was changed, when the key that wrapped it is at hand', () => {
    const change = (db: Sqlite): void => db.exec('UPDATE dek SET wrapped = zeroblob(length(wrapped))');
    const kek = testKeys.kek ?? Buffer.alloc(32);
    expect(tamper(change).ok).toBe(true);
    expect(tamper(() => undefined, { kek }).ok).toBe(true);
    expect(tamper(change, { kek }).kinds).toEqual(['sealed']);
  });

  it('takes the key of a device for the key of whatever log is in the file', () => {
    const { publicKey: device } = testKeys.signer;
    expect(tamper(() => undefined, { device })).toMatchObject({ ok: true, pinned: true, vkey });
    expect(tamper(resignAll(8), { device }).kinds).toEqual(['key', 'signature']);
    expect(tamper((db) => db.exec('DELETE FROM entry'), { device }).ok).toBe(false);
  });

  it('does not take a journal that somebody signed anew with another key, when the key is pinned', () => {
    const report = tamper(resignAll(8), { pinned: vkey });
    expect(report.kinds).toEqual(['key', 'signature']);
    expect(tamper(resignAll(8)).ok).toBe(true);
  });

  it('finds a history rewritten with the right key, from a checkpoint that left the machine', () => {
    const rewrite = resignAll(7, 20);
    expect(tamper(rewrite, { pinned: vkey }).ok).toBe(true);
    expect(tamper(rewrite, { pinned: vkey, known: [notes.get(20) ?? ''] }).ok).toBe(true);
    const report = tamper(rewrite, { pinned: vkey, known: [notes.get(30) ?? ''] });
    expect(report).toMatchObject({ kinds: ['rewritten'], findings: [{ entry: 29 }] });
  });

  it('finds a shortened copy that verifies by itself, from a checkpoint that left the machine', () => {
    const shorten = (db: Sqlite): void => {
      db.exec('DELETE FROM entry WHERE n >= 30; DELETE FROM checkpoint WHERE size > 30');
      db.exec('DELETE FROM node WHERE (idx + 1) * (1 << level) > 30');
      // Fields stand in the order of entries, 512 places for each.
      db.exec('DELETE FROM blob WHERE id >= 30 * 512');
    };
    expect(tamper(shorten)).toMatchObject({ ok: true, size: 30 });
    expect(tamper(shorten, { known: [notes.get(31) ?? ''] }).kinds).toEqual(['shortened']);
    expect(tamper(shorten, { known: [notes.get(30) ?? ''] }).ok).toBe(true);
    expect(tamper(shorten, { known: ['not a note'] }).kinds).toEqual(['known']);
  });

  it('holds every checkpoint of a long journal against the tree, and checks the signatures of some and the last', () => {
    const unsign = (size: number) => (db: Sqlite) =>
      db.exec(`UPDATE checkpoint SET note = substr(note, 1, length(note) - 9) || 'AAAAAAA=' || char(10)
        WHERE size = ${size}`);
    const few = { signaturesUpTo: 5 };
    expect(tamper(() => undefined, few)).toMatchObject({ ok: true, signatures: { checked: 6, of: SIZE } });
    expect(tamper(unsign(30)).kinds).toEqual(['signature']);
    expect(tamper(unsign(30), few).ok).toBe(true);
    expect(tamper(unsign(SIZE), few).kinds).toEqual(['signature']);
    const otherRoot = `UPDATE checkpoint SET note = replace(note, char(10) || '30' || char(10), char(10) || '31' || char(10))
      WHERE size = 30`;
    expect(tamper((db) => db.exec(otherRoot), few).kinds).toEqual(['signature']);
    const swap = `UPDATE checkpoint SET note = (SELECT replace(note, char(10) || '31' || char(10), char(10) || '30' || char(10))
      FROM checkpoint WHERE size = 31) WHERE size = 30`;
    expect(tamper((db) => db.exec(swap), few).kinds).toEqual(['root']);
  });

  it('finds sealed bytes and nodes that belong to no entry', () => {
    const insert = `INSERT INTO blob SELECT id + 1, ct, dek, data FROM blob ORDER BY id LIMIT 1`;
    expect(tamper((db) => db.exec(insert)).findings).toEqual([
      { kind: 'sealed', entry: null, says: 'there are 1 sealed fields that no entry names' },
    ]);
    const moved = tamper((db) => db.exec('UPDATE node SET idx = idx + 1 WHERE level = 2 AND idx = 3'));
    expect(moved.findings).toMatchObject([{ kind: 'tree', entry: 15 }]);
    const extra = `INSERT INTO node SELECT id + 64 * 64, log, level, idx, hash FROM node ORDER BY id DESC LIMIT 1`;
    expect(tamper((db) => db.exec(extra)).kinds).toEqual(['tree']);
  });

  it('reports a file that is cut, overwritten or no database, and never fails', () => {
    const whole = readFileSync(original);
    const path = join(folder, 'damaged.sqlite');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.boolean(), (at, cut) => {
        writeFileSync(path, whole);
        if (cut) truncateSync(path, at);
        else
          writeFileSync(
            path,
            Buffer.concat([whole.subarray(0, at), Buffer.alloc(4096), whole.subarray(at + 4096)]),
          );
        const { ok, findings } = verifyJournal(path);
        if (cut) expect(ok).toBe(false);
        expect(ok).toBe(findings.length === 0);
      }),
      { numRuns: 60 },
    );
    writeFileSync(path, 'not a database, but long enough to look at'.repeat(100));
    expect(verifyJournal(path)).toMatchObject({ ok: false, findings: [{ kind: 'database' }] });
    expect(() => verifyJournal(join(folder, 'none.sqlite'))).toThrow('there is no');
  });

  it('finds every flipped bit of the file that touches an entry', () => {
    const whole = readFileSync(original);
    const path = join(folder, 'flipped.sqlite');
    fc.assert(
      fc.property(fc.nat(whole.length * 8 - 1), (bit) => {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        writeFileSync(path, bytes);
        if (!verifyJournal(path, { pinned: vkey, known: [notes.get(SIZE) ?? ''] }).ok) return;
        // What passes must hold the same entries.
        const db = openSqlite(path, { mode: 'read' });
        const kept = db
          .all('SELECT leaf FROM entry ORDER BY n')
          .map((row) => sha256Hex(row['leaf'] as Uint8Array));
        db.close();
        expect(kept).toEqual(hashes);
      }),
      { numRuns: 300 },
    );
  });
});

let hashes: string[] = [];
beforeAll(() => {
  const db = openSqlite(original, { mode: 'read' });
  hashes = db.all('SELECT leaf FROM entry ORDER BY n').map((row) => sha256Hex(row['leaf'] as Uint8Array));
  db.close();
});

/** Rewrites the journal from entry `from` on as one who holds (or makes) a key can: everything fits again. */
function resignAll(seed: number, from = 0): (db: Sqlite) => void {
  const signer = signerFromSeed(Buffer.alloc(32, seed));
  return (db) => {
    const key = formatVkey(origin, signer.publicKey);
    let prev = '0'.repeat(64);
    const leaves = db.all('SELECT leaf FROM entry ORDER BY n').map((row, n) => {
      let text = Buffer.from(row['leaf'] as Uint8Array).toString('utf8');
      text = text.replace(vkey, key).replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
      if (n >= from && n > 0) text = text.replace(`"i":${n}`, `"i":${n + 1}`);
      const leaf = Buffer.from(text, 'utf8');
      prev = Buffer.from(leafHash(leaf)).toString('hex');
      db.run('UPDATE entry SET leaf = ?, hash = ? WHERE n = ?', leaf, leafHash(leaf), n);
      return leaf;
    });
    const { read } = treeOf(leaves);
    for (const row of db.all('SELECT level, idx FROM node')) {
      const [level, index] = [Number(row['level']), Number(row['idx'])];
      db.run('UPDATE node SET hash = ? WHERE level = ? AND idx = ?', read(level, index), level, index);
    }
    for (let size = 1; size <= leaves.length; size += 1) {
      const text = formatCheckpoint({ origin, size, root: treeRoot(size, read) });
      db.run(
        'UPDATE checkpoint SET note = ? WHERE size = ?',
        signNote(text, [{ name: origin, signer }]),
        size,
      );
    }
  };
}
