import { memorySqlite, type Sqlite } from '../io/sqlite.ts';
import { visible } from '../base/text.ts';
import type { Finding } from './findings.ts';
import { migrate } from './migrations/index.ts';

/**
 * Tables, indexes, views and triggers of the file, against those that this program makes: what it never made could hold, hide or
 * change what a reader takes for the journal.
 */
export function checkSchema(db: Sqlite): readonly Finding[] {
  const ours = memorySqlite();
  try {
    migrate(ours);
    const made = new Map(partsOf(ours).map((part) => [part.name, part.sql]));
    return partsOf(db)
      .filter(({ name, sql }) => made.get(name) !== sql)
      .map(({ type, name }) => ({
        kind: 'database',
        entry: null,
        says: made.has(name)
          ? `the ${type} ${visible(name)} is not as this program makes it`
          : `somebody has added the ${type} ${visible(name)} to the file`,
      }));
  } finally {
    ours.close();
  }
}

type Part = Readonly<{ type: string; name: string; sql: string }>;

/** SQLite's own: the indexes that a key brings, and what its analysis of queries leaves behind, have no text or are not ours to judge. */
function partsOf(db: Sqlite): readonly Part[] {
  return db
    .all('SELECT type, name, sql FROM sqlite_schema ORDER BY name')
    .filter(({ sql, name }) => sql !== null && !String(name).startsWith('sqlite_'))
    .map(({ type, name, sql }) => ({ type: String(type), name: String(name), sql: String(sql) }));
}
