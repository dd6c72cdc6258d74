import Database from 'better-sqlite3';

/** What is in the file of a journal, read without its keys and without one line of the journal's own code. */

const reading = <T>(path: string, read: (db: Database.Database) => T): T => {
  // A journal whose program was killed is put in order by whoever opens it next, so it is not opened for reading alone.
  const db = new Database(path, { fileMustExist: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
};

/** The hashes of its entries. */
export const storedHashes = (path: string): readonly string[] =>
  reading(path, (db) => {
    const rows = db.prepare('SELECT hash FROM entry ORDER BY n').all() as { hash: Buffer }[];
    return rows.map(({ hash }) => hash.toString('hex'));
  });

type Row = Readonly<{ kind: string; item: number; pub: Readonly<{ n?: number }> }>;

/** The numbers of the letters of which it says that they were begun. */
export const storedBegun = (path: string): ReadonlySet<number> =>
  reading(path, (db) => {
    const rows = db.prepare('SELECT batch, leaf FROM item ORDER BY id').all() as {
      batch: number;
      leaf: Buffer;
    }[];
    const numbers = new Map<string, number>();
    const begun = new Set<number>();
    for (const { batch, leaf } of rows) {
      const { kind, item, pub } = JSON.parse(leaf.toString('utf8')) as Row;
      if (kind === 'plan') numbers.set(`${batch}.${item}`, pub.n ?? 0);
      if (kind === 'intent') begun.add(numbers.get(`${batch}.${item}`) ?? 0);
    }
    return begun;
  });
