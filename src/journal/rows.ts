import type { Row, Sqlite, SqlValue } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import type { Node, ReadNode } from './merkle.ts';

/** The columns are declared with these types, so another one, or none, means that somebody rebuilt the table. */
export function asBytes(value: SqlValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : damaged('BLOB', value);
}

export function asText(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : damaged('TEXT', value);
}

export function asNumber(value: SqlValue | undefined): number {
  return typeof value === 'number' ? value : damaged('INTEGER', value);
}

function damaged(wanted: string, value: SqlValue | undefined): never {
  const found = value === undefined ? 'no row' : value === null ? 'NULL' : typeof value;
  throw new StorageError('corrupt', '', `the database is damaged: ${found} where ${wanted} belongs`);
}

export type Tail = Readonly<{ size: number; hash: Uint8Array | null }>;

export function readTail(db: Sqlite, log: string): Tail {
  const row = db.get('SELECT n, hash FROM entry WHERE log = ? ORDER BY n DESC LIMIT 1', log);
  return row === null
    ? { size: 0, hash: null }
    : { size: asNumber(row['n']) + 1, hash: asBytes(row['hash']) };
}

/** The newest node of each level that is a left one: those that the next entries and roots are made from. */
export type NodeCache = Map<number, Node>;

export function nodeReader(db: Sqlite, log: string, cache?: NodeCache): ReadNode {
  return (level, index) => {
    const kept = cache?.get(level);
    if (kept?.index === index) return kept.hash;
    const row: Row | null =
      level === 0
        ? db.get('SELECT hash FROM entry WHERE log = ? AND n = ?', log, index)
        : db.get('SELECT hash FROM node WHERE log = ? AND level = ? AND idx = ?', log, level, index);
    return asBytes(row?.['hash']);
  };
}

export function lastNote(db: Sqlite, log: string): Readonly<{ size: number; note: string }> | null {
  const row = db.get('SELECT size, note FROM checkpoint WHERE log = ? ORDER BY size DESC LIMIT 1', log);
  return row === null ? null : { size: asNumber(row['size']), note: asText(row['note']) };
}
