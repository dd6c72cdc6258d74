import { Buffer } from 'node:buffer';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { decodeEntry } from './entry.ts';
import { epochName, epochOf, type Epoch } from './epoch.ts';
import type { Origin } from './lineage.ts';
import { asBytes, asNumber, lastNote } from './rows.ts';

/** What the tables of a journal say of the epochs of its keys. */

/** The epoch that runs in a journal of `size` entries; null where its log has none. @throws StorageError `corrupt` */
export function newestEpoch(db: Sqlite, log: string, size: number): Epoch | null {
  // Looked for from the end, as bytes: an epoch is short, and only entries that hold this are read. A text cannot hold it, because its
  // quotation marks would be escaped; a public part could, deeper down.
  const mark = Buffer.from(`"epoch":"${epochName(log, 0).slice(0, -1)}`);
  for (let before = size; before > 0;) {
    const sql =
      'SELECT n, leaf FROM entry WHERE n < ? AND +log = ? AND instr(leaf, ?) > 0 ORDER BY n DESC LIMIT 1';
    const row = db.get(sql, before, log, mark);
    if (row === null) return null;
    before = asNumber(row['n']);
    const entry = decodeEntry(asBytes(row['leaf']));
    if (typeof entry === 'string') throw new StorageError('corrupt', db.path, `entry #${before} ${entry}`);
    const epoch = epochOf(entry);
    if (epoch !== null) return epoch;
  }
  return null;
}

/** Whether the keys of a log change with time: its first entry says so. */
export function hasEpochs(db: Sqlite, { from }: Pick<Origin, 'from'>): boolean {
  const row = db.get('SELECT leaf FROM entry WHERE n = ?', from);
  const entry = row === null ? null : decodeEntry(asBytes(row['leaf']));
  return entry !== null && typeof entry !== 'string' && epochOf(entry) !== null;
}

/** Whether nobody has begun another one since: the last line of the newest checkpoint is by the one that ran when it was signed. */
export function runsStill(db: Sqlite, log: string, { number }: Epoch): boolean {
  const note = lastNote(db, log)?.note ?? '';
  return note.startsWith(`\u2014 ${epochName(log, number)} `, note.lastIndexOf('\u2014 '));
}
