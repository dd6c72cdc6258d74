import { sha256Hex } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import type { DataKeys } from './deks.ts';
import { decodeEntry, decodeText, type Entry } from './entry.ts';
import { asBytes, asText, blobId } from './rows.ts';
import { disclosePayload, type Disclosed } from './seal.ts';

/** Names a private field: entry number and name. */
export type FieldRef = Readonly<{ n: number; name: string }>;

const PAGE = 256;

/**
 * Entries from number `from` on. Read in pages, so that no cursor stays open while the caller writes.
 * @throws StorageError `corrupt` with the number of the entry that cannot be read
 */
export function* readEntries(
  open: () => Sqlite,
  logs: ReadonlySet<string>,
  from: number,
): IterableIterator<Entry> {
  for (let next = from; ; next += PAGE) {
    const entries = readRows(open(), logs, next, next + PAGE);
    yield* entries;
    if (entries.length < PAGE) return;
  }
}

/** Entries `from` to before `to`, up to what is not of these logs: rows that somebody put behind the last signed one. */
export function readRows(
  db: Sqlite,
  logs: ReadonlySet<string>,
  from: number,
  to: number,
  decode: (text: string) => Entry | string = decodeText,
): readonly Entry[] {
  // As text: making a buffer for each takes longer than reading it.
  const rows = db.all(
    'SELECT log, CAST(leaf AS TEXT) AS leaf FROM entry WHERE n >= ? AND n < ? ORDER BY n',
    from,
    to,
  );
  const entries: Entry[] = [];
  for (const row of rows) {
    if (!logs.has(asText(row['log']))) break;
    const n = from + entries.length;
    const text = asText(row['leaf']);
    const doubtful = text.includes('\uFFFD') ? readEntry(db, n) : null;
    entries.push(doubtful ?? orThrow(db.path, n, decode(text)));
  }
  return entries;
}

/** A private field's clear text; null when the key is not here or destroyed, or the bytes are not what was sealed. */
export function readField(db: Sqlite, deks: DataKeys, { n, name }: FieldRef): Disclosed | null {
  const { priv = [], log = '' } = readEntry(db, n) ?? {};
  const field = priv.findIndex((one) => one.name === name);
  const ref = priv[field];
  if (ref === undefined) return null;
  const blob = db.get('SELECT data FROM blob WHERE id = ?', blobId(n, field))?.['data'];
  const dek = deks.opening(db, ref.dek);
  if (!(blob instanceof Uint8Array) || dek === null || sha256Hex(blob) !== ref.ct) return null;
  return disclosePayload(dek, { log, n, name }, blob, ref.pc);
}

/** The id of the data key of a private field, which outlives the key itself. */
export function sealedWith(db: Sqlite, { n, name }: FieldRef): string | null {
  return readEntry(db, n)?.priv.find((one) => one.name === name)?.dek ?? null;
}

function readEntry(db: Sqlite, n: number): Entry | null {
  const row = db.get('SELECT leaf FROM entry WHERE n = ?', n);
  return row === null ? null : orThrow(db.path, n, decodeEntry(asBytes(row['leaf'])));
}

function orThrow(path: string, n: number, entry: Entry | string): Entry {
  if (typeof entry === 'string') throw new StorageError('corrupt', path, `entry #${n} ${entry}`);
  return entry;
}
