import { toBase64, toHex, utf8 } from '../base/hash.ts';
import type { Clock } from '../io/clock.ts';
import type { Random } from '../io/random.ts';
import { openSqlite } from '../io/sqlite.ts';
import { appendDrafts } from './append.ts';
import { formatVkey, type Signer } from './checkpoint.ts';
import { dataKeys } from './deks.ts';
import type { Writing } from './draft.ts';
import { epochVkey } from './epoch.ts';
import { checkHead, readFirst } from './head.ts';
import type { JournalKeys } from './keys.ts';
import { CHANGED, endorsement } from './lineage.ts';
import { treeRoot } from './merkle.ts';
import { nodeReader, nothingRecent, readTail } from './rows.ts';

export type GoOnOptions = Readonly<{
  path: string;
  clock: Clock;
  random: Random;
  /** Signs the journal from now on. */
  keys: Pick<JournalKeys, 'signer' | 'epochs'>;
  /** The key that the journal was handed to, where that is another one: it vouches for the one that signs. */
  receiver: Signer | null;
  actor: string;
  tool: string;
}>;

/**
 * Goes on in a journal that was handed over: one entry under a new name and another key, in the same tree and with the next number.
 * Nothing before it is touched. @throws StorageError `corrupt` where its newest entry does not fit its checkpoint
 */
export function goOn({ path, clock, random, keys, receiver, actor, tool }: GoOnOptions): number {
  const { signer, epochs } = keys;
  const db = openSqlite(path, { mode: 'write' });
  try {
    const opening = readFirst(db);
    checkHead(db, opening);
    const log = `firebreak.invalid/l/${toHex(random.bytes(8))}`;
    const key = formatVkey(log, signer.publicKey);
    const after = readTail(db, opening.log);
    const { size } = after;
    const begins = epochs?.next(log);
    const vouched =
      receiver === null
        ? {}
        : { endorsed: toBase64(receiver.sign(utf8(endorsement({ vkey: key, fromLog: opening.log, size })))) };
    const pub = {
      from_key: opening.vkey,
      from_log: opening.log,
      handed: size - 1,
      incident: opening.incident,
      key,
      root: toHex(treeRoot(size, nodeReader(db))),
      size,
      tool,
      ...vouched,
      ...(begins === undefined ? {} : { epoch: epochVkey(log, 0, begins.publicKey) }),
    };
    const deks = dataKeys(opening.incident, null, random);
    const to: Writing = {
      db,
      log,
      clock,
      random,
      signer,
      deks,
      epochs: null,
      drill: opening.drill,
      recent: nothingRecent(),
      after,
      ...(begins === undefined ? {} : { begins }),
    };
    db.write(() => appendDrafts(to, [{ kind: CHANGED, actor, pub }], []));
    db.get('PRAGMA wal_checkpoint(TRUNCATE)');
    return size;
  } finally {
    db.close();
  }
}
