import { StorageError } from '../io/storage.ts';
import type { Finding } from './findings.ts';
import type { JournalRows } from './report.ts';

/** Whether a file could not be read because of what is in it; else there was nothing to judge. */
export const isDamage = (error: unknown): error is StorageError =>
  error instanceof StorageError && !NOT_JUDGED.has(error.code);

const NOT_JUDGED: ReadonlySet<string> = new Set(['missing', 'permissions', 'locked', 'newer', 'full']);

/**
 * Damage in one table must not hide what the others show: what cannot be read counts as not there, and is said once with the
 * entry at which it was met.
 */
export function tolerant(rows: JournalRows): { rows: JournalRows; damage: () => readonly Finding[] } {
  const met = new Map<string, Finding>();
  let at = 0;
  const say = (what: string, error: unknown): void => {
    if (!isDamage(error)) throw error;

    const says = `the ${what} cannot be read from entry #${at} on: ${error.message}`;
    if (!met.has(what)) met.set(what, { kind: 'database', entry: at, says });
  };
  const or = <T>(what: string, instead: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      say(what, error);
      return instead;
    }
  };
  function* until<T>(what: string, source: () => Iterable<T>): Generator<T> {
    try {
      yield* source();
    } catch (error) {
      say(what, error);
    }
  }
  function* entries() {
    for (const row of until('entries', rows.entries)) {
      at = row.n;
      yield row;
      at = row.n + 1;
    }
  }
  return {
    rows: {
      entries,
      leaf: (n) => or('entries', new Uint8Array(), () => rows.leaf(n)),
      checkpoints: () => until('checkpoints', rows.checkpoints),
      nodes: () => until('tree', rows.nodes),
      foreign: () => or('entries', 0, rows.foreign),
      blobs: () => until('sealed fields', rows.blobs),
      dek: (id) => or('data keys', undefined, () => rows.dek(id)),
      items: () => until('items', rows.items),
      itemBlob: (id, field) => or('sealed fields of the items', undefined, () => rows.itemBlob(id, field)),
    },
    damage: () => [...met.values()],
  };
}
