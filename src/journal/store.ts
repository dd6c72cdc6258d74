import type { Jump } from '../base/beat.ts';
import { assert } from '../base/assert.ts';
import { toHex } from '../base/hash.ts';
import type { Clock } from '../io/clock.ts';
import type { Random } from '../io/random.ts';
import { openSqlite, type OpenOptions, type Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { placeOf } from '../model/item.ts';
import { makeAnchors, type Anchors } from './anchors.ts';
import { appendDrafts } from './append.ts';
import type { Draft, RowsDraft, Written } from './draft.ts';
import type { Ballast } from './ballast.ts';
import { formatVkey } from './checkpoint.ts';
import { makeConnection } from './connection.ts';
import { dataKeys, type DataKeys } from './deks.ts';
import type { Entry } from './entry.ts';
import { checkHead, readFirst, type Opening } from './head.ts';
import { readItemField, readItems, type ItemRow } from './items.ts';
import { occasion, watching } from './jump.ts';
import type { JournalKeys } from './keys.ts';
import { makeLease, type Lease } from './lease.ts';
import type { Lineage } from './lineage.ts';
import { makeShipped, type Shipped } from './shipped.ts';
import { currentSchema, hasItems, migrate, schemaVersion } from './migrations/index.ts';
import { readEntries, readField, sealedWith, type FieldRef } from './read.ts';
import { asText, lastNote, nothingRecent, readTail } from './rows.ts';
import type { Disclosed } from './seal.ts';
import { makeWalker, type Stretch } from './walk.ts';
import { makeWriter } from './writer.ts';

/** One incident's journal: an entry is durable, signed and hash-linked once `append` has resolved. */
export interface Journal {
  /** Name of the log: random, safe to publish. */
  readonly origin: string;
  readonly incident: string;
  readonly drill: boolean;
  /** The key that signs, as others pin it (C2SP vkey). */
  readonly vkey: string;
  /** Everybody who wrote it, this log last. */
  readonly origins: Lineage;
  readonly path: string;
  size(): number;
  /**
   * Resolves after COMMIT; drafts of one turn of the event loop share a transaction.
   * @throws StorageError: `full` refuses new intents; `landed` tells what was found after a failed commit
   * @throws CanonicalError for a public part that JSON cannot carry exactly
   */
  append(drafts: readonly Draft[]): Promise<readonly Entry[]>;
  /** Rows of a batch that has begun: as durable as entries, and in the same transactions. Throws as `append` does. */
  appendRows(rows: RowsDraft): Promise<void>;
  /** The rows of the batch of that entry, in the order in which they were written. */
  items(batch: number): readonly ItemRow[];
  /** As `append`, at once; what was queued before goes first. */
  appendNow(drafts: readonly Draft[]): readonly Entry[];
  /** What the wall clock has done since the newest entry; null where it went on as clocks do. */
  jumped(): Jump | null;
  /** Writes that down, where it is so. True when it was. */
  noteJump(): boolean;
  /** In order, from entry number `from`; what other processes appended meanwhile included. */
  entries(from?: number): IterableIterator<Entry>;
  /** A stretch of them, either way round. `reveal` is cheap for the one that was just given. */
  walk(stretch: Stretch): IterableIterator<Entry>;
  /** Leaf hash of an entry, in hex, as the tree holds it; of one that `walk` has just given, else null. */
  walkedHash(n: number): string | null;
  /**
   * A private field's text; null when its key is not here, was destroyed, or the bytes are not what was sealed. `n` is an entry,
   * or one item of a batch (`model/item.ts`).
   */
  reveal(ref: FieldRef): string | null;
  revealBytes(ref: FieldRef): Uint8Array | null;
  /** The same of an entry, with the secret that the field's commitment was made with: who has both checks it without any key. */
  disclose(ref: FieldRef): Disclosed | null;
  /** The newest signed checkpoint (C2SP signed note): what is sent elsewhere as an anchor. */
  checkpoint(): string;
  /** Signs what is no checkpoint with the key of this journal: the list of a bundle's files. */
  sign(message: Uint8Array): Uint8Array;
  readonly anchors: Anchors;
  readonly lease: Lease;
  readonly shipped: Shipped;
  /** Destroys the data keys and the sealed bytes of one class, and records it; every proof stays valid. */
  shred(dataClass: string, by: ShredBy): Shredded;
  /** Ids of the data keys of a class that are not destroyed. */
  kept(dataClass: string): readonly string[];
  /** Id of the data key that seals a field, destroyed or not; null where there is no such field. */
  sealedWith(ref: FieldRef): string | null;
  /** Writes what is queued, moves everything into the one file, and closes. */
  close(): void;
}

/** `policy` is what an entry reads of it later; `beside` is written in the same transaction. */
export type ShredBy = Readonly<{
  actor: string;
  reason: string;
  policy?: string;
  beside?: readonly Draft[];
}>;

/** `wiped` is false when another process still reads: the old bytes stay in the -wal file until it lets go. */
export type Shredded = Readonly<{ keys: number; wiped: boolean }>;

export type OpenJournalOptions = Readonly<{
  path: string;
  clock: Clock;
  random: Random;
  keys: JournalKeys;
  readOnly?: boolean;
  ballast?: Ballast;
  /** Tests hand in a disk that fails. */
  sqlite?: (path: string, options: OpenOptions) => Sqlite;
}>;

export type CreateJournalOptions = Omit<OpenJournalOptions, 'readOnly'> &
  Readonly<{ incident: string; drill: boolean; tool: string; actor: string }>;

/** Makes the file with its first entry, `log.open`, in a folder that is there. @throws StorageError `exists` ... */
export function createJournal(options: CreateJournalOptions): Journal {
  const { path, incident, drill, tool, actor, clock, random, keys, sqlite = openSqlite } = options;
  const log = `firebreak.invalid/l/${toHex(random.bytes(8))}`;
  const key = formatVkey(log, keys.signer.publicKey);
  const pub = { incident, key, tool, ...(drill ? { drill: true } : {}) };
  const deks = dataKeys(incident, keys.kek, random);
  const db = sqlite(path, { mode: 'create' });
  try {
    db.write(() => {
      migrate(db);
      appendDrafts(
        { db, log, clock, random, signer: keys.signer, deks, recent: nothingRecent() },
        [{ kind: 'log.open', actor, pub }],
        [],
      );
    });
  } finally {
    db.close();
  }
  return openJournal(options);
}

/**
 * Opens a journal whose newest entry fits its signed checkpoint.
 * @throws StorageError `missing`, `corrupt`, `wrong-key`, `newer`, `locked`, `network-filesystem` ...
 */
export function openJournal(options: OpenJournalOptions): Journal {
  const { keys, readOnly = false } = options;
  const db = connect(options);
  try {
    const opening = readFirst(db);
    if (!readOnly && formatVkey(opening.log, keys.signer.publicKey) !== opening.vkey) {
      throw new StorageError('wrong-key', db.path, 'this journal was made with another device key');
    }
    checkHead(db, opening);
    return makeJournal(options, opening, db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function connect({ path, readOnly = false, sqlite = openSqlite }: OpenJournalOptions): Sqlite {
  const db = sqlite(path, { mode: readOnly ? 'read' : 'write' });
  try {
    const version = schemaVersion(db);
    if (version === 0) throw new StorageError('corrupt', path, `${path} holds no journal`);
    if (version < currentSchema && !readOnly) db.write(() => migrate(db));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function makeJournal(options: OpenJournalOptions, opening: Opening, first: Sqlite): Journal {
  const { path, clock, random, readOnly = false } = options;
  const { signer, kek } = options.keys;
  const { log, incident, drill, vkey, origins } = opening;
  const deks = dataKeys(incident, kek, random);
  let recent = nothingRecent();
  const connection = makeConnection(first, () => {
    const db = connect(options);
    checkHead(db, opening);
    return db;
  });
  const open = (): Sqlite => connection.get();
  const commit: CommitWith = (drafts, more) => {
    const written: Written[] = [];
    try {
      return connection.write(written, log, (db) => {
        more?.(db);
        return appendDrafts({ db, log, clock, random, signer, deks, recent }, drafts, written);
      });
    } catch (error) {
      recent = nothingRecent();
      throw error;
    }
  };
  const writer = makeWriter(path, (drafts) => commit(drafts), readOnly ? undefined : options.ballast);

  return {
    origin: log,
    incident,
    drill,
    vkey,
    origins,
    path,
    append: writer.append,
    appendRows: writer.appendRows,
    items: (batch) => (hasItems(open()) ? readItems(open(), batch) : []),
    appendNow: writer.appendNow,
    ...watching(open, log, clock, () => void (readOnly || writer.appendNow([occasion]))),
    ...reading(open, opening, deks),
    sign: (message) => signer.sign(message),
    anchors: makeAnchors(open, opening, commit),
    lease: makeLease(open, clock),
    shipped: makeShipped(open, clock),
    kept: (dataClass) =>
      open()
        .all(`SELECT id FROM dek WHERE class = ? AND state = 'active' ORDER BY id`, dataClass)
        .map((row) => asText(row['id'])),
    sealedWith: (ref) => sealedWith(open(), ref),
    shred: (dataClass, by) => {
      writer.flush();
      deks.forget();
      return shred(open(), dataClass, by, commit);
    },
    close: () => {
      writer.flush();
      deks.forget();
      if (!readOnly) moveIntoFile(open());
      connection.close();
    },
  };
}

type Reading =
  | 'size'
  | 'entries'
  | 'walk'
  | 'walkedHash'
  | 'reveal'
  | 'revealBytes'
  | 'disclose'
  | 'checkpoint';

function reading(open: () => Sqlite, { log, origins }: Opening, deks: DataKeys): Pick<Journal, Reading> {
  const logs = new Set(origins.map((origin) => origin.log));
  const walker = makeWalker(open, logs, deks);
  const revealBytes = (ref: FieldRef): Uint8Array | null => {
    const walked = walker.field(ref);
    return walked === undefined ? revealed(open(), deks, ref) : (walked?.plaintext ?? null);
  };
  return {
    size: () => readTail(open(), log).size,
    entries: (from = 0) => readEntries(open, logs, from),
    walk: walker.walk,
    walkedHash: (n) => walker.hash(n) ?? null,
    reveal: (ref) => {
      const bytes = revealBytes(ref);
      return bytes === null ? null : new TextDecoder().decode(bytes);
    },
    revealBytes,
    disclose: (ref) => readField(open(), deks, ref),
    checkpoint: () => newestNote(open(), log),
  };
}

function newestNote(db: Sqlite, log: string): string {
  const last = lastNote(db, log);
  assert(last !== null, 'an open journal has a checkpoint');
  return last.note;
}

function revealed(db: Sqlite, deks: DataKeys, ref: FieldRef): Uint8Array | null {
  const { entry, place } = placeOf(ref.n);
  if (place === null) return readField(db, deks, ref)?.plaintext ?? null;
  return hasItems(db) ? readItemField(db, deks, { batch: entry, item: place, name: ref.name }) : null;
}

type CommitWith = (
  drafts: readonly (Draft | RowsDraft)[],
  more?: (db: Sqlite) => void,
) => readonly (Entry | null)[];

function shred(
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

/** Waits for nobody: what stays in the -wal file is as durable there, and the last process to close moves it. */
function moveIntoFile(db: Sqlite): void {
  try {
    db.get('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}
