import { sha256Hex } from '../base/hash.ts';
import { stayLean } from '../io/heap.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { DataKeys } from './deks.ts';
import { decodeWritten, type Entry } from './entry.ts';
import { readRows, type FieldRef } from './read.ts';
import { asNumber, asText, blobId } from './rows.ts';
import { disclosePayload, type Disclosed } from './seal.ts';

/** Entries `from` to before `to`. */
export type Stretch = Readonly<{ from: number; to: number; newestFirst?: boolean }>;

/** Reads stretches of a journal page by page; what is sealed in the page in hand costs no question of its own to the database. */
export interface Walker {
  walk: (stretch: Stretch) => IterableIterator<Entry>;
  /** The field of an entry that is walked over now; undefined where it is in no page in hand, or too large to lie in one. */
  field: (ref: FieldRef) => Disclosed | null | undefined;
  /** Leaf hash, in hex, of an entry that is walked over now. */
  hash: (n: number) => string | undefined;
}

/** Few enough to be gone before the collector takes them for something that stays. */
const PAGE = 64;
/** From so many entries on a walk leaves more behind than it should. */
const LONG = 10_000;
/** Longer than what people write: a piece of evidence is read by itself, so that a page stays small. */
const MAX_BLOB_BYTES = 16_384;

type Page = Readonly<{
  from: number;
  entries: readonly Entry[];
  blobs: () => ReadonlyMap<number, Uint8Array>;
  key: (id: string) => Uint8Array | null;
}>;

export const makeWalker = (open: () => Sqlite, logs: ReadonlySet<string>, deks: DataKeys): Walker => {
  // A page is let go as soon as the next one is read: clear text and keys of content that is destroyed meanwhile do not live on here.
  const inHand = new Set<Page>();
  const pageOf = (n: number): Page | undefined => {
    for (const page of inHand) if (n >= page.from && n < page.from + page.entries.length) return page;
    return undefined;
  };
  return {
    *walk(stretch) {
      if (stretch.to - stretch.from > LONG) stayLean();
      for (const [from, to] of pages(stretch)) {
        const page = readPage(open, logs, deks, from, to);
        inHand.add(page);
        try {
          yield* stretch.newestFirst === true ? page.entries.toReversed() : page.entries;
        } finally {
          inHand.delete(page);
        }
      }
    },
    field({ n, name }) {
      const page = pageOf(n);
      const entry = page?.entries[n - page.from];
      if (page === undefined || entry === undefined) return undefined;
      const at = entry.priv.findIndex((one) => one.name === name);
      const ref = entry.priv[at];
      if (ref === undefined) return null;
      const blob = ref.len > MAX_BLOB_BYTES ? undefined : page.blobs().get(blobId(n, at));
      if (blob === undefined) return undefined;
      const key = page.key(ref.dek);
      if (key === null || sha256Hex(blob) !== ref.ct) return null;
      return disclosePayload(key, { log: entry.log, n, name }, blob, ref.pc);
    },
    hash(n) {
      const page = pageOf(n);
      if (page === undefined) return undefined;
      // The entry after it names it: asking the database for each costs as much as reading them all.
      return page.entries[n - page.from + 1]?.prev ?? readHash(open(), n);
    },
  };
};

function* pages({ from, to, newestFirst = false }: Stretch): Generator<readonly [number, number]> {
  if (newestFirst) for (let end = to; end > from; end -= PAGE) yield [Math.max(from, end - PAGE), end];
  else for (let start = from; start < to; start += PAGE) yield [start, Math.min(to, start + PAGE)];
}

const readPage = (
  open: () => Sqlite,
  logs: ReadonlySet<string>,
  deks: DataKeys,
  from: number,
  to: number,
): Page => {
  const keys = new Map<string, Uint8Array | null>();
  const once = <T>(read: () => T): (() => T) => {
    let value: Readonly<{ is: T }> | null = null;
    return () => (value ??= { is: read() }).is;
  };
  return {
    from,
    entries: readRows(open(), logs, from, to, decodeWritten),
    blobs: once(() => readBlobs(open(), from, to)),
    key: (id) => {
      const known = keys.get(id);
      if (known !== undefined) return known;
      const key = deks.opening(open(), id);
      keys.set(id, key);
      return key;
    },
  };
};

const readBlobs = (db: Sqlite, from: number, to: number): ReadonlyMap<number, Uint8Array> => {
  const rows = db.all(
    'SELECT id, data FROM blob WHERE id >= ? AND id < ? AND length(data) <= ?',
    blobId(from, 0),
    blobId(to, 0),
    MAX_BLOB_BYTES,
  );
  return new Map(
    rows.flatMap(({ id, data }) => (data instanceof Uint8Array ? [[asNumber(id), data] as const] : [])),
  );
};

const readHash = (db: Sqlite, n: number): string | undefined => {
  const row = db.get('SELECT lower(hex(hash)) AS hash FROM entry WHERE n = ?', n);
  return row === null ? undefined : asText(row['hash']);
};
