import { assert } from '../base/assert.ts';
import type { JsonObject } from '../base/canonical.ts';
import { toHex, utf8 } from '../base/hash.ts';
import type { Clock } from '../io/clock.ts';
import type { Random } from '../io/random.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { StorageError } from '../io/storage.ts';
import { formatCheckpoint, signNote, type Signer } from './checkpoint.ts';
import type { DataKeys } from './deks.ts';
import { encodeEntry, MAX_LEAF_BYTES, NO_PREVIOUS, type Entry, type PrivateRef } from './entry.ts';
import { appendLeaf, leafHash, treeRoot } from './merkle.ts';
import { blobId, nodeId, nodeReader, readTail, type NodeCache } from './rows.ts';
import { sealPayload } from './seal.ts';

/** One private field's clear text and the data class whose key seals it: `victims`, `staff`, `secrets-seen` ... */
export type PrivateValue = Readonly<{ class: string; value: string | Uint8Array }>;

/** What a caller wants written. `pub` is in clear for ever; whatever names a person or holds a secret goes to `priv`. */
export type Draft = Readonly<{
  kind: string;
  actor: string;
  pub: JsonObject;
  priv?: Readonly<Record<string, PrivateValue>>;
}>;

/** The largest private field, in bytes. */
const MAX_PRIVATE_BYTES = 67_108_864;

export type Writing = Readonly<{
  db: Sqlite;
  log: string;
  clock: Clock;
  random: Random;
  signer: Signer;
  deks: DataKeys;
  /** Emptied by the caller when the transaction fails: what it holds is then not in the tables. */
  nodes: NodeCache;
}>;
export type Written = { n: number; leaf: Uint8Array };

/**
 * Refuses what no journal can take before anything is queued with it.
 * @throws CanonicalError when `pub` has no canonical form
 * @throws StorageError `too-large`
 */
export function checkDraft(draft: Draft, path: string): void {
  assert(draft.kind !== '' && draft.actor !== '', 'an entry has a kind and an actor');
  const priv: PrivateRef[] = Object.entries(draft.priv ?? {}).map(([name, { value }]) => {
    const bytes = typeof value === 'string' ? utf8(value).length : value.length;
    if (bytes > MAX_PRIVATE_BYTES) {
      throw new StorageError(
        'too-large',
        path,
        `${draft.kind}: ${name} has ${bytes} bytes, the limit is ${MAX_PRIVATE_BYTES}`,
      );
    }
    return {
      ct: NO_PREVIOUS,
      dek: NO_PREVIOUS.slice(0, 16),
      len: Number.MAX_SAFE_INTEGER,
      name,
      pc: NO_PREVIOUS,
    };
  });
  // Every field that is filled in later has its longest form here.
  const longest = '9'.repeat(40);
  const leaf = encodeEntry({
    actor: draft.actor,
    at: { boot: longest, mono: longest, wall: longest },
    kind: draft.kind,
    log: longest,
    n: Number.MAX_SAFE_INTEGER,
    prev: NO_PREVIOUS,
    priv,
    pub: draft.pub,
    v: 1,
  });
  if (leaf.length > MAX_LEAF_BYTES) {
    throw new StorageError(
      'too-large',
      path,
      `${draft.kind}: the public part has ${leaf.length} bytes, the limit is ${MAX_LEAF_BYTES}`,
    );
  }
}

/**
 * Writes entries and the checkpoint that signs them, inside the caller's transaction: no durable state is unsigned.
 * `written` is filled as it goes, so that after a failed commit one can look whether the entries are there.
 */
export function appendDrafts(to: Writing, drafts: readonly Draft[], written: Written[]): readonly Entry[] {
  const { db, log } = to;
  const read = nodeReader(db, log, to.nodes);
  const tail = readTail(db, log);
  let prev = tail.hash === null ? NO_PREVIOUS : toHex(tail.hash);
  let n = tail.size;
  const entries: Entry[] = [];
  for (const draft of drafts) {
    const entry = seal(to, draft, n, prev);
    const leaf = encodeEntry(entry);
    const hash = leafHash(leaf);
    db.run('INSERT INTO entry VALUES (?, ?, ?, ?)', log, n, leaf, hash);
    for (const node of appendLeaf(n, hash, read)) {
      const { level, index } = node;
      if (index % 2 === 0) to.nodes.set(level, node);
      if (level === 0) continue;
      db.run('INSERT INTO node VALUES (?, ?, ?, ?, ?)', nodeId(level, index), log, level, index, node.hash);
    }
    written.push({ n, leaf });
    entries.push(entry);
    prev = toHex(hash);
    n += 1;
  }
  const text = formatCheckpoint({ origin: log, size: n, root: treeRoot(n, read) });
  db.run(
    'INSERT INTO checkpoint VALUES (?, ?, ?)',
    log,
    n,
    signNote(text, [{ name: log, signer: to.signer }]),
  );
  return entries;
}

function seal({ db, log, clock, random, deks }: Writing, draft: Draft, n: number, prev: string): Entry {
  const fields = Object.entries(draft.priv ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const priv = fields.map(([name, { class: dataClass, value }], i): PrivateRef => {
    const dek = deks.sealing(db, dataClass);
    const plaintext = typeof value === 'string' ? utf8(value) : value;
    const chance = { salt: random.bytes(32), nonce: random.bytes(12) };
    const { blob, ct, pc } = sealPayload(dek.key, { log, n, name }, plaintext, chance);
    db.run('INSERT INTO blob VALUES (?, ?, ?, ?)', blobId(n, i), ct, dek.id, blob);
    return { ct, dek: dek.id, len: blob.length, name, pc };
  });
  const { boot, mono, wall } = clock.stamp();
  return {
    actor: draft.actor,
    at: { boot, mono, wall },
    kind: draft.kind,
    log,
    n,
    prev,
    priv,
    pub: draft.pub,
    v: 1,
  };
}
