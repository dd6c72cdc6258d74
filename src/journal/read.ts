import { sha256Hex } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import type { DataKeys } from './deks.ts';
import { decodeEntry, type Entry } from './entry.ts';
import { asBytes, blobId } from './rows.ts';
import { disclosePayload, type Disclosed } from './seal.ts';

/** Names a private field: entry number and name. */
export type FieldRef = Readonly<{ n: number; name: string }>;

const PAGE = 256;

/**
 * Entries from number `from` on. Read in pages, so that no cursor stays open while the caller writes.
 * @throws StorageError `corrupt` with the number of the entry that cannot be read
 */
export function* readEntries(open: () => Sqlite, log: string, from: number): IterableIterator<Entry> {
  for (let next = from; ; next += PAGE) {
    const rows = open().all(
      'SELECT leaf FROM entry WHERE n >= ? AND n < ? AND +log = ? ORDER BY n',
      next,
      next + PAGE,
      log,
    );
    for (const [i, row] of rows.entries()) yield decodeOrThrow(open().path, next + i, asBytes(row['leaf']));
    if (rows.length < PAGE) return;
  }
}

/** A private field's clear text; null when the key is not here or destroyed, or the bytes are not what was sealed. */
export function readField(db: Sqlite, log: string, deks: DataKeys, { n, name }: FieldRef): Disclosed | null {
  const row = db.get('SELECT leaf FROM entry WHERE n = ? AND +log = ?', n, log);
  const entry = row === null ? null : decodeOrThrow(db.path, n, asBytes(row['leaf']));
  const field = entry?.priv.findIndex((one) => one.name === name) ?? -1;
  const ref = entry?.priv[field];
  if (ref === undefined) return null;
  const blob = db.get('SELECT data FROM blob WHERE id = ?', blobId(n, field))?.['data'];
  const dek = deks.opening(db, ref.dek);
  if (!(blob instanceof Uint8Array) || dek === null || sha256Hex(blob) !== ref.ct) return null;
  return disclosePayload(dek, { log, n, name }, blob, ref.pc);
}

function decodeOrThrow(path: string, n: number, leaf: Uint8Array): Entry {
  const entry = decodeEntry(leaf);
  if (typeof entry === 'string') throw new StorageError('corrupt', path, `entry #${n} ${entry}`);
  return entry;
}
