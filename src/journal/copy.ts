import type { Random } from '../io/random.ts';
import { copyDatabase, openSqlite, type Sqlite } from '../io/sqlite.ts';
import { parseVkey } from './checkpoint.ts';
import { readFirst, type Opening } from './head.ts';
import type { ReadNode } from './merkle.ts';
import { rewrap } from './rewrap.ts';
import { asBytes, asNumber, asText, lastNote, nodeReader, readTail } from './rows.ts';

/**
 * Copies the whole journal at one moment into one new file, 0600, while others write to it. Never the bare file: what was
 * committed last is in the -wal file beside it.
 * @throws StorageError `exists`, `missing`, `full` ...
 */
export function copyJournal(from: string, to: string): void {
  const db = openSqlite(from, { mode: 'read' });
  try {
    copyDatabase(db, to);
  } finally {
    db.close();
  }
}

/**
 * The same for handing out: without the wrapped data keys, so that no key that is stolen later opens it and destroying the
 * keys here reaches it too, and without the lease and the receivers, which tell of this machine. Entries, proofs and sealed bytes stay.
 */
export function copyForStrangers(from: string, to: string): void {
  copyJournal(from, to);
  const db = openSqlite(to, { mode: 'write' });
  try {
    db.write(() => {
      // Empty, not NULL: the keys were held back, not destroyed.
      db.run(`UPDATE dek SET wrapped = x'' WHERE wrapped IS NOT NULL`);
      db.run('DELETE FROM lease');
      db.run('DELETE FROM shipped');
    });
    db.get('PRAGMA wal_checkpoint(TRUNCATE)');
    // An old sqlite3 that opens it read-only then needs no file beside it.
    db.get('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/**
 * The same for a colleague who goes on in it: its data keys are wrapped with another key, and the lease, which tells of this machine, is
 * not in it. False where one of the data keys does not open, so that nobody could go on.
 * @param keys by id
 */
export function copyForColleague(
  from: string,
  to: string,
  keys: ReadonlyMap<string, Uint8Array>,
  wrapped: Readonly<{ with: Uint8Array; random: Random }>,
): boolean {
  copyJournal(from, to);
  if (rewrap(to, keys, wrapped.with, wrapped.random).is === 'no-key') return false;
  const db = openSqlite(to, { mode: 'write' });
  try {
    db.run('DELETE FROM lease');
    db.get('PRAGMA wal_checkpoint(TRUNCATE)');
    db.get('PRAGMA journal_mode = DELETE');
    return true;
  } finally {
    db.close();
  }
}

/** One signature of a second party under a checkpoint, as it was received. */
export type CosigRow = Readonly<{ size: number; name: string; line: string }>;
/** What an outside place answered when it was given a checkpoint. */
export type AnchorRow = Readonly<{ size: number; kind: string; receipt: Uint8Array }>;

/** A journal that nobody writes to, read by number. */
export type JournalCopy = Readonly<{
  opening: Opening;
  publicKey: Uint8Array;
  size: number;
  /** Who wrote it before, each with the checkpoint over all that they wrote. */
  before: readonly Readonly<{ log: string; publicKey: Uint8Array; size: number; note: string }>[];
  /** The newest signed checkpoint. */
  note: string;
  leaf: (n: number) => Uint8Array;
  /** Entries from..to-1. */
  leaves: (from: number, to: number) => readonly Uint8Array[];
  node: ReadNode;
  /** The signed checkpoint over exactly so many entries; not every size has one. */
  noteAt: (size: number) => string | null;
  /** The largest size up to this one that has a checkpoint; 0 when none has. */
  markBefore: (size: number) => number;
  anchors: () => readonly AnchorRow[];
  cosigs: () => readonly CosigRow[];
  close: () => void;
}>;

/** @throws StorageError `missing`, `corrupt` */
export function openCopy(path: string): JournalCopy {
  const db = openSqlite(path, { mode: 'read' });
  try {
    const opening = readFirst(db);
    return copyOf(db, opening);
  } catch (error) {
    db.close();
    throw error;
  }
}

function beforeOf(db: Sqlite, { origins }: Opening): JournalCopy['before'] {
  return origins.slice(0, -1).map(({ log, vkey }, i) => {
    const size = origins[i + 1]?.from ?? 0;
    const row = db.get('SELECT note FROM checkpoint WHERE size = ?', size);
    const publicKey = parseVkey(vkey)?.publicKey ?? new Uint8Array();
    return { log, publicKey, size, note: row === null ? '' : asText(row['note']) };
  });
}

function copyOf(db: Sqlite, opening: Opening): JournalCopy {
  const { log, vkey } = opening;
  const { size } = readTail(db, log);
  return {
    opening,
    publicKey: parseVkey(vkey)?.publicKey ?? new Uint8Array(),
    size,
    before: beforeOf(db, opening),
    note: lastNote(db, log)?.note ?? '',
    leaf: (n) => asBytes(db.get('SELECT leaf FROM entry WHERE n = ?', n)?.['leaf']),
    leaves: (from, to) =>
      db
        .all('SELECT leaf FROM entry WHERE n >= ? AND n < ? ORDER BY n', from, to)
        .map((row) => asBytes(row['leaf'])),
    node: nodeReader(db),
    noteAt: (at) => {
      const row = db.get('SELECT note FROM checkpoint WHERE size = ?', at);
      return row === null ? null : asText(row['note']);
    },
    markBefore: (at) => {
      const row = db.get('SELECT max(size) AS size FROM checkpoint WHERE size <= ?', at);
      return typeof row?.['size'] === 'number' ? row['size'] : 0;
    },
    anchors: () =>
      db.all('SELECT size, kind, receipt FROM anchor ORDER BY size, kind').map((row) => ({
        size: asNumber(row['size']),
        kind: asText(row['kind']),
        receipt: asBytes(row['receipt']),
      })),
    cosigs: () =>
      db.all('SELECT size, name, line FROM cosig ORDER BY size, name').map((row) => ({
        size: asNumber(row['size']),
        name: asText(row['name']),
        line: asText(row['line']),
      })),
    close: () => db.close(),
  };
}
