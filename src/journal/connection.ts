import { sameBytes } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError, type StorageCode } from '../io/storage.ts';
import type { Written } from './draft.ts';

/** The open database of a journal. After a failed commit it is closed and opened again, never used on. */
export interface Connection {
  get(): Sqlite;
  /** Runs a writing transaction; `written` is what it was about to write. @throws StorageError with `landed` */
  write<T>(written: readonly Written[], log: string, work: (db: Sqlite) => T): T;
  close(): void;
}

// After these nobody knows what the disk holds: a failed fsync may have kept or lost the pages it was asked to keep.
const UNSURE: ReadonlySet<StorageCode> = new Set(['full', 'io', 'corrupt', 'read-only']);

export function makeConnection(first: Sqlite, reconnect: () => Sqlite): Connection {
  let db: Sqlite | null = first;
  let closed = false;

  const get = (): Sqlite => {
    if (closed) throw new StorageError('io', first.path, 'this journal was closed');
    db ??= reconnect();
    return db;
  };
  const drop = (): void => {
    try {
      db?.close();
    } catch {
      // A connection that failed to commit may fail to close; the next one looks at the disk anew.
    }
    db = null;
  };

  return {
    get,
    write(written, log, work) {
      const now = get();
      try {
        return now.write(() => work(now));
      } catch (error) {
        if (!(error instanceof StorageError) || !UNSURE.has(error.code)) throw error;
        drop();
        throw lookAfter(error, get, log, written);
      }
    },
    close() {
      if (closed) return;
      closed = true;
      db?.close();
      db = null;
    },
  };
}

/** Opens again and says whether the entries are there in spite of the error. Half of them cannot be. */
function lookAfter(
  error: StorageError,
  get: () => Sqlite,
  log: string,
  written: readonly Written[],
): StorageError {
  const why = error.message;
  let landed: boolean;
  try {
    const db = get();
    landed =
      written.length > 0 &&
      written.every(({ table, key, leaf }) => {
        const column = table === 'entry' ? 'n' : 'id';
        const found = db.get(`SELECT leaf FROM ${table} WHERE ${column} = ? AND +log = ?`, key, log)?.[
          'leaf'
        ];
        return found instanceof Uint8Array && sameBytes(found, leaf);
      });
  } catch (cause) {
    const then = cause instanceof Error ? cause.message : 'unknown';
    return new StorageError(error.code, error.path, `${why}; opening again failed too: ${then}`, {
      cause: error,
    });
  }
  const found = landed ? 'the entries are there nevertheless' : 'nothing of it was written';
  return new StorageError(error.code, error.path, `${why}; ${found}`, { cause: error, landed });
}
