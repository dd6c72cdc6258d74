import { openSqlite } from '../io/sqlite.ts';
import { dataKeys } from './deks.ts';
import { readFirst } from './head.ts';
import { decodeEntry } from './entry.ts';
import { readField } from './read.ts';
import { asBytes, asNumber, asText, entryOfBlob } from './rows.ts';

/**
 * Tries a key on a journal as a restore would: each data key is unwrapped, and the newest field that it seals is opened. Nothing
 * is changed, and nothing of what was opened is kept.
 * @throws StorageError when the journal cannot be read
 */
export function proveKeys(
  path: string,
  kek: Uint8Array,
): Readonly<{ keys: number; opened: number; fields: number }> {
  const db = openSqlite(path, { mode: 'read' });
  const none = { bytes: (length: number): Uint8Array => new Uint8Array(length) };
  try {
    const { incident } = readFirst(db);
    const deks = dataKeys(incident, kek, none);
    const ids = db
      .all('SELECT id FROM dek WHERE wrapped IS NOT NULL ORDER BY id')
      .map((row) => asText(row['id']));
    let [opened, fields] = [0, 0];
    for (const id of ids) {
      if (deks.opening(db, id) === null) continue;
      const sealed = db.get('SELECT id FROM blob WHERE dek = ? AND data IS NOT NULL ORDER BY id DESC', id);
      const n = sealed === null ? null : entryOfBlob(asNumber(sealed['id']));
      const leaf = n === null ? null : db.get('SELECT leaf FROM entry WHERE n = ?', n);
      const entry = leaf === null ? null : decodeEntry(asBytes(leaf['leaf']));
      const field =
        entry === null || typeof entry === 'string' ? undefined : entry.priv.find(({ dek }) => dek === id);
      if (field === undefined) {
        opened += 1;
        continue;
      }
      const found = readField(db, deks, { n: n ?? 0, name: field.name });
      if (found === null) continue;
      found.plaintext.fill(0);
      opened += 1;
      fields += 1;
    }
    deks.forget();
    return { keys: ids.length, opened, fields };
  } finally {
    db.close();
  }
}
