import { Buffer } from 'node:buffer';
import { canonicalEntry, isCanonicalEntry, type Json, type JsonObject } from '../base/canonical.ts';
import { sha256Hex, toHex, utf8 } from '../base/hash.ts';
import { assert } from '../base/assert.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { itemKinds, PLACES, type ItemKind } from '../model/item.ts';
import type { ItemDraft, Writing, Written } from './draft.ts';
import type { DataKeys } from './deks.ts';
import { MAX_LEAF_BYTES, type PrivateRef } from './entry.ts';
import { appendLeaf, leafHash, treeRoot, type Node } from './merkle.ts';
import { asBytes, asNumber, asText } from './rows.ts';
import { drawChance, openPayload, sealPayload } from './seal.ts';

/**
 * Rows of a batch: as durable as entries and written in the same transactions, but signed only as a whole, by the roots in the
 * two entries of their batch. The form is that of an entry: a public part, and sealed fields as commitments.
 */
export type ItemRow = Readonly<{
  at: string;
  item: number;
  kind: ItemKind;
  priv: readonly PrivateRef[];
  pub: JsonObject;
  v: 1;
}>;

/** Rows of one batch lie together and in order: the key is the batch's entry and a count. */
const ROWS = 2 ** 24;
export const firstRow = (batch: number): number => batch * ROWS;
export const batchOf = (id: number): number => Math.floor(id / ROWS);

/** Writes rows of one batch, inside the caller's transaction. */
export function writeItems(
  to: Writing,
  batch: number,
  drafts: readonly ItemDraft[],
  written: Written[],
): void {
  const { db, log, clock } = to;
  const from = firstRow(batch);
  const last = db.get('SELECT max(id) AS last FROM item WHERE id >= ? AND id < ?', from, from + ROWS)?.[
    'last'
  ];
  let id = typeof last === 'number' ? last + 1 : from;
  const { wall } = clock.stamp();
  for (const draft of drafts) {
    const leaf = encodeItem({
      at: wall,
      item: draft.item,
      kind: draft.kind,
      priv: sealItem(to, batch, id, draft),
      pub: draft.pub,
      v: 1,
    });
    db.run('INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)', id, log, batch, draft.item, leaf, leafHash(leaf));
    written.push({ table: 'item', key: id, leaf });
    id += 1;
  }
}

function sealItem(
  { db, log, random, deks }: Writing,
  batch: number,
  id: number,
  { item, kind, priv = {} }: ItemDraft,
): readonly PrivateRef[] {
  const fields = Object.entries(priv).sort(([a], [b]) => (a < b ? -1 : 1));
  const chance = drawChance(random, fields.length);
  return fields.map(([name, { class: dataClass, value }], field): PrivateRef => {
    const dek = deks.sealing(db, dataClass);
    const plaintext = typeof value === 'string' ? utf8(value) : value;
    const place = { log, n: batch, name: sealedName(item, kind, name) };
    const { blob, ct, pc } = sealPayload(dek.key, place, plaintext, chance[field]);
    db.run('INSERT INTO item_blob VALUES (?, ?, ?, ?, ?)', id, field, ct, dek.id, blob);
    return { ct, dek: dek.id, len: blob.length, name, pc };
  });
}

const sealedName = (item: number, kind: string, name: string): string => `item.${item}.${kind}.${name}`;

/** @throws CanonicalError when `pub` has no canonical form */
export function checkItem({ item, kind, pub }: ItemDraft): void {
  encodeItem({ at: '', item, kind, priv: [], pub, v: 1 });
}

function encodeItem(row: ItemRow): Uint8Array {
  const leaf = utf8(canonicalEntry(row as unknown as JsonObject));
  assert(leaf.length <= MAX_LEAF_BYTES, 'what is private or long goes to a sealed field');
  return leaf;
}

/** The row in these bytes, or why they are none. */
export function decodeItem(leaf: Uint8Array): ItemRow | string {
  try {
    const text = Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).toString('utf8');
    const value = JSON.parse(text) as Json;
    if (!isItem(value)) return 'does not have the fields of a row';
    return isCanonicalEntry(value as unknown as JsonObject, text) ? value : 'is not in canonical form';
  } catch {
    return 'is not JSON in UTF-8';
  }
}

function isItem(value: unknown): value is ItemRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (Object.keys(value).sort().join(',') !== 'at,item,kind,priv,pub,v') return false;
  const { at, item, kind, priv, pub, v } = value as Record<string, unknown>;
  const isPlace = Number.isSafeInteger(item) && (item as number) >= 0 && (item as number) < PLACES;
  return (
    v === 1 &&
    typeof at === 'string' &&
    isPlace &&
    itemKinds.some((one) => one === kind) &&
    typeof pub === 'object' &&
    pub !== null &&
    Array.isArray(priv) &&
    priv.every((ref: unknown) => typeof ref === 'object' && ref !== null && 'ct' in ref && 'dek' in ref)
  );
}

/** The root over some hashes in order: keeps one node a level. */
export function makeRoot(): Readonly<{
  add: (hash: Uint8Array) => void;
  size: () => number;
  hex: () => string;
}> {
  const kept = new Map<number, Node>();
  const read = (level: number): Uint8Array => kept.get(level)?.hash ?? new Uint8Array();
  let size = 0;
  return {
    add(hash) {
      for (const node of appendLeaf(size, hash, read)) if (node.index % 2 === 0) kept.set(node.level, node);
      size += 1;
    },
    size: () => size,
    hex: () => toHex(treeRoot(size, read)),
  };
}

/** How many rows a batch has by now, and the root over them: what its next entry signs. */
export function rowsRoot(db: Sqlite, batch: number): Readonly<{ rows: number; root: string }> {
  const root = makeRoot();
  for (const { hash } of storedRows(db, batch)) root.add(hash);
  return { rows: root.size(), root: root.hex() };
}

type Stored = Readonly<{ id: number; leaf: Uint8Array; hash: Uint8Array }>;

function storedRows(db: Sqlite, batch: number): readonly Stored[] {
  const from = firstRow(batch);
  return db
    .all('SELECT id, leaf, hash FROM item WHERE id >= ? AND id < ? ORDER BY id', from, from + ROWS)
    .map((row) => ({ id: asNumber(row['id']), leaf: asBytes(row['leaf']), hash: asBytes(row['hash']) }));
}

/** @throws StorageError `corrupt` naming the row */
export function readItems(db: Sqlite, batch: number): readonly ItemRow[] {
  return storedRows(db, batch).map(({ id, leaf }) => decodeOrThrow(db, batch, id, leaf));
}

function decodeOrThrow(db: Sqlite, batch: number, id: number, leaf: Uint8Array): ItemRow {
  const row = decodeItem(leaf);
  if (typeof row !== 'string') return row;
  throw new StorageError(
    'corrupt',
    db.path,
    `row ${id - firstRow(batch)} of the batch of entry #${batch} ${row}`,
  );
}

/** A sealed field of one item, of the newest row that has it; null as for a field of an entry. */
export function readItemField(
  db: Sqlite,
  deks: DataKeys,
  at: Readonly<{ batch: number; item: number; name: string }>,
): Uint8Array | null {
  const found = db
    .all('SELECT id, log, leaf FROM item WHERE batch = ? AND place = ? ORDER BY id', at.batch, at.item)
    .map((row) => ({ id: asNumber(row['id']), log: asText(row['log']), leaf: asBytes(row['leaf']) }))
    .map(({ id, log, leaf }) => ({ id, log, row: decodeOrThrow(db, at.batch, id, leaf) }))
    .findLast(({ row }) => row.item === at.item && row.priv.some(({ name }) => name === at.name));
  const field = found?.row.priv.findIndex(({ name }) => name === at.name) ?? -1;
  const ref = found?.row.priv[field];
  if (found === undefined || ref === undefined) return null;
  const blob = db.get('SELECT data FROM item_blob WHERE item = ? AND field = ?', found.id, field)?.['data'];
  const dek = deks.opening(db, ref.dek);
  if (!(blob instanceof Uint8Array) || dek === null || sha256Hex(blob) !== ref.ct) return null;
  const place = { log: found.log, n: at.batch, name: sealedName(at.item, found.row.kind, at.name) };
  return openPayload(dek, place, blob, ref.pc);
}
