import { visible } from '../../base/text.ts';
import type { Sqlite } from '../../io/sqlite.ts';
import { StorageError } from '../../io/storage.ts';
import { migration001 } from './001.ts';
import { migration002 } from './002.ts';
import { migration003 } from './003.ts';

/** Run in order, never edited once released: an old journal must open for ever. */
const MIGRATIONS: readonly string[] = [migration001, migration002, migration003];

/** Brings the tables up to date, inside the caller's transaction. */
export function migrate(db: Sqlite): void {
  const version = schemaVersion(db);
  for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
  if (version < MIGRATIONS.length) db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
}

/**
 * @throws StorageError `newer` when a later firebreak made the file, `corrupt` when the file would run rules that are not
 * ours: a trigger could drop an entry that is told as written
 */
export function schemaVersion(db: Sqlite): number {
  const foreign = db
    .all("SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')")
    .find(({ sql }) => typeof sql !== 'string' || !MIGRATIONS.some((migration) => migration.includes(sql)));
  if (foreign !== undefined) {
    const name = visible(String(foreign['name']));
    throw new StorageError('corrupt', db.path, `somebody has added the rule ${name} to the file`);
  }
  const version = Number(db.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new StorageError('newer', db.path, `${db.path} was made by a newer firebreak (tables ${version})`);
  }
  return version;
}

export const currentSchema = MIGRATIONS.length;

/** A journal of an earlier firebreak that was only read has no table for batches, and has none. */
export const hasItems = (db: Sqlite): boolean => schemaVersion(db) >= 2;

/** The same of how far it was sent: nothing was, then. */
export const hasShipped = (db: Sqlite): boolean => schemaVersion(db) >= 3;
