import type { Sqlite } from '../io/sqlite.ts';
import type { Draft, RowsDraft } from './draft.ts';
import type { Entry } from './entry.ts';
import { asText } from './rows.ts';

/** `policy` is what an entry reads of it later; `beside` is written in the same transaction. */
export type ShredBy = Readonly<{
  actor: string;
  reason: string;
  policy?: string;
  beside?: readonly Draft[];
}>;

/** `wiped` is false when another process still reads: the old bytes stay in the -wal file until it lets go. */
export type Shredded = Readonly<{ keys: number; wiped: boolean }>;

/** Writes drafts, and what `more` writes, in one transaction. */
export type CommitWith = (
  drafts: readonly (Draft | RowsDraft)[],
  more?: (db: Sqlite) => void,
) => readonly (Entry | null)[];

export function shred(
  db: Sqlite,
  dataClass: string,
  { actor, reason, policy, beside = [] }: ShredBy,
  commit: CommitWith,
): Shredded {
  const rows = db.all(`SELECT id FROM dek WHERE class = ? AND state = 'active'`, dataClass);
  const ids = rows.map((row) => asText(row['id']));
  if (ids.length === 0) return { keys: 0, wiped: true };
  const why = { class: dataClass, reason, ...(policy === undefined ? {} : { policy }) };
  const drafts = [...ids.map((dek) => ({ kind: 'key.shred', actor, pub: { ...why, dek } })), ...beside];
  commit(drafts, (now) => {
    for (const id of ids) {
      now.run(`UPDATE dek SET wrapped = NULL, state = 'destroyed' WHERE id = ?`, id);
      now.run('UPDATE blob SET data = NULL WHERE dek = ?', id);
      now.run('UPDATE item_blob SET data = NULL WHERE dek = ?', id);
    }
  });
  // Copies of the key are in the -wal file until it is emptied.
  return { keys: ids.length, wiped: db.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0 };
}
