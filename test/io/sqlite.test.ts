import { chmodSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { networkFileSystem, openSqlite, pagesBeforeMoved } from '../../src/io/sqlite.ts';
import { StorageError } from '../../src/io/storage.ts';
import { newFolder } from '../journal/journals.ts';

const file = (): string => join(newFolder(), 'test.sqlite');
const room = (path: string): number => {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
};
const pragma = (db: ReturnType<typeof openSqlite>, name: string): unknown =>
  Object.values(db.get(`PRAGMA ${name}`) ?? {})[0];

describe('a database', () => {
  it('is opened so that a commit survives a power cut, on every connection', () => {
    const path = file();
    for (const mode of ['create', 'write', 'write', 'read'] as const) {
      const db = openSqlite(path, { mode });
      if (mode !== 'read') db.write(() => db.exec('CREATE TABLE IF NOT EXISTS t (a INTEGER) STRICT'));
      expect(pragma(db, 'synchronous')).toBe(2);
      expect(pragma(db, 'journal_mode')).toBe('wal');
      expect([pragma(db, 'trusted_schema'), pragma(db, 'cell_size_check'), pragma(db, 'mmap_size')]).toEqual([
        0, 1, 0,
      ]);
      expect([pragma(db, 'fullfsync'), pragma(db, 'checkpoint_fullfsync')]).toEqual([1, 1]);
      if (mode !== 'read')
        expect([pragma(db, 'secure_delete'), pragma(db, 'wal_autocheckpoint')]).toEqual([
          1,
          pagesBeforeMoved(room(path)),
        ]);
      db.close();
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('moves what was committed seldom, and on a disk that is nearly full often', () => {
    expect([0, 268_435_455, 268_435_456, 1e12].map((free) => pagesBeforeMoved(free))).toEqual([
      100, 100, 1000, 1000,
    ]);
  });

  it('would not be, by default of the package: this is what the assertion is for', () => {
    const db = new Database(file());
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE t (a)');
    expect(db.pragma('synchronous', { simple: true })).toBe(1);
    db.close();
  });

  it('rolls back what throws, and gives the value of what does not', () => {
    const db = openSqlite(file(), { mode: 'create' });
    db.exec('CREATE TABLE t (a INTEGER) STRICT');
    const fails = (): void =>
      db.write(() => {
        db.run('INSERT INTO t VALUES (?)', 1);
        throw new RangeError('no');
      });
    expect(fails).toThrow(RangeError);
    expect(db.write(() => (db.run('INSERT INTO t VALUES (?)', 2), 'done'))).toBe('done');
    expect(db.all('SELECT a FROM t')).toEqual([{ a: 2 }]);
    expect([...db.iterate('SELECT a FROM t')]).toEqual([{ a: 2 }]);
    expect(db.get('SELECT a FROM t WHERE a = ?', 9)).toBeNull();
    db.close();
  });

  it('says in a code why it refuses', () => {
    const codeOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return error instanceof StorageError ? error.code : String(error);
      }
      return 'no error';
    };
    const path = file();
    const one = openSqlite(path, { mode: 'create' });
    one.exec('CREATE TABLE t (a INTEGER) STRICT');
    const two = openSqlite(path, { mode: 'write', waitMs: 10 });
    expect(one.write(() => codeOf(() => two.write(() => two.run('INSERT INTO t VALUES (1)'))))).toBe(
      'locked',
    );
    const reader = openSqlite(path, { mode: 'read' });
    expect(codeOf(() => reader.run('INSERT INTO t VALUES (1)'))).toBe('read-only');
    expect(codeOf(() => openSqlite(path, { mode: 'create' }))).toBe('exists');
    for (const db of [one, two, reader]) db.close();
    expect(codeOf(() => openSqlite(`${path}.none`, { mode: 'write' }))).toBe('missing');
    writeFileSync(`${path}.text`, 'this is a text file that is long enough'.repeat(50));
    expect(codeOf(() => openSqlite(`${path}.text`, { mode: 'write' }))).toBe('corrupt');
    chmodSync(path, 0o400);
    const asRoot = process.getuid?.() === 0;
    expect(codeOf(() => openSqlite(path, { mode: 'write' }).close())).toBe(asRoot ? 'no error' : 'read-only');
  });

  it('is refused on a network file system', () => {
    const never = (): string => '';
    expect(networkFileSystem(0x6969, never)).toBe('NFS');
    // statfs gives a signed number on some machines.
    expect(networkFileSystem(0xff534d42 | 0, never)).toBe('CIFS');
    expect(networkFileSystem(0xfe534d42, never)).toBe('SMB2');
    expect(networkFileSystem(0x517b, never)).toBe('SMB');
    expect(networkFileSystem(0x01021997, never)).toBe('9p');
    expect(networkFileSystem(0xef53, never)).toBeNull();
    expect(networkFileSystem(0x65735546, () => 'fuse.sshfs')).toBe('fuse.sshfs');
    expect(networkFileSystem(0x65735546, () => 'fuse.gocryptfs')).toBeNull();
  });
});
