import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { leafHash } from '../../../src/journal/merkle.ts';
import { below } from '../rig.ts';

/** Ways in which a journal on a disk can come to hold something else: by rot, by a lying disk, and by a hand that knows SQL. */

export type Chance = () => number;
/** A copy to be damaged, and copies of the same journal from earlier. */
export type Patient = Readonly<{ path: string; older: string }>;
export type Mutation = Readonly<{ name: string; apply: (patient: Patient, next: Chance) => void }>;

const PAGE = 4096;

const onFile =
  (change: (bytes: Buffer, patient: Patient, next: Chance) => Buffer, suffix = '') =>
  (patient: Patient, next: Chance): void => {
    const path = patient.path + suffix;
    if (!existsSync(path)) return;
    writeFileSync(path, change(readFileSync(path), patient, next));
  };

const flip = (bytes: Buffer, _: Patient, next: Chance): Buffer => {
  const bit = below(next, bytes.length * 8);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes;
};
const overwrite = (bytes: Buffer, _: Patient, next: Chance): Buffer => {
  const at = below(next, Math.max(1, bytes.length - 16));
  for (let i = 0; i < 16 && at + i < bytes.length; i += 1) bytes[at + i] = below(next, 256);
  return bytes;
};
const zeroPage = (bytes: Buffer, _: Patient, next: Chance): Buffer => {
  const at = below(next, Math.ceil(bytes.length / PAGE)) * PAGE;
  return bytes.fill(0, at, Math.min(bytes.length, at + PAGE));
};
const swapPages = (bytes: Buffer, _: Patient, next: Chance): Buffer => {
  const pages = Math.floor(bytes.length / PAGE);
  const [a, b] = [below(next, pages) * PAGE, below(next, pages) * PAGE];
  const kept = Buffer.from(bytes.subarray(a, a + PAGE));
  bytes.copy(bytes, a, b, b + PAGE);
  kept.copy(bytes, b);
  return bytes;
};
const stalePage = (bytes: Buffer, { older }: Patient, next: Chance): Buffer => {
  const before = readFileSync(older);
  const at = below(next, Math.floor(before.length / PAGE)) * PAGE;
  before.copy(bytes, at, at, at + PAGE);
  return bytes;
};
const cutFile =
  (suffix = '') =>
  ({ path }: Patient, next: Chance): void => {
    if (!existsSync(path + suffix)) return;
    truncateSync(path + suffix, below(next, readFileSync(path + suffix).length));
  };

const sql =
  (change: (db: Database.Database, n: number, next: Chance) => void) =>
  ({ path }: Patient, next: Chance): void => {
    const db = new Database(path);
    try {
      db.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed');
      const { size } = db.prepare('SELECT count(*) AS size FROM entry').get() as { size: number };
      db.transaction(() => change(db, below(next, size), next))();
    } finally {
      db.close();
    }
  };

const leafOf = (db: Database.Database, n: number): Buffer =>
  (db.prepare('SELECT leaf FROM entry WHERE n = ?').get(n) as { leaf: Buffer }).leaf;

const otherByte = (bytes: Buffer, next: Chance): Buffer => {
  const changed = Buffer.from(bytes);
  const at = below(next, changed.length);
  changed[at] = (changed[at] ?? 0) ^ (1 + below(next, 255));
  return changed;
};

const editLeaf = (db: Database.Database, n: number, next: Chance): Buffer => {
  const leaf = otherByte(leafOf(db, n), next);
  db.prepare('UPDATE entry SET leaf = ? WHERE n = ?').run(leaf, n);
  return leaf;
};

/** Every later entry is chained anew, as a person without the signing key can. */
const rechain = (db: Database.Database, from: number): void => {
  const rows = db.prepare('SELECT n, leaf FROM entry WHERE n >= ? ORDER BY n').all(from) as {
    n: number;
    leaf: Buffer;
  }[];
  let prev: string | null = null;
  for (const { n, leaf } of rows) {
    const text: string = leaf.toString('utf8');
    const linked: Buffer =
      prev === null ? leaf : Buffer.from(text.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`));
    const hash = Buffer.from(leafHash(linked));
    db.prepare('UPDATE entry SET leaf = ?, hash = ? WHERE n = ?').run(linked, hash, n);
    prev = hash.toString('hex');
  }
};

const retold = (db: Database.Database, n: number): void => {
  const changed = leafOf(db, n).toString('utf8').replace('"actor":"ana"', '"actor":"eve"');
  db.prepare('UPDATE entry SET leaf = ? WHERE n = ?').run(Buffer.from(changed), n);
  rechain(db, n);
};

const run =
  (...statements: readonly string[]) =>
  (db: Database.Database, n: number): void => {
    for (const statement of statements) db.prepare(statement).run({ n });
  };

export const FILE_KINDS: readonly Mutation[] = [
  { name: 'bit', apply: onFile(flip) },
  { name: 'sixteen bytes', apply: onFile(overwrite) },
  { name: 'zeroed page', apply: onFile(zeroPage) },
  { name: 'swapped pages', apply: onFile(swapPages) },
  { name: 'stale page', apply: onFile(stalePage) },
  { name: 'cut file', apply: cutFile() },
];

const WAL = '-wal';
export const WAL_KINDS: readonly Mutation[] = [
  { name: 'bit in the -wal', apply: onFile(flip, WAL) },
  { name: 'sixteen bytes in the -wal', apply: onFile(overwrite, WAL) },
  { name: 'cut -wal', apply: cutFile(WAL) },
  { name: 'lost -wal', apply: ({ path }) => rmSync(path + WAL, { force: true }) },
  { name: 'older -wal', apply: ({ path, older }) => copyFileSync(older + WAL, path + WAL) },
  { name: 'bit beside a -wal', apply: onFile(flip) },
];

export const ROW_KINDS: readonly Mutation[] = [
  { name: 'leaf', apply: sql((db, n, next) => void editLeaf(db, n, next)) },
  {
    name: 'leaf and its hash',
    apply: sql((db, n, next) => {
      const hash = leafHash(editLeaf(db, n, next));
      db.prepare('UPDATE entry SET hash = ? WHERE n = ?').run(Buffer.from(hash), n);
    }),
  },
  { name: 'rewritten tail', apply: sql((db, n) => retold(db, n)) },
  { name: 'removed entry', apply: sql(run('DELETE FROM entry WHERE n = $n')) },
  {
    name: 'removed tail',
    apply: sql(
      run(
        'DELETE FROM entry WHERE n >= $n',
        'DELETE FROM checkpoint WHERE size > $n',
        'DELETE FROM node WHERE (idx + 1) * (1 << level) > $n',
      ),
    ),
  },
  {
    name: 'swapped entries',
    apply: sql((db, n, next) => {
      const { size } = db.prepare('SELECT count(*) AS size FROM entry').get() as { size: number };
      const other = below(next, size);
      const move = db.prepare('UPDATE OR IGNORE entry SET n = $to WHERE n = $from');
      move.run({ from: n, to: 100_000 });
      move.run({ from: other, to: n });
      move.run({ from: 100_000, to: other });
    }),
  },
  { name: 'hash', apply: sql(run('UPDATE entry SET hash = zeroblob(32) WHERE n = $n')) },
  {
    name: 'sealed bytes',
    apply: sql(run('UPDATE blob SET data = zeroblob(length(data)) WHERE id >= $n * 512')),
  },
  { name: 'removed sealed bytes', apply: sql(run('DELETE FROM blob WHERE id >= $n * 512')) },
  {
    name: 'checkpoint',
    apply: sql(run("UPDATE checkpoint SET note = replace(note, 'A', 'B') WHERE size = $n + 1")),
  },
  { name: 'removed data key', apply: sql(run("DELETE FROM dek WHERE $n >= 0 AND class = 'staff'")) },
  { name: 'log of an entry', apply: sql(run("UPDATE entry SET log = 'other' WHERE n = $n")) },
];
