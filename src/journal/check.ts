import { openSqlite, type Row, type Sqlite } from '../io/sqlite.ts';
import { formatVkey } from './checkpoint.ts';
import type { Entry } from './entry.ts';
import { hasItems, schemaVersion } from './migrations/index.ts';
import type { Finding } from './findings.ts';
import { asBytes, asNumber, asText } from './rows.ts';
import { anchoredNotes, checkAnchors, namesReceipt } from './check-anchors.ts';
import { checkSchema } from './check-schema.ts';
import { kekId } from './deks.ts';
import { readFirst } from './head.ts';
import { unwrapDek } from './seal.ts';
import { isDamage, tolerant } from './tolerant.ts';
import type { JournalRows, Trust, VerifyReport } from './report.ts';
import { verifyRows } from './verify.ts';

/**
 * `device`: the Ed25519 public key that must have signed, where the name of the log is not known before the file is read;
 * `signedBy` gives the vkey for that name.
 * `elsewhere`: signed notes of this log and of others, as they lie in a folder; those of others are passed over.
 * With `kek`, which wraps data keys, it is also seen whether every one of them can still be unwrapped.
 */
export type FileTrust = Trust &
  Readonly<{
    device?: Uint8Array;
    signedBy?: (log: string) => string | null;
    kek?: Uint8Array;
    elsewhere?: readonly string[];
  }>;

/**
 * Verifies a journal file, read-only and at one moment, while others may write. A file that is cut, damaged or no
 * database at all is a report with findings, never an exception.
 * @throws StorageError `missing`, `permissions`, `locked`, `full`: then there was nothing to judge
 */
export function verifyJournal(path: string, trust: FileTrust = {}): VerifyReport {
  let db: Sqlite | null = null;
  try {
    db = openSqlite(path, { mode: 'read' });
    const opened = db;
    return opened.read(() => verifyOpen(opened, trust));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return unreadable(error.message, trust);
  } finally {
    closeQuietly(db);
  }
}

function verifyOpen(db: Sqlite, trust: FileTrust): VerifyReport {
  if (schemaVersion(db) === 0) return unreadable(`${db.path} holds no journal`, trust);
  const logs = logsOf(db);
  const log = logs.at(-1) ?? '';
  const pinned =
    trust.signedBy?.(log) ?? (trust.device === undefined ? trust.pinned : formatVkey(log, trust.device));
  const ofThis = (trust.elsewhere ?? []).filter((note) => logs.some((one) => note.startsWith(`${one}\n`)));
  const kept = orElse(
    () => anchoredNotes(db),
    () => [],
  );
  const known = [...new Set([...(trust.known ?? []), ...ofThis, ...kept])];
  const { rows, damage } = tolerant(rowsOf(db, new Set(logs)));
  const named: Entry[] = [];
  const report = verifyRows(
    rows,
    { ...trust, known, ...(pinned === undefined ? {} : { pinned }) },
    (entry) => {
      if (namesReceipt(entry)) named.push(entry);
    },
  );
  const findings = [
    ...damage(),
    ...report.findings,
    ...findingsOf(() => checkAnchors(db, report, named)),
    ...findingsOf(() => checkSchema(db)),
    ...findingsOf(() => checkDataKeys(db, report.incident, trust.kek)),
    ...findingsOf(() => checkDatabase(db)),
  ];
  return { ...report, ok: findings.length === 0, findings };
}

/** What the damage itself stops must not take with it what the others find. */
function orElse<T>(read: () => readonly T[], instead: (why: string) => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return instead(error.message);
  }
}

const findingsOf = (check: () => readonly Finding[]): readonly Finding[] =>
  orElse(check, (says) => [{ kind: 'database', entry: null, says }]);

/** SQLite's own check sees damage outside the entries, in indexes and free pages; it is none against tampering. */
function checkDatabase(db: Sqlite): readonly Finding[] {
  const damage = db.all('PRAGMA integrity_check(20)').map((row) => String(Object.values(row)[0]));
  if (damage.length === 1 && damage[0] === 'ok') return [];
  return [{ kind: 'database', entry: null, says: `SQLite finds the file damaged: ${damage.join('; ')}` }];
}

function checkDataKeys(db: Sqlite, incident: string | null, kek: Uint8Array | undefined): readonly Finding[] {
  if (kek === undefined || incident === null) return [];
  // What names another key is not for this one to unwrap: then the journal is read in its public part alone.
  const named = `SELECT id, wrapped FROM dek WHERE state = 'active' AND kek = ? ORDER BY id`;
  const lost = db.all(named, kekId(kek)).filter((row) => {
    const { id, wrapped } = row;
    return (
      typeof id !== 'string' ||
      !(wrapped instanceof Uint8Array) ||
      unwrapDek(kek, incident, id, wrapped) === null
    );
  });
  return lost.map((row) => ({
    kind: 'sealed',
    entry: null,
    says: `the data key ${String(row['id'])} cannot be unwrapped with the key it names: it was changed`,
  }));
}

/** How many rows are held at a time. */
const PAGE = 500;

function rowsOf(db: Sqlite, logs: ReadonlySet<string>): JournalRows {
  const ours = JSON.stringify([...logs]);
  const batches = hasItems(db);
  // Rows of another log are counted as they are passed by: looking for them takes as long as reading all others.
  const passed = { entries: { last: -1, foreign: 0 }, nodes: { last: -1, foreign: 0 } };
  const foreignIn = (
    table: string,
    key: string,
    { last, foreign }: Passed = { last: -1, foreign: 0 },
  ): number =>
    foreign +
    asNumber(
      db.get(
        `SELECT count(*) AS count FROM ${table} WHERE ${key} > ? AND +log NOT IN (SELECT value FROM json_each(?))`,
        last,
        ours,
      )?.['count'],
    );
  return {
    entries: () => inPages(db, ENTRIES, logs, passed.entries, entryRow),
    leaf: (n) => asBytes(db.get('SELECT leaf FROM entry WHERE n = ?', n)?.['leaf']),
    *checkpoints() {
      for (const row of db.iterate('SELECT log, size, note FROM checkpoint ORDER BY size')) {
        if (logs.has(asText(row['log']))) yield { size: asNumber(row['size']), note: asText(row['note']) };
      }
    },
    nodes: () => inPages(db, NODES, logs, passed.nodes, nodeRow),
    foreign: () =>
      foreignIn('entry', 'n', passed.entries) +
      foreignIn('node', 'id', passed.nodes) +
      foreignIn('checkpoint', 'size') +
      (batches ? foreignIn('item', 'id') : 0),
    *blobs() {
      for (const { id, data } of db.iterate('SELECT id, data FROM blob ORDER BY id')) {
        yield { id: asNumber(id), data: data === null ? null : asBytes(data) };
      }
    },
    *items() {
      if (!batches) return;
      for (const row of db.iterate('SELECT id, log, leaf, hash FROM item ORDER BY id'))
        if (logs.has(asText(row['log'])))
          yield { id: asNumber(row['id']), leaf: asBytes(row['leaf']), hash: asBytes(row['hash']) };
    },
    itemBlob: (id, field) => {
      const row = db.get('SELECT data FROM item_blob WHERE item = ? AND field = ?', id, field);
      return row === null ? undefined : row['data'] === null ? null : asBytes(row['data']);
    },
    dek: (id) => {
      const row = db.get('SELECT state FROM dek WHERE id = ?', id);
      return row === null ? undefined : row['state'] === 'destroyed' ? 'destroyed' : 'active';
    },
  };
}

/** Everybody who wrote the journal, in order; rows of any other log are foreign. */
function logsOf(db: Sqlite): readonly string[] {
  try {
    const { origins } = readFirst(db);
    if (origins.length > 1) return origins.map(({ log }) => log);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return [longestLog(db)];
}

/**
 * The log with the most entries; whatever else is in the tables is counted as foreign. Where the first and the last entry are of
 * one log it is that one, without counting them.
 */
function longestLog(db: Sqlite): string {
  const one = (sql: string): string => {
    const row = db.get(sql);
    return row === null ? '' : asText(row['log']);
  };
  try {
    const first = one('SELECT log FROM entry ORDER BY n LIMIT 1');
    if (first === one('SELECT log FROM entry ORDER BY n DESC LIMIT 1')) return first;
    return one(
      `SELECT log FROM entry WHERE typeof(log) = 'text' GROUP BY log ORDER BY count(*) DESC, log LIMIT 1`,
    );
  } catch (error) {
    if (!isDamage(error)) throw error;
    // Not every entry can be read, so they cannot be counted; the first one opens the log.
    return one('SELECT log FROM entry WHERE n = 0');
  }
}

const ENTRIES = `SELECT n AS id, log, CAST(leaf AS TEXT) AS leaf, lower(hex(hash)) AS hash FROM entry
  WHERE n > ? ORDER BY n LIMIT ${PAGE}`;
const NODES = `SELECT id, log, level, idx, lower(hex(hash)) AS hash FROM node
  WHERE id > ? ORDER BY id LIMIT ${PAGE}`;

/** How far a table was read, and how many rows of another log were met on the way. */
type Passed = { last: number; foreign: number };

/** Rows of a log by their number. A page at a time is read in a third of the time that a row at a time takes. */
function* inPages<T>(
  db: Sqlite,
  sql: string,
  logs: ReadonlySet<string>,
  passed: Passed,
  read: (row: Row) => T,
): IterableIterator<T> {
  for (;;) {
    let rows: Iterable<Row>;
    let damage: unknown = null;
    try {
      rows = db.all(sql, passed.last);
    } catch (error) {
      if (!isDamage(error)) throw error;
      // One at a time, up to the one that cannot be read: it fails again there.
      damage = error;
      rows = db.iterate(sql, passed.last);
    }
    let count = 0;
    for (const row of rows) {
      count += 1;
      passed.last = asNumber(row['id']);
      if (logs.has(asText(row['log']))) yield read(row);
      else passed.foreign += 1;
    }
    if (damage !== null) throw damage;
    if (count < PAGE) return;
  }
}

const entryRow = (row: Row): { log: string; n: number; leaf: string; hash: string } => ({
  log: asText(row['log']),
  n: asNumber(row['id']),
  leaf: asText(row['leaf']),
  hash: asText(row['hash']),
});

const nodeRow = (row: Row): { id: number; level: number; index: number; hash: string } => ({
  id: asNumber(row['id']),
  level: asNumber(row['level']),
  index: asNumber(row['idx']),
  hash: asText(row['hash']),
});

function unreadable(says: string, { pinned, known = [] }: Trust): VerifyReport {
  return {
    ok: false,
    origin: null,
    incident: null,
    drill: false,
    vkey: pinned ?? null,
    origins: [],
    pinned: pinned !== undefined,
    size: 0,
    root: null,
    known: known.length,
    acknowledged: [],
    clock: { said: 0, unsaid: [] },
    epochs: { keys: 0, without: 0, lost: [] },
    signatures: { checked: 0, of: 0 },
    findings: [{ kind: 'database', entry: null, says }],
  };
}

function closeQuietly(db: Sqlite | null): void {
  try {
    db?.close();
  } catch {
    // The report says already that the file cannot be read.
  }
}
