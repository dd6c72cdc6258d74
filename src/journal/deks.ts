import { sha256Hex, toHex } from '../base/hash.ts';
import type { Random } from '../io/random.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { asBytes, asText } from './rows.ts';
import { unwrapDek, wrapDek } from './seal.ts';

export type DataKey = Readonly<{ id: string; key: Uint8Array }>;

/** The data keys of one journal: one per data class, made when first needed, kept on disk only wrapped. */
export interface DataKeys {
  /** The key that seals new fields of a class. @throws StorageError `sealed`, `wrong-key` */
  sealing(db: Sqlite, dataClass: string): DataKey;
  /** The key with this id, or null when it was destroyed or cannot be unwrapped here. */
  opening(db: Sqlite, id: string): Uint8Array | null;
  /** Forgets what was unwrapped, overwriting it. */
  forget(): void;
}

export function dataKeys(incident: string, kek: Uint8Array | null, random: Random): DataKeys {
  const unwrapped = new Map<string, Uint8Array>();

  const unwrap = (id: string, wrapped: Uint8Array): Uint8Array | null => {
    const known = unwrapped.get(id);
    if (known !== undefined) return known;
    const key = kek === null ? null : unwrapDek(kek, incident, id, wrapped);
    if (key !== null) unwrapped.set(id, key);
    return key;
  };

  return {
    sealing(db, dataClass) {
      if (kek === null)
        throw new StorageError('sealed', db.path, 'no key is at hand to seal a private field');
      const row = db.get(`SELECT id, wrapped FROM dek WHERE class = ? AND state = 'active'`, dataClass);
      if (row !== null) {
        const id = asText(row['id']);
        const key = unwrap(id, asBytes(row['wrapped']));
        if (key !== null) return { id, key };
        throw new StorageError(
          'wrong-key',
          db.path,
          `the data key ${id} was wrapped with another key than the one here`,
        );
      }
      // One journal, one wrapping key. When it was changed meanwhile, ours is about to be thrown away with all it wraps.
      if (db.get(`SELECT 1 FROM dek WHERE state = 'active' AND kek <> ?`, kekId(kek)) !== null) {
        throw new StorageError(
          'wrong-key',
          db.path,
          'the data keys here were wrapped with another key than the one here',
        );
      }
      const id = toHex(random.bytes(8));
      const key = random.bytes(32);
      const wrapped = wrapDek(kek, incident, id, key, random.bytes(12));
      db.run(`INSERT INTO dek VALUES (?, ?, ?, ?, 'active')`, id, dataClass, wrapped, kekId(kek));
      return { id, key };
    },
    opening(db, id) {
      const wrapped = db.get('SELECT wrapped FROM dek WHERE id = ?', id)?.['wrapped'];
      return wrapped instanceof Uint8Array ? unwrap(id, wrapped) : null;
    },
    forget() {
      for (const key of unwrapped.values()) key.fill(0);
      unwrapped.clear();
    },
  };
}

/**
 * Names a key-encryption key. It tells nothing of one made of chance; a guess at a passphrase can be checked against it, as
 * against anything the key wraps, but only with the salt and at the price of argon2id.
 */
export function kekId(kek: Uint8Array): string {
  return sha256Hex(kek).slice(0, 16);
}
