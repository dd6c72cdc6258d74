import { assert } from '../base/assert.ts';
import type { Stamp } from '../base/beat.ts';
import type { Row, Sqlite, SqlValue } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import type { Running } from './epoch.ts';
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
  // The plus signs tell SQLite that no index is to be had: without them it plans anew for each value it is given.
  const row = db.get('SELECT n, hash FROM entry WHERE +log = ? ORDER BY n DESC LIMIT 1', log);
  return row === null
    ? { size: 0, hash: null }
    : { size: asNumber(row['n']) + 1, hash: asBytes(row['hash']) };
}

/** What the next entry is made from, so that it need not be read again. */
export type Recent = {
  /** The newest node of each level that is a left one. */
  readonly nodes: Map<number, Node>;
  /** What the clocks showed with the entry of this leaf hash. Where the newest entry has another one, it says nothing. */
  shown: Readonly<{ hash: Uint8Array; at: Stamp }> | null;
  /** The epoch that ran with the newest entry of this process. */
  running: Running | null;
};

export const nothingRecent = (): Recent => ({ nodes: new Map(), shown: null, running: null });

/** Reads by number alone: a node may stand over entries of an origin before. Whose they are is a question of the entries. */
export function nodeReader(db: Sqlite, recent?: Recent): ReadNode {
  return (level, index) => {
    const kept = recent?.nodes.get(level);
    if (kept?.index === index) return kept.hash;
    const row = level === 0 ? db.get('SELECT hash FROM entry WHERE n = ?', index) : nodeRow(db, level, index);
    return asBytes(row?.['hash']);
  };
}

/** A stored node above the leaves; null when it is missing, or stands in another's place. */
function nodeRow(db: Sqlite, level: number, index: number): Row | null {
  const sql = 'SELECT hash FROM node WHERE id = ? AND +level = ? AND +idx = ?';
  return db.get(sql, nodeId(level, index), level, index);
}

/**
 * Nodes in the order in which they come into being: by the last leaf below them, then upwards. A tree that grows by a leaf
 * so adds rows at the end of the table, and nowhere else.
 */
export function nodeId(level: number, index: number): number {
  const lastLeaf = (index + 1) * 2 ** level - 1;
  return lastLeaf * LEVELS + level;
}

/** Sealed fields in the order of entries, and of names within one; `field` counts from 0. */
export function blobId(n: number, field: number): number {
  assert(field < FIELDS, 'an entry with more fields would not fit into a leaf');
  return n * FIELDS + field;
}

/** The number of the entry that a sealed field belongs to. */
export function entryOfBlob(id: number): number {
  return Math.floor(id / FIELDS);
}

/** A tree over fewer than 2^53 leaves is lower than this. */
const LEVELS = 64;
/** A leaf has room for fewer: each takes at least 173 of its 65,535 bytes. */
const FIELDS = 512;

export function lastNote(db: Sqlite, log: string): Readonly<{ size: number; note: string }> | null {
  const row = db.get('SELECT size, note FROM checkpoint WHERE +log = ? ORDER BY size DESC LIMIT 1', log);
  return row === null ? null : { size: asNumber(row['size']), note: asText(row['note']) };
}
