import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { leafHash } from '../../../src/journal/merkle.ts';

/** What is in a file, read without one line of the journal's own code, so that what the verifier says can be judged. */

export type Truth = Readonly<{
  /** One line for each entry, with its place and what it sealed. */
  entries: readonly string[];
  rest: string;
}>;

const digest = (...parts: readonly unknown[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(Buffer.isBuffer(part) ? part : String(part)).update('\0');
  return hash.digest('hex');
};

type Leaf = Readonly<{ log: string; n: number; leaf: Buffer }>;
type Sealed = Readonly<{ id: number; data: Buffer | null }>;

/** How many sealed fields a leaf names: whatever else lies under its number belongs to no entry. */
const fieldsOf = (leaf: Buffer): number => {
  try {
    const { priv } = JSON.parse(leaf.toString('utf8')) as { priv: readonly unknown[] };
    return priv.length;
  } catch {
    return 0;
  }
};

const FIELDS_PER_ENTRY = 512;

/** What each leaf sealed, and what is sealed under no leaf: a row that was moved into this table is in no entry. */
const sealedIn = (
  rows: readonly Leaf[],
  blobs: readonly Sealed[],
): Readonly<{ of: ReadonlyMap<number, string>; strays: string }> => {
  const counts = new Map(rows.map(({ n, leaf }) => [n, fieldsOf(leaf)]));
  const of = new Map<number, string>();
  let strays = '';
  for (const { id, data } of blobs) {
    const n = Math.floor(id / FIELDS_PER_ENTRY);
    if (id % FIELDS_PER_ENTRY < (counts.get(n) ?? 0)) of.set(n, digest(of.get(n) ?? '', id, data));
    else strays = digest(strays, id, data);
  }
  return { of, strays };
};

/** Null: SQLite itself cannot read it to the end. */
export const truthOf = (path: string): Truth | null => {
  let db: Database.Database | null = null;
  try {
    const open = new Database(path, { readonly: true, fileMustExist: true });
    db = open;
    const all = <T>(sql: string): readonly T[] => open.prepare(sql).all() as T[];
    const rows = all<Leaf>('SELECT log, n, leaf FROM entry ORDER BY n');
    const { of, strays } = sealedIn(rows, all<Sealed>('SELECT id, data FROM blob ORDER BY id'));
    const notes = all<{ size: number; note: string }>('SELECT size, note FROM checkpoint ORDER BY size');
    const keys = all<{ id: string; wrapped: Buffer; state: string }>(
      'SELECT id, wrapped, state FROM dek ORDER BY id',
    );
    return {
      entries: rows.map(({ log, n, leaf }) => digest(log, n, leaf, of.get(n) ?? '')),
      rest: digest(
        strays,
        ...notes.flatMap(({ size, note }) => [size, note]),
        ...keys.flatMap(({ id, wrapped, state }) => [id, wrapped, state]),
      ),
    };
  } catch {
    return null;
  } finally {
    db?.close();
  }
};

/** The places whose entry is not what it was, in order. One that is gone, or was added, counts. */
export const changesOf = (before: Truth, after: Truth): readonly number[] =>
  Array.from({ length: Math.max(before.entries.length, after.entries.length) }, (_, n) => n).filter(
    (n) => before.entries[n] !== after.entries[n],
  );

/** SQLite's own check, taken for one against tampering. */
export const integrityOk = (path: string): boolean => {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true });
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    db?.close();
  }
};

/** A verifier that follows the chain and looks at no signature. */
export const chainOk = (path: string): boolean => {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true });
    let prev = '0'.repeat(64);
    const rows = db.prepare('SELECT leaf FROM entry ORDER BY n').all() as { leaf: Buffer }[];
    for (const { leaf } of rows) {
      if ((JSON.parse(leaf.toString('utf8')) as { prev: string }).prev !== prev) return false;
      prev = Buffer.from(leafHash(leaf)).toString('hex');
    }
    return true;
  } catch {
    return false;
  } finally {
    db?.close();
  }
};
