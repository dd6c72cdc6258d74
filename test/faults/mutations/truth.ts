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

/** Null: SQLite itself cannot read it to the end. */
export const truthOf = (path: string): Truth | null => {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    const blobs = new Map<number, string>();
    for (const row of db.prepare('SELECT id, data FROM blob ORDER BY id').iterate() as Iterable<{
      id: number;
      data: Buffer | null;
    }>) {
      const n = Math.floor(row.id / 512);
      blobs.set(n, digest(blobs.get(n) ?? '', row.id, row.data));
    }
    const rows = db.prepare('SELECT log, n, leaf FROM entry ORDER BY n').all() as {
      log: string;
      n: number;
      leaf: Buffer;
    }[];
    const notes = db.prepare('SELECT size, note FROM checkpoint ORDER BY size').all() as {
      size: number;
      note: string;
    }[];
    const keys = db.prepare('SELECT id, wrapped, state FROM dek ORDER BY id').all() as {
      id: string;
      wrapped: Buffer;
      state: string;
    }[];
    return {
      entries: rows.map(({ log, n, leaf }) => digest(log, n, leaf, blobs.get(n) ?? '')),
      rest: digest(
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

/** The first entry that is not what it was; null when all are. One that is gone, or was added, counts. */
export const firstChange = (before: Truth, after: Truth): number | null => {
  const length = Math.max(before.entries.length, after.entries.length);
  for (let n = 0; n < length; n += 1) if (before.entries[n] !== after.entries[n]) return n;
  return null;
};

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
