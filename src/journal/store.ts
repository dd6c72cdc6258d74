import type { Jump } from '../base/beat.ts';
import { toHex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { Clock } from '../io/clock.ts';
import type { Random } from '../io/random.ts';
import { openSqlite, type OpenOptions, type Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { makeAnchors, type Anchors } from './anchors.ts';
import { appendDrafts } from './append.ts';
import type { Draft, RowsDraft, Writing, Written } from './draft.ts';
import { epochVkey } from './epoch.ts';
import type { EpochKeys } from './epoch-keys.ts';
import { hasEpochs } from './epoch-rows.ts';
import { runningAt } from './epoch-turn.ts';
import type { Ballast } from './ballast.ts';
import { sealingBeside, type Beside } from './beside.ts';
import { formatVkey } from './checkpoint.ts';
import { makeConnection, type Connection } from './connection.ts';
import { dataKeys } from './deks.ts';
import type { Entry } from './entry.ts';
import { checkHead, readFirst, type Opening } from './head.ts';
import { readItems, type ItemRow } from './items.ts';
import { occasion, watching } from './jump.ts';
import type { JournalKeys } from './keys.ts';
import { makeLease, type Lease } from './lease.ts';
import type { Lineage } from './lineage.ts';
import { makeShipped, type Shipped } from './shipped.ts';
import { currentSchema, hasItems, migrate, schemaVersion } from './migrations/index.ts';
import { sealedWith, type FieldRef } from './read.ts';
import { reading } from './reading.ts';
import { asText, nothingRecent, readTail, type Recent } from './rows.ts';
import type { Disclosed } from './seal.ts';
import { shred, type CommitWith, type Shredded, type ShredBy } from './shred.ts';
import type { Stretch } from './walk.ts';
import { makeWriter } from './writer.ts';

/** One incident's journal: an entry is durable, signed and hash-linked once `append` has resolved. */
export interface Journal extends Beside {
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
  const deks = dataKeys(incident, keys.kek, random);
  const db = sqlite(path, { mode: 'create' });
  try {
    const begins = keys.epochs?.next(log);
    const pub = {
      incident,
      key,
      tool,
      ...(drill ? { drill } : {}),
      ...(begins === undefined ? {} : { epoch: epochVkey(log, 0, begins.publicKey) }),
    };
    const how = { signer: keys.signer, deks, drill, epochs: null, recent: nothingRecent() };
    const first = begins === undefined ? {} : { begins };
    db.write(() => {
      migrate(db);
      appendDrafts({ db, log, clock, random, ...how, ...first }, [{ kind: 'log.open', actor, pub }], []);
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
    const changes = !readOnly && hasEpochs(db, opening.origins.at(-1) ?? opening.origins[0]);
    if (changes && keys.epochs === undefined)
      throw new StorageError(
        'wrong-key',
        db.path,
        'the keys that sign this journal change, and are not given',
      );
    return makeJournal(options, opening, db, changes ? (keys.epochs ?? null) : null);
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

function makeJournal(
  options: OpenJournalOptions,
  opening: Opening,
  first: Sqlite,
  epochs: EpochKeys | null,
): Journal {
  const { path, clock, random, readOnly = false } = options;
  const { signer, kek } = options.keys;
  const { log, incident, drill, vkey, origins } = opening;
  const deks = dataKeys(incident, kek, random);
  const connection = makeConnection(first, () => {
    const db = connect(options);
    checkHead(db, opening);
    return db;
  });
  const open = (): Sqlite => connection.get();
  const about = { log, clock, random, signer, deks, epochs, drill };
  const lease = makeLease(open, clock);
  const fence: Fence = (drafts) => {
    if (drafts.some(isOfEngine) && lease.lost()) throw new Problem('engine-held', { incident });
  };
  const commit = committing(connection, (db, recent) => ({ db, ...about, recent }), fence);
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
    ...sealingBeside(open, log, deks, random),
    sign: (message) => signer.sign(message),
    anchors: makeAnchors(open, opening, commit),
    lease,
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

type Fence = (drafts: readonly (Draft | RowsDraft)[]) => void;

/**
 * What only the engine writes: the beginning of an effect, and all of a batch. Whoever took over has ended the batches that were open
 * and goes on with what was not begun, so none of it may be written behind that. An outcome that is an entry still may: it tells more.
 */
const isOfEngine = (draft: Draft | RowsDraft): boolean =>
  'rows' in draft || draft.ends !== undefined || draft.kind.endsWith('.intent') || draft.kind === 'act.kept';

/** Writes into a journal, and puts the key of an epoch that has begun in use: also of one that another process has left half begun. */
function committing(
  connection: Connection,
  writing: (db: Sqlite, recent: Recent) => Writing,
  fence: Fence,
): CommitWith {
  let recent = nothingRecent();
  const settled = (): void => settle(connection.get(), writing(connection.get(), recent));
  const { epochs, log } = writing(connection.get(), recent);
  if (epochs?.begun(log) === true) settled();
  return (drafts, more) => {
    const written: Written[] = [];
    try {
      const entries = connection.write(written, log, (db) => {
        fence(drafts);
        more?.(db);
        return appendDrafts(writing(db, recent), drafts, written);
      });
      if (recent.running?.settled === false) settled();
      return entries;
    } catch (error) {
      recent = nothingRecent();
      throw error;
    }
  };
}

/**
 * Puts the key of the epoch that has begun in the place of the one before it, which is destroyed by that. In the write lock, because the
 * next epoch may have begun meanwhile. What fails here is tried again, and told, by whoever writes next.
 */
function settle(db: Sqlite, to: Writing): void {
  try {
    db.write(() => runningAt(to, readTail(db, to.log)));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

/** Waits for nobody: what stays in the -wal file is as durable there, and the last process to close moves it. */
function moveIntoFile(db: Sqlite): void {
  try {
    db.get('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}
