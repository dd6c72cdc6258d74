import Database from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { assert } from '../base/assert.ts';
import { StorageError, type StorageCode } from './storage.ts';

export type SqlValue = null | number | string | Uint8Array;
export type Row = Readonly<Record<string, SqlValue>>;

/** One connection. Statements are prepared once. Every method throws `StorageError`. */
export interface Sqlite {
  readonly path: string;
  exec(sql: string): void;
  run(sql: string, ...values: readonly SqlValue[]): void;
  get(sql: string, ...values: readonly SqlValue[]): Row | null;
  all(sql: string, ...values: readonly SqlValue[]): readonly Row[];
  /** Nothing else may be written through this connection until the rows are read to the end. */
  iterate(sql: string, ...values: readonly SqlValue[]): IterableIterator<Row>;
  /**
   * BEGIN IMMEDIATE, the work, COMMIT. What the work throws rolls back. A failed COMMIT proves nothing: the caller
   * must close, open again and look.
   */
  write<T>(work: () => T): T;
  /** All reads of the work see one moment. */
  read<T>(work: () => T): T;
  close(): void;
}

export type OpenOptions = Readonly<{
  mode: 'create' | 'write' | 'read';
  /** How long to wait for another process, in milliseconds. */
  waitMs?: number;
}>;

const FULL = 2;

/**
 * Opens a database so that a commit survives a power cut (WAL with synchronous=FULL), on a disk of this machine.
 * A new file is 0600; its -wal and -shm inherit that.
 * @throws StorageError
 */
export function openSqlite(path: string, { mode, waitMs = 10_000 }: OpenOptions): Sqlite {
  if (mode !== 'read') refuseNetwork(path);
  return guard(path, () => {
    if (mode === 'create') closeSync(openSync(path, 'wx', 0o600));
    else if (!existsSync(path)) throw new StorageError('missing', path, `there is no ${path}`);
    const db = new Database(path, { readonly: mode === 'read', fileMustExist: true, timeout: waitMs });
    try {
      configure(db, mode, mode === 'read' ? 0 : pagesBeforeMoved(freeBytes(path)));
    } catch (error) {
      db.close();
      throw error;
    }
    return wrap(path, db);
  });
}

/**
 * Writes all that one moment of a database holds into a new file of its own, 0600 and synced, while others go on writing.
 * @throws StorageError `exists`, `full` ...
 */
export function copyDatabase(db: Sqlite, to: string): void {
  guard(to, () => {
    // SQLite takes an empty file as a place to write to, and keeps its mode.
    closeSync(openSync(to, 'wx', 0o600));
    try {
      db.run('VACUUM INTO ?', to);
      const file = openSync(to, 'r');
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      rmSync(to, { force: true });
      throw error;
    }
  });
}

/** A database that is nowhere on the disk and gone when it is closed. */
export function memorySqlite(): Sqlite {
  return wrap(':memory:', new Database(':memory:'));
}

const freeBytes = (path: string): number => {
  const { bavail, bsize } = statfsSync(dirname(resolve(path)));
  return bavail * bsize;
};

/**
 * How many pages of 4 KiB the -wal file takes before they are moved into the database. Moving costs two more syncs, so it is seldom
 * done; where 4 MiB are a good part of what is left of the disk, often.
 */
export const pagesBeforeMoved = (free: number): number => (free < ROOMY ? 100 : 1000);

const ROOMY = 268_435_456;

function configure(db: Database.Database, mode: OpenOptions['mode'], pages: number): void {
  if (mode !== 'read') {
    db.pragma('journal_mode = WAL');
    db.pragma(`wal_autocheckpoint = ${pages}`);
    // Deleted keys are overwritten, not only unlinked.
    db.pragma('secure_delete = ON');
  }
  db.pragma('synchronous = FULL');
  // These two ask macOS to flush the drive's own cache; elsewhere they change nothing.
  db.pragma('fullfsync = 1');
  db.pragma('checkpoint_fullfsync = 1');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  // SQLite's own default, in KiB. better-sqlite3 is built with eight times as much, which a journal, read from one end to the other, never uses.
  db.pragma('cache_size = -2000');
  // better-sqlite3 is built so that WAL falls back to NORMAL at the first access of a connection, and says FULL
  // before it: so the question is asked after a read.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  assert(synchronous(db) === FULL, 'a connection without synchronous=FULL loses entries in a power cut');
  assert(
    mode === 'read' || db.pragma('journal_mode', { simple: true }) === 'wal',
    'a writable journal is in WAL mode',
  );
}

function synchronous(db: Database.Database): unknown {
  return db.pragma('synchronous', { simple: true });
}

function wrap(path: string, db: Database.Database): Sqlite {
  const prepared = new Map<string, Database.Statement<unknown[], Row>>();
  const prepare = (sql: string): Database.Statement<unknown[], Row> => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare<unknown[], Row>(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  const write = <T>(work: () => T): T =>
    guard(path, () => {
      prepare('BEGIN IMMEDIATE').run();
      try {
        const result = work();
        prepare('COMMIT').run();
        return result;
      } catch (error) {
        rollback(db);
        throw error;
      }
    });
  const read = <T>(work: () => T): T =>
    guard(path, () => {
      prepare('BEGIN').run();
      try {
        return work();
      } finally {
        // Nothing was written; and on a damaged file a COMMIT would fail and take with it what was read.
        rollback(db);
      }
    });
  return {
    path,
    exec: (sql) => guard(path, () => void db.exec(sql)),
    run: (sql, ...values) => guard(path, () => void prepare(sql).run(...values)),
    get: (sql, ...values) => guard(path, () => prepare(sql).get(...values) ?? null),
    all: (sql, ...values) => guard(path, () => prepare(sql).all(...values)),
    *iterate(sql, ...values) {
      try {
        // A statement of its own: two loops over the same SQL must not share a cursor.
        yield* db.prepare<unknown[], Row>(sql).iterate(...values);
      } catch (error) {
        throw translate(path, error);
      }
    },
    write,
    read,
    close: () => guard(path, () => void db.close()),
  };
}

/** Never hides the error that led here. A connection that cannot even roll back is closed, which does it. */
function rollback(db: Database.Database): void {
  try {
    // SQLite has already rolled back after a full disk or an I/O error.
    if (db.open && db.inTransaction) db.exec('ROLLBACK');
  } catch {
    db.close();
  }
}

function guard<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translate(path, error);
  }
}

const CODES: readonly (readonly [RegExp, StorageCode, string])[] = [
  // Opening grows a file that is shared between processes; the one reason it cannot is that there is no room.
  [/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/, 'full', 'the disk is full'],
  [/^(SQLITE_READONLY|EROFS)/, 'read-only', 'the file or its file system is read-only'],
  [/^(SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM)/, 'permissions', 'no permission'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'locked', 'another process holds the database'],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_FORMAT|SQLITE_SCHEMA|SQLITE_ERROR)/,
    'corrupt',
    'the database is damaged',
  ],
  [/^EEXIST/, 'exists', 'there is already such a file'],
  [/^(SQLITE_TOOBIG)/, 'too-large', 'a value is too large'],
  [/^(SQLITE_|E[A-Z])/, 'io', 'reading or writing failed'],
];

/** SQLite's and the system's codes as ours. What is neither is a bug and passes through. */
function translate(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const raw = 'code' in error ? String(error.code) : '';
  // A broken rule of the schema is a bug here or a trigger that did its work, not a state of the disk.
  if (raw.startsWith('SQLITE_CONSTRAINT') || raw.startsWith('SQLITE_MISUSE') || raw.startsWith('ERR_'))
    return error;
  const known = CODES.find(([pattern]) => pattern.test(raw));
  return known === undefined
    ? error
    : new StorageError(known[1], path, `${known[2]} (${raw})`, { cause: error });
}

/** Magic numbers of statfs(2) for file systems whose locks and syncs reach over a network. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9p'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
]);
const FUSE = 0x65735546;
const REMOTE_FUSE =
  /^fuse\.(sshfs|rclone|s3fs|s3ql|davfs|gcsfuse|glusterfs|ceph|curlftpfs|blobfuse\d*|goofys)/;

/** The network file system that would hold the file, or null. `magic` is what statfs(2) answers for its folder. */
export function networkFileSystem(magic: number, mountType: () => string): string | null {
  const type = magic >>> 0;
  if (type !== FUSE) return NETWORK.get(type) ?? null;
  const mounted = mountType();
  return REMOTE_FUSE.test(mounted) ? mounted : null;
}

function refuseNetwork(path: string): void {
  // Elsewhere f_type numbers the file systems by the order they were loaded in.
  if (process.platform !== 'linux') return;
  const folder = dirname(resolve(path));
  const found = guard(path, () =>
    networkFileSystem(Number(statfsSync(folder).type), () => mountType(folder)),
  );
  if (found === null) return;
  throw new StorageError('network-filesystem', path, `${folder} is on a network file system (${found})`);
}

/** The type of the deepest mount above a folder, from /proc/self/mountinfo. */
function mountType(folder: string): string {
  let best = { point: '', type: '' };
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    const [mount = '', rest = ''] = line.split(' - ');
    const point = (mount.split(' ')[4] ?? '').replaceAll('\\040', ' ');
    const above = folder === point || folder.startsWith(point === '/' ? '/' : `${point}/`);
    if (point !== '' && above && point.length >= best.point.length)
      best = { point, type: rest.split(' ')[0] ?? '' };
  }
  return best.type;
}
