import { assert } from '../base/assert.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { placeOf } from '../model/item.ts';
import type { DataKeys } from './deks.ts';
import type { Opening } from './head.ts';
import { readItemField } from './items.ts';
import { hasItems } from './migrations/index.ts';
import { readEntries, readField, type FieldRef } from './read.ts';
import { lastNote, readTail } from './rows.ts';
import { makeWalker, type Stretch } from './walk.ts';

/** The part of a journal that only reads. */
export function reading(open: () => Sqlite, { log, origins }: Opening, deks: DataKeys) {
  const logs = new Set(origins.map((origin) => origin.log));
  const walker = makeWalker(open, logs, deks);
  const revealBytes = (ref: FieldRef): Uint8Array | null => {
    const walked = walker.field(ref);
    return walked === undefined ? revealed(open(), deks, ref) : (walked?.plaintext ?? null);
  };
  return {
    size: (): number => readTail(open(), log).size,
    entries: (from = 0) => readEntries(open, logs, from),
    walk: (stretch: Stretch) => walker.walk(stretch),
    walkedHash: (n: number): string | null => walker.hash(n) ?? null,
    reveal: (ref: FieldRef): string | null => {
      const bytes = revealBytes(ref);
      return bytes === null ? null : new TextDecoder().decode(bytes);
    },
    revealBytes,
    disclose: (ref: FieldRef) => readField(open(), deks, ref),
    checkpoint: (): string => newestNote(open(), log),
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
