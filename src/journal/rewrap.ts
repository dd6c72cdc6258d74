import { assert } from '../base/assert.ts';
import type { Random } from '../io/random.ts';
import { openSqlite } from '../io/sqlite.ts';
import { kekId } from './deks.ts';
import { readFirst } from './head.ts';
import { asBytes, asText } from './rows.ts';
import { unwrapDek, wrapDek } from './seal.ts';

/**
 * Changing the key that wraps a journal's data keys. Entries, blobs and proofs are not touched by it: they hang on the data
 * keys, which stay. All of one journal are re-wrapped in one transaction, so that it is opened by one key at every moment.
 */

/**
 * Ids of the keys that wrap this journal's data keys: one, or none before its first private field.
 * @throws StorageError when the file cannot be read
 */
export function wrappedBy(path: string): readonly string[] {
  const db = openSqlite(path, { mode: 'read' });
  try {
    return db.all('SELECT DISTINCT kek FROM dek WHERE wrapped IS NOT NULL').map((row) => asText(row['kek']));
  } finally {
    db.close();
  }
}

/**
 * `same`: nothing was to be done. `no-key`: one of its data keys opens with none of the keys given, so all stay as they were.
 * `wiped` is false while another process reads: what the old key opened stays in the -wal file until it lets go.
 */
export type Rewrapped = Readonly<{ is: 'moved'; wiped: boolean }> | Readonly<{ is: 'same' | 'no-key' }>;

/** @param keys by id. @throws StorageError `locked`, `full` ...: then nothing was changed */
export function rewrap(
  path: string,
  keys: ReadonlyMap<string, Uint8Array>,
  to: Uint8Array,
  random: Random,
): Rewrapped {
  const id = kekId(to);
  const db = openSqlite(path, { mode: 'write' });
  try {
    const is = db.write(() => {
      const rows = db.all('SELECT id, wrapped, kek FROM dek WHERE wrapped IS NOT NULL AND kek <> ?', id);
      if (rows.length === 0) return 'same';
      const { incident } = readFirst(db);
      const opened = rows.map((row) => {
        const [name, kek] = [asText(row['id']), keys.get(asText(row['kek']))];
        return {
          name,
          key: kek === undefined ? null : unwrapDek(kek, incident, name, asBytes(row['wrapped'])),
        };
      });
      if (opened.some(({ key }) => key === null)) return 'no-key';
      for (const { name, key } of opened) {
        assert(key !== null, 'all were opened');
        db.run(
          'UPDATE dek SET wrapped = ?, kek = ? WHERE id = ?',
          wrapDek(to, incident, name, key, random.bytes(12)),
          id,
          name,
        );
        key.fill(0);
      }
      return 'moved';
    });
    // What the old key opens is in the -wal file until it is emptied, after a crash in between too.
    const wiped = db.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0;
    return is === 'moved' ? { is, wiped } : { is };
  } finally {
    db.close();
  }
}
