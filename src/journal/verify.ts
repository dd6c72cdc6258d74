import { fromHex, sha256Hex, toHex } from '../base/hash.ts';
import { decodeEntry, decodeText, NO_PREVIOUS, type Entry, type PrivateRef } from './entry.ts';
import { makeApprovals } from './approvals.ts';
import { makeEpochs, type EpochChecks } from './check-epochs.ts';
import { makeLog } from './check-log.ts';
import { CHANGED } from './lineage.ts';
import { leafHash, nodeHex, treeRoot } from './merkle.ts';
import { blobId, nodeId } from './rows.ts';
import { makeClocks } from './jump.ts';
import { cursor } from './cursor.ts';
import { makeMarks, type Marks } from './marks.ts';
import type { JournalRows, Log, Trust, VerifyReport } from './report.ts';
import { makeFindings, type Findings } from './findings.ts';
import { makeBatches } from './verify-items.ts';

/**
 * Goes once through a whole journal and names everything that does not fit. Uses no key but the signer's public one.
 * @param hear is given each entry that could be read, for what else is to be held against them
 */
export function verifyRows(
  rows: JournalRows,
  trust: Trust = {},
  hear: (entry: Entry) => void = () => undefined,
): VerifyReport {
  const { pinned, known = [], seen = [] } = trust;
  const findings = makeFindings();
  const log = makeLog(pinned ?? null, findings);
  const tree = makeTree(rows, findings);
  const fields = makeFields(rows, findings);
  const batches = makeBatches(rows, findings);
  const clocks = makeClocks(findings);
  const epochs = makeEpochs(findings);
  const marks = makeMarks(rows, trust, findings, epochs);

  try {
    const approvals = makeApprovals(findings);
    walk(rows, { log, tree, fields, batches, clocks, approvals, epochs, marks, findings, hear });
    log.end();
    marks.end(tree.size(), log);
    epochs.end();
    tree.end();
    fields.end();
    batches.end();
  } finally {
    for (const part of [marks, tree, fields]) part.close();
  }
  const foreign = rows.foreign();
  if (foreign > 0) findings.add('foreign', null, `${foreign} rows belong to another log`);
  if (tree.size() === 0) findings.add('sequence', 0, 'there is no entry');
  return {
    ...log.report(),
    pinned: pinned !== undefined,
    size: tree.size(),
    root: toHex(tree.root()),
    known: known.length + seen.length,
    acknowledged: marks.acknowledged(),
    clock: clocks.report(),
    epochs: epochs.report(),
    signatures: marks.signatures(),
    ...findings.report(),
  };
}

type Parts = Readonly<{
  log: Log;
  tree: ReturnType<typeof makeTree>;
  fields: ReturnType<typeof makeFields>;
  batches: ReturnType<typeof makeBatches>;
  clocks: ReturnType<typeof makeClocks>;
  approvals: ReturnType<typeof makeApprovals>;
  epochs: EpochChecks;
  marks: Marks;
  findings: Findings;
  hear: (entry: Entry) => void;
}>;

function walk(rows: JournalRows, parts: Parts): void {
  const { log, tree, fields, batches, clocks, approvals, epochs, marks, findings, hear } = parts;
  let prev = NO_PREVIOUS;
  for (const row of rows.entries()) {
    const n = tree.size();
    if (row.n !== n) {
      findings.add('sequence', n, `entry #${n} is missing: the next one is #${row.n}`);
      break;
    }
    // An entry whose bytes and stored hash disagree counts once: the walk goes on with the hash as it was stored.
    const leaf = leafOf(rows, row);
    if (!leaf.intact)
      findings.add('changed', n, `entry #${n} is not what was hashed: its bytes were changed`);
    const { entry } = leaf;
    // Another machine has another clock.
    if (typeof entry === 'string' || !leaf.intact || entry.kind === CHANGED) clocks.lost();
    if (typeof entry !== 'string' && leaf.intact) clocks.check(n, entry);
    if (typeof entry === 'string') {
      if (leaf.intact) findings.add('form', n, `entry #${n} ${entry}`);
    } else {
      log.check(row, entry, { root: () => toHex(tree.root()), signed: marks.signed });
      if (leaf.intact && entry.prev !== prev) {
        findings.add(
          'chain',
          n,
          `entry #${n} does not follow the entry before it: one of them was changed or moved`,
        );
      }
      fields.check(n, entry);
      batches.check(n, entry);
      approvals.check(entry, row.hash);
      epochs.check(entry);
      marks.hear(entry);
      hear(entry);
    }
    prev = row.hash;
    tree.append(row.hash);
    marks.reached(tree.size(), tree.root, log);
  }
}

/** Whether the stored hash is that of the leaf, and the entry in it or why there is none. */
function leafOf(
  rows: JournalRows,
  { n, leaf, hash }: Readonly<{ n: number; leaf: string; hash: string }>,
): Readonly<{ intact: boolean; entry: Entry | string }> {
  if (sha256Hex(`\0${leaf}`) === hash) return { intact: true, entry: decodeText(leaf) };
  const bytes = rows.leaf(n);
  return { intact: toHex(leafHash(bytes)) === hash, entry: decodeEntry(bytes) };
}

/** Builds the tree anew and compares the stored nodes. Keeps one node a level: that is all a growing tree needs. */
function makeTree(rows: JournalRows, findings: Findings) {
  const kept: string[] = [];
  const stored = cursor(rows.nodes);
  let size = 0;
  return {
    size: () => size,
    root: () => treeRoot(size, (level) => fromHex(kept[level] ?? '') ?? new Uint8Array()),
    append(leaf: string): void {
      let hash = leaf;
      let index = size;
      let level = 0;
      for (; index % 2 === 1; index = (index - 1) / 2) {
        hash = nodeHex(kept[level] ?? '', hash);
        level += 1;
        const row = stored.take(nodeId(level, (index - 1) / 2));
        if (row?.level === level && row.index === (index - 1) / 2 && row.hash === hash) continue;
        const what = row === null ? 'is missing' : 'does not fit the entries below it';
        findings.add('tree', size, `the tree's node at level ${level}, number ${(index - 1) / 2} ${what}`);
      }
      kept[level] = hash;
      size += 1;
    },
    end(): void {
      const more = stored.rest();
      if (more > 0) findings.add('tree', null, `the tree has ${more} nodes over entries that are not there`);
    },
    close: () => stored.close(),
  };
}

/** Whether each sealed field is there as committed to, and whether what was destroyed was destroyed by an entry. */
function makeFields(rows: JournalRows, findings: Findings) {
  const shredded = new Set<string>();
  const destroyed = new Map<string, number>();
  const stored = cursor(rows.blobs);
  const states = new Map<string, ReturnType<JournalRows['dek']>>();
  const stateOf = (dek: string): ReturnType<JournalRows['dek']> => {
    if (!states.has(dek)) states.set(dek, rows.dek(dek));
    return states.get(dek);
  };

  const checkRef = (n: number, ref: PrivateRef, field: number): void => {
    const state = stateOf(ref.dek);
    if (state === undefined) findings.add('sealed', n, `entry #${n}: the data key of ${ref.name} is missing`);
    if (state === 'destroyed' && !destroyed.has(ref.dek)) destroyed.set(ref.dek, n);
    const blob = stored.take(blobId(n, field))?.data;
    if (blob === undefined || (blob === null && state !== 'destroyed')) {
      findings.add('sealed', n, `entry #${n}: the sealed bytes of ${ref.name} are missing`);
    } else if (blob !== null && (blob.length !== ref.len || sha256Hex(blob) !== ref.ct)) {
      findings.add('sealed', n, `entry #${n}: the sealed bytes of ${ref.name} were changed`);
    }
  };
  return {
    check(n: number, entry: Entry): void {
      for (const [field, ref] of entry.priv.entries()) checkRef(n, ref, field);
      const { dek } = entry.pub;
      if (entry.kind === 'key.shred' && typeof dek === 'string') shredded.add(dek);
    },
    end(): void {
      for (const [dek, n] of destroyed) {
        if (shredded.has(dek)) continue;
        findings.add('sealed', n, `entry #${n}: the data key ${dek} was destroyed and no entry says by whom`);
      }
      const more = stored.rest();
      if (more > 0) findings.add('sealed', null, `there are ${more} sealed fields that no entry names`);
    },
    close: () => stored.close(),
  };
}
