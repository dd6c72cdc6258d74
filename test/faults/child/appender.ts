/**
 * Appends to a journal and says each entry once it is durable: `ack N HASH CHECKPOINT`. `appender.ts CONFIG` (JSON).
 * What a disk refuses is said too (`refused CODE LANDED`), and the program goes on.
 */
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemClock } from '../../../src/io/clock.ts';
import { systemRandom } from '../../../src/io/random.ts';
import { openSqlite, pagesBeforeMoved } from '../../../src/io/sqlite.ts';
import { StorageError } from '../../../src/io/storage.ts';
import type { Draft } from '../../../src/journal/draft.ts';
import { encodeEntry } from '../../../src/journal/entry.ts';
import { leafHash } from '../../../src/journal/merkle.ts';
import { openJournal, type Journal } from '../../../src/journal/store.ts';
import { dyingEpochs, dyingSqlite, type ChangeStep } from '../epoch-steps.ts';
import { keys } from '../keys.ts';

export type AppenderConfig = Readonly<{
  path: string;
  name: string;
  count: number;
  /** Bytes of the private field; every third entry has one, and every fifth comes with two neighbours. */
  bytes: number;
  /** Closes and opens again after so many entries, and destroys a class of private fields before the last. */
  reopen: number | null;
  /** What turns the protection off: NORMAL syncs too rarely, `early` acknowledges before COMMIT, `deferred` locks too late. */
  control: 'none' | 'normal' | 'early' | 'deferred';
  /** Where the keys of epochs lie; in which step of the first change of keys the program dies; the order that loses one. */
  epochs?: Readonly<{ folder: string; die: ChangeStep | null; order: 'safe' | 'erase-first' }>;
}>;

const config = JSON.parse(process.argv[2] ?? '') as AppenderConfig;
const say = (line: string): void => void writeSync(1, `${line}\n`);

/** These programs are short: what they commit is moved into the file as often as on a small disk, so that it happens under the faults. */
const moving: typeof openSqlite = (path, options) => {
  const db = openSqlite(path, options);
  db.exec(`PRAGMA wal_autocheckpoint = ${pagesBeforeMoved(0)}`);
  return db;
};

const unsafe: typeof openSqlite = (path, options) => {
  const db = moving(path, options);
  db.exec('PRAGMA synchronous = NORMAL');
  return db;
};

const open = (): Journal =>
  openJournal({
    path: config.path,
    clock: systemClock(),
    random: systemRandom(),
    keys: config.epochs === undefined ? keys : { ...keys, epochs: dyingEpochs(config.epochs) },
    sqlite:
      config.control === 'normal'
        ? unsafe
        : config.epochs === undefined
          ? moving
          : dyingSqlite(config.epochs),
  });

const draftsOf = (i: number): readonly Draft[] => {
  const draft: Draft = { kind: 'note', actor: config.name, pub: { i } };
  const value = `${config.name} ${i} `.padEnd(config.bytes, 'x');
  const sealed: Draft = { ...draft, priv: { text: { class: i % 2 === 0 ? 'staff' : 'victims', value } } };
  const one = i % 3 === 0 ? sealed : draft;
  return i % 5 === 0 ? [one, draft, draft] : [one];
};

const appendTo = (journal: Journal, i: number): void => {
  if (config.control === 'early') say(`ack ${journal.size()} early`);
  try {
    const entries = journal.appendNow(draftsOf(i));
    if (config.control === 'early') return;
    const note = Buffer.from(journal.checkpoint()).toString('base64');
    for (const entry of entries)
      say(`ack ${entry.n} ${Buffer.from(leafHash(encodeEntry(entry))).toString('hex')} ${note}`);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    say(`refused ${error.code} ${String(error.landed)} ${error.message}`);
  }
};

const appendAll = (): void => {
  let journal = open();
  for (let i = 0; i < config.count; i += 1) {
    if (i === config.reopen) {
      journal.close();
      journal = open();
    }
    if (config.reopen !== null && i === config.count - 1)
      journal.shred('victims', { actor: config.name, reason: 'retention' });
    appendTo(journal, i);
  }
  journal.close();
};

/** What a reader-then-writer does by default: the tail is read before anything is locked. */
const appendDeferred = (): void => {
  const db = new Database(config.path, { timeout: 10_000 });
  db.pragma('synchronous = FULL');
  const tail = db.prepare('SELECT max(n) AS n FROM entry');
  const insert = db.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)');
  for (let i = 0; i < config.count; i += 1) {
    try {
      db.exec('BEGIN');
      const { n } = tail.get() as { n: number };
      insert.run('control', n + 1, Buffer.from('x'), Buffer.alloc(32));
      db.exec('COMMIT');
      say(`ack ${n + 1} x`);
    } catch (error) {
      say(`refused ${error instanceof Error && 'code' in error ? String(error.code) : String(error)} false`);
      if (db.inTransaction) db.exec('ROLLBACK');
    }
  }
  db.close();
};

if (config.control === 'deferred') appendDeferred();
else appendAll();
say('end');
