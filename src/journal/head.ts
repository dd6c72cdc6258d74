import { sameBytes } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { openNote, parseCheckpoint, parseVkey } from './checkpoint.ts';
import { decodeEntry, type Entry } from './entry.ts';
import { readLineage, type Lineage } from './lineage.ts';
import { leafHash, treeRoot } from './merkle.ts';
import { asBytes, lastNote, nodeReader, readTail } from './rows.ts';

/** What the first entry of a log says about all of it. */
export type First = Readonly<{ log: string; incident: string; vkey: string; drill: boolean; tool: string }>;

/** The same of a whole journal: `log` and `vkey` are those of the origin that writes it now. */
export type Opening = First & Readonly<{ origins: Lineage }>;

/** Reads `log.open`; null when this entry is none, or its key is not one for this log. */
export function openingOf(entry: Entry): First | null {
  const { incident, key, tool, drill = false } = entry.pub;
  if (entry.n !== 0 || entry.kind !== 'log.open' || typeof drill !== 'boolean') return null;
  if (typeof incident !== 'string' || typeof key !== 'string' || typeof tool !== 'string') return null;
  return parseVkey(key)?.name === entry.log ? { log: entry.log, incident, vkey: key, drill, tool } : null;
}

/** @throws StorageError `corrupt` */
export function readFirst(db: Sqlite): Opening {
  const row = db.get('SELECT leaf FROM entry WHERE n = 0');
  if (row === null) throw new StorageError('corrupt', db.path, `${db.path} holds no journal`);
  const entry = decodeEntry(asBytes(row['leaf']));
  const opening = typeof entry === 'string' ? null : openingOf(entry);
  if (opening === null) throw new StorageError('corrupt', db.path, 'entry #0 does not open a log');
  const origins = readLineage(db, opening);
  const { log, vkey } = origins.at(-1) ?? opening;
  return { ...opening, log, vkey, origins };
}

/**
 * The cheap part of verification, done at every opening: the newest entry, the tree and the newest checkpoint belong
 * together. Older entries are the business of `verifyJournal`.
 * @throws StorageError `corrupt`
 */
export function checkHead(db: Sqlite, { log, vkey }: Opening): void {
  const why = db.read((): string | null => {
    const { size, hash } = readTail(db, log);
    const row = db.get('SELECT leaf FROM entry WHERE n = ? AND +log = ?', size - 1, log);
    if (hash === null || row === null) return 'the first entry belongs to another log';
    if (!sameBytes(leafHash(asBytes(row['leaf'])), hash)) return `entry #${size - 1} was changed`;
    const last = lastNote(db, log);
    const opened = last === null ? null : openNote(last.note, [vkey]);
    if (opened === null) return 'the newest checkpoint is missing or not signed with the key of this journal';
    const checkpoint = parseCheckpoint(opened.text);
    if (checkpoint?.origin !== log) return 'the newest checkpoint belongs to another log';
    if (checkpoint.size !== size)
      return `the newest checkpoint counts ${checkpoint.size} entries, there are ${size}`;
    return sameBytes(checkpoint.root, treeRoot(size, nodeReader(db))) ? null : 'the tree was changed';
  });
  if (why !== null) throw new StorageError('corrupt', db.path, why);
}
