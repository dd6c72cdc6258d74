import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Mutation } from './change.ts';

const FILE = 'journal.sqlite';

const sql =
  (...statements: readonly string[]): Mutation['change'] =>
  (bundle) => {
    const db = new Database(join(bundle, FILE));
    try {
      const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
      const rules = triggers as { name: string; sql: string }[];
      for (const { name } of rules) db.exec(`DROP TRIGGER ${name}`);
      for (const statement of statements) db.exec(statement);
      // Whoever knows how puts the guard rails back.
      for (const rule of rules) db.exec(rule.sql);
    } finally {
      db.close();
    }
  };

/** Changes of the database, as somebody with sqlite3 would make them. */
export function rowMutations(size: number): readonly Mutation[] {
  const last = size - 1;
  const rows: readonly (readonly [string, Mutation['change']])[] = [
    [
      'an entry edited',
      sql(`UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), '"v":1', '"v":2') AS BLOB) WHERE n = 14`),
    ],
    [
      'the last entry edited',
      sql(`UPDATE entry SET leaf = CAST(CAST(leaf AS TEXT) || ' ' AS BLOB) WHERE n = ${last}`),
    ],
    ['a hash changed', sql('UPDATE entry SET hash = zeroblob(32) WHERE n = 15')],
    ['the last entry removed', sql(`DELETE FROM entry WHERE n = ${last}`)],
    ['an entry in the middle removed', sql('DELETE FROM entry WHERE n = 16')],
    ['an entry added', sql(`INSERT INTO entry SELECT log, ${size}, leaf, hash FROM entry WHERE n = ${last}`)],
    [
      'two entries swapped',
      sql(
        'UPDATE entry SET n = n + 100000 WHERE n IN (17, 18)',
        'UPDATE entry SET n = 100035 - n WHERE n > 100000',
      ),
    ],
    [
      'the checkpoint changed',
      sql(`UPDATE checkpoint SET note = replace(note, 'firebreak', 'firebrand') WHERE size = ${size}`),
    ],
    ['the checkpoint removed', sql(`DELETE FROM checkpoint WHERE size = ${size}`)],
  ];
  const beside: readonly (readonly [string, Mutation['change']])[] = [
    ['a node of the tree changed', sql('UPDATE node SET hash = zeroblob(32) WHERE level = 3 AND idx = 1')],
    ['sealed bytes changed', sql("UPDATE blob SET data = x'00' WHERE id = (SELECT min(id) FROM blob)")],
    ['sealed bytes removed', sql('DELETE FROM blob WHERE id = (SELECT max(id) FROM blob)')],
    [
      'an earlier checkpoint removed',
      sql('DELETE FROM checkpoint WHERE size = (SELECT min(size) FROM checkpoint)'),
    ],
  ];
  return [
    ...rows.map(([name, change]) => ({
      name: `rows: ${name}`,
      touches: ['rows', 'listed'] as const,
      change,
    })),
    ...beside.map(([name, change]) => ({ name: `rows: ${name}`, touches: ['listed'] as const, change })),
    {
      name: 'rows: the file is cut',
      touches: ['rows', 'listed'],
      change: (bundle) => truncateSync(join(bundle, FILE), 20_480),
    },
  ];
}
