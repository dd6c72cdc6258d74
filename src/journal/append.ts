import { Buffer } from 'node:buffer';
import { jumpBetween, type Stamp } from '../base/beat.ts';
import { assert } from '../base/assert.ts';
import { sameBytes, toHex, utf8 } from '../base/hash.ts';
import { StorageError } from '../io/storage.ts';
import { formatCheckpoint, signNote } from './checkpoint.ts';
import { Outdated, type Draft, type RowsDraft, type Writing, type Written } from './draft.ts';
import { encodeEntry, MAX_LEAF_BYTES, NO_PREVIOUS, type Entry, type PrivateRef } from './entry.ts';
import { appendLeaf, leafHash, treeRoot } from './merkle.ts';
import { takeTurn } from './epoch-turn.ts';
import { isOccasion, jumpDraft, lastStamp } from './jump.ts';
import { checkItem, rowsRoot, writeItems } from './items.ts';
import { blobId, nodeId, nodeReader, readTail, type Tail } from './rows.ts';
import { drawChance, sealPayload } from './seal.ts';

/** What the entries of a batch sign of its rows, in its longest form. */
const ROOTS = { rows: Number.MAX_SAFE_INTEGER, rows_root: NO_PREVIOUS };

/** The largest private field, in bytes. */
const MAX_PRIVATE_BYTES = 67_108_864;

/**
 * Refuses what no journal can take before anything is queued with it.
 * @throws CanonicalError when `pub` has no canonical form
 * @throws StorageError `too-large`
 */
export function checkDraft(draft: Draft | RowsDraft, path: string): void {
  if ('rows' in draft) return draft.rows.forEach((row) => checkItem(row));
  draft.begins?.forEach((row) => checkItem(row));
  assert(draft.kind !== '' && draft.actor !== '', 'an entry has a kind and an actor');
  const priv: PrivateRef[] = Object.entries(draft.priv ?? {}).map(([name, { value }]) => {
    const bytes = typeof value === 'string' ? Buffer.byteLength(value) : value.length;
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
    pub: { ...draft.pub, ...ROOTS },
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
 * Writes entries and the checkpoint that signs them, inside the caller's transaction: no durable state is unsigned. Rows of a
 * batch are signed by its last entry. Gives null for each draft that is no entry. `written` is filled as it goes, so that after a
 * failed commit one can look whether it is there.
 */
export function appendDrafts(
  to: Writing,
  drafts: readonly (Draft | RowsDraft)[],
  written: Written[],
): readonly (Entry | null)[] {
  const tail = to.after ?? readTail(to.db, to.log);
  const rowsOnly = drafts.every((draft) => 'rows' in draft);
  const leaves = makeLeaves(to, tail, written);
  // Rows are signed by nobody yet, and by whoever signs the entry that ends them.
  const turn = rowsOnly ? null : takeTurn(to, tail);
  // The clock of another machine says nothing of this one.
  let shown = to.after !== undefined || rowsOnly ? null : lastShown(to, tail);
  const write = (draft: Draft, stamp: Stamp): Entry => {
    const { entry, hash } = leaves.add(draft, stamp);
    shown = entry.at;
    to.recent.shown = { hash, at: entry.at };
    turn?.wrote(entry, hash);
    return entry;
  };
  const entries = drafts.map((draft) => {
    if ('rows' in draft) {
      writeItems(to, draft.batch, draft.rows, written);
      return null;
    }
    if (draft.decidedOn !== undefined && draft.decidedOn !== leaves.size())
      throw new Outdated(`decided on ${draft.decidedOn} entries, and there are ${leaves.size()}`);
    const stamp = to.clock.stamp();
    const jump = shown === null ? null : jumpBetween(shown, stamp);
    if (jump !== null) write(jumpDraft(jump), stamp);
    else if (isOccasion(draft)) return null;
    const change = turn?.change(stamp) ?? null;
    if (change !== null) write(change, stamp);
    if (isOccasion(draft)) return null;
    return write(withRoots(to, draft, leaves.size(), written), stamp);
  });
  if (turn !== null && leaves.size() > tail.size) {
    const text = formatCheckpoint({ origin: to.log, size: leaves.size(), root: leaves.root() });
    to.db.run(
      'INSERT INTO checkpoint VALUES (?, ?, ?)',
      to.log,
      leaves.size(),
      signNote(text, turn.signers()),
    );
  }
  return entries;
}

/** Adds entries and the nodes of the tree over them. */
function makeLeaves(to: Writing, tail: Tail, written: Written[]) {
  const { db, log } = to;
  const read = nodeReader(db, to.recent);
  let prev = tail.hash === null ? NO_PREVIOUS : toHex(tail.hash);
  let n = tail.size;
  return {
    size: () => n,
    root: () => treeRoot(n, read),
    add(draft: Draft, at: Stamp): Readonly<{ entry: Entry; hash: Uint8Array }> {
      const entry = seal(to, draft, { n, prev, at });
      const leaf = encodeEntry(entry);
      const hash = leafHash(leaf);
      db.run('INSERT INTO entry VALUES (?, ?, ?, ?)', log, n, leaf, hash);
      for (const node of appendLeaf(n, hash, read)) {
        const { level, index } = node;
        if (index % 2 === 0) to.recent.nodes.set(level, node);
        if (level === 0) continue;
        db.run('INSERT INTO node VALUES (?, ?, ?, ?, ?)', nodeId(level, index), log, level, index, node.hash);
      }
      written.push({ table: 'entry', key: n, leaf });
      prev = toHex(hash);
      n += 1;
      return { entry, hash };
    },
  };
}

/** The clocks of the newest entry: as they were written here, or read again where another process has written since. */
function lastShown({ db, log, recent: { shown } }: Writing, { size, hash }: Tail): Stamp | null {
  if (shown !== null && hash !== null && sameBytes(shown.hash, hash)) return shown.at;
  return lastStamp(db, log, size);
}

/** A batch's entries say how many rows it has by then and sign the root over them. */
function withRoots(to: Writing, draft: Draft, n: number, written: Written[]): Draft {
  if (draft.begins !== undefined) writeItems(to, n, draft.begins, written);
  const batch = draft.begins === undefined ? draft.ends : n;
  if (batch === undefined) return draft;
  const { rows, root } = rowsRoot(to.db, batch);
  return { ...draft, pub: { ...draft.pub, rows, rows_root: root } };
}

type Place = Pick<Entry, 'n' | 'prev' | 'at'>;

function seal({ db, log, random, deks }: Writing, draft: Draft, { n, prev, at }: Place): Entry {
  const fields = Object.entries(draft.priv ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const chance = drawChance(random, fields.length);
  const priv = fields.map(([name, { class: dataClass, value }], i): PrivateRef => {
    const dek = deks.sealing(db, dataClass);
    const plaintext = typeof value === 'string' ? utf8(value) : value;
    const { blob, ct, pc } = sealPayload(dek.key, { log, n, name }, plaintext, chance[i]);
    db.run('INSERT INTO blob VALUES (?, ?, ?, ?)', blobId(n, i), ct, dek.id, blob);
    return { ct, dek: dek.id, len: blob.length, name, pc };
  });
  const { boot, mono, wall } = at;
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
