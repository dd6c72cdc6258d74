import { sameBytes, sha256Hex, toHex } from '../base/hash.ts';
import { makeApprovals } from './approvals.ts';
import { openNote, parseCheckpoint } from './checkpoint.ts';
import { decodeEntry, NO_PREVIOUS, type Entry, type PrivateRef } from './entry.ts';
import { openingOf } from './head.ts';
import { appendLeaf, leafHash, treeRoot, type Node } from './merkle.ts';
import { makeFindings, type Finding, type Findings } from './findings.ts';
import { makeBatches, type BatchRows } from './verify-items.ts';

/** The rows of one journal as they are stored; whoever hands them in does the reading. Order is by number and size. */
export type JournalRows = Readonly<{
  entries: () => Iterable<Readonly<{ log: string; n: number; leaf: Uint8Array; hash: Uint8Array }>>;
  checkpoints: () => Iterable<Readonly<{ size: number; note: string }>>;
  node: (level: number, index: number) => Uint8Array | null;
  nodeCount: () => number;
  /** How many rows belong to another log. */
  foreign: () => number;
  /** Undefined: no such row. Null: the sealed bytes were destroyed. */
  blob: (n: number, field: number) => Uint8Array | null | undefined;
  /** Undefined: no such row. */
  dek: (id: string) => 'active' | 'destroyed' | undefined;
}> &
  BatchRows;

/** What the verifier trusts beside the rows. */
export type Trust = Readonly<{
  /** The vkey that must have signed; without it the one in entry #0 is taken, which a forger could have made. */
  pinned?: string;
  /** Signed checkpoints that left the machine earlier: the only thing that shows a shortened or rewritten journal. */
  known?: readonly string[];
}>;

export type VerifyReport = Readonly<{
  ok: boolean;
  origin: string | null;
  incident: string | null;
  drill: boolean;
  vkey: string | null;
  pinned: boolean;
  size: number;
  /** Hex; null when the tree could not be built. */
  root: string | null;
  /** Checkpoints from outside that the journal was held against. */
  known: number;
  findings: readonly Finding[];
}>;

/** Goes once through a whole journal and names everything that does not fit. Uses no key but the signer's public one. */
export function verifyRows(rows: JournalRows, { pinned, known = [] }: Trust = {}): VerifyReport {
  const findings = makeFindings();
  const log = makeLog(pinned ?? null, findings);
  const tree = makeTree(rows, findings);
  const fields = makeFields(rows, findings);
  const batches = makeBatches(rows, findings);
  const marks = makeMarks(rows, known, findings);

  try {
    walk(rows, { log, tree, fields, batches, approvals: makeApprovals(findings), marks, findings });
    marks.end(tree.size());
  } finally {
    marks.close();
  }
  const foreign = rows.foreign();
  if (foreign > 0) findings.add('foreign', null, `${foreign} rows belong to another log`);
  if (tree.size() === 0) findings.add('sequence', 0, 'there is no entry');
  tree.end();
  fields.end();
  batches.end();
  return {
    ...log.report(),
    pinned: pinned !== undefined,
    size: tree.size(),
    root: toHex(tree.root()),
    known: known.length,
    ...findings.report(),
  };
}

type Parts = Readonly<{
  log: Log;
  tree: ReturnType<typeof makeTree>;
  fields: ReturnType<typeof makeFields>;
  batches: ReturnType<typeof makeBatches>;
  approvals: ReturnType<typeof makeApprovals>;
  marks: ReturnType<typeof makeMarks>;
  findings: Findings;
}>;

function walk(rows: JournalRows, { log, tree, fields, batches, approvals, marks, findings }: Parts): void {
  let prev = NO_PREVIOUS;
  for (const row of rows.entries()) {
    const n = tree.size();
    if (row.n !== n) {
      findings.add('sequence', n, `entry #${n} is missing: the next one is #${row.n}`);
      break;
    }
    // An entry whose bytes and stored hash disagree counts once: the walk goes on with the hash as it was stored.
    const intact = sameBytes(leafHash(row.leaf), row.hash);
    if (!intact) findings.add('changed', n, `entry #${n} is not what was hashed: its bytes were changed`);
    const entry = decodeEntry(row.leaf);
    if (typeof entry === 'string') {
      if (intact) findings.add('form', n, `entry #${n} ${entry}`);
    } else {
      log.check(row, entry);
      if (intact && entry.prev !== prev) {
        findings.add(
          'chain',
          n,
          `entry #${n} does not follow the entry before it: one of them was changed or moved`,
        );
      }
      fields.check(n, entry);
      batches.check(n, entry);
      approvals.check(entry, row.hash);
    }
    prev = toHex(row.hash);
    tree.append(row.hash);
    marks.reached(tree.size(), tree.root, log);
  }
}

type Log = Readonly<{
  check(row: Readonly<{ log: string; n: number }>, entry: Entry): void;
  origin(): string | null;
  vkey(): string | null;
  report(): Pick<VerifyReport, 'origin' | 'incident' | 'drill' | 'vkey'>;
}>;

/** Who the log says it is (entry #0), and whether every entry belongs to it. */
function makeLog(pinned: string | null, findings: Findings): Log {
  let origin: string | null = null;
  let incident: string | null = null;
  let drill = false;
  let vkey = pinned;
  return {
    check(row, entry) {
      if (row.n === 0) {
        const opening = openingOf(entry);
        if (opening === null)
          findings.add('opening', 0, 'entry #0 does not open a log with its incident and its key');
        else if (pinned !== null && opening.vkey !== pinned) {
          findings.add('key', 0, `entry #0 names another key than the one to be trusted: ${opening.vkey}`);
        }
        origin = entry.log;
        incident = opening?.incident ?? null;
        drill = opening?.drill ?? false;
        vkey ??= opening?.vkey ?? null;
      } else if (entry.kind === 'log.open') {
        findings.add('opening', row.n, `entry #${row.n} opens a log a second time`);
      }
      if (entry.n !== row.n) findings.add('sequence', row.n, `entry #${row.n} says that it is #${entry.n}`);
      if (entry.log !== origin || row.log !== origin) {
        findings.add('foreign', row.n, `entry #${row.n} belongs to another log`);
      }
    },
    origin: () => origin,
    vkey: () => vkey,
    report: () => ({ origin, incident, drill, vkey }),
  };
}

/** Builds the tree anew and compares the stored nodes. Keeps one node a level: that is all a growing tree needs. */
function makeTree(rows: JournalRows, findings: Findings) {
  const kept = new Map<number, Node>();
  const read = (level: number): Uint8Array => kept.get(level)?.hash ?? new Uint8Array();
  let size = 0;
  let inner = 0;
  return {
    size: () => size,
    root: () => treeRoot(size, read),
    append(hash: Uint8Array): void {
      for (const node of appendLeaf(size, hash, read)) {
        if (node.index % 2 === 0) kept.set(node.level, node);
        if (node.level === 0) continue;
        inner += 1;
        const stored = rows.node(node.level, node.index);
        if (stored !== null && sameBytes(stored, node.hash)) continue;
        const where = `level ${node.level}, number ${node.index}`;
        const what = stored === null ? 'is missing' : 'does not fit the entries below it';
        findings.add('tree', size, `the tree's node at ${where} ${what}`);
      }
      size += 1;
    },
    end(): void {
      const more = rows.nodeCount() - inner;
      if (more > 0) findings.add('tree', null, `the tree has ${more} nodes over entries that are not there`);
    },
  };
}

type Mark = Readonly<{ size: number; note: string; outside: boolean }>;

/** Holds every checkpoint, stored here or known from outside, against the tree at its size. */
function makeMarks(rows: JournalRows, known: readonly string[], findings: Findings) {
  const outside: Mark[] = [];
  for (const note of known) {
    // The size is only read to sort by; the signature is checked when the walk gets there.
    const size = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))?.size;
    if (size === undefined) findings.add('known', null, 'a checkpoint from outside is not one');
    else outside.push({ size, note, outside: true });
  }
  outside.sort((a, b) => a.size - b.size);
  const stored = rows.checkpoints()[Symbol.iterator]();
  let next = stored.next();
  let last = 0;

  const check = ({ size, note, outside: known }: Mark, root: () => Uint8Array, log: Log): void => {
    const vkey = log.vkey();
    const opened = vkey === null ? null : openNote(note, [vkey]);
    const checkpoint = opened === null ? null : parseCheckpoint(opened.text);
    const what = known
      ? `the checkpoint from outside over ${size} entries`
      : `the checkpoint over ${size} entries`;
    if (checkpoint === null || checkpoint.origin !== log.origin() || checkpoint.size !== size) {
      findings.add(
        known ? 'known' : 'signature',
        size - 1,
        `${what} is not signed with the key of this journal`,
      );
    } else if (!sameBytes(checkpoint.root, root())) {
      const story = known ? ': this journal tells two stories, or was rewritten since' : '';
      findings.add(known ? 'rewritten' : 'root', size - 1, `${what} does not fit them${story}`);
    }
  };
  return {
    reached(size: number, root: () => Uint8Array, log: Log): void {
      for (; next.done !== true && next.value.size <= size; next = stored.next()) {
        last = next.value.size;
        check({ size: last, note: next.value.note, outside: false }, root, log);
      }
      for (let mark = outside[0]; mark !== undefined && mark.size <= size; mark = outside[0]) {
        outside.shift();
        check(mark, root, log);
      }
    },
    /** Lets go of the rows, also when reading them failed half-way. */
    close: () => void stored.return?.(),
    end(size: number): void {
      for (; next.done !== true; next = stored.next()) {
        last = Math.max(last, next.value.size);
        const there = `a checkpoint counts ${next.value.size} entries, there are ${size}`;
        findings.add('shortened', size, `${there}: entries were removed at the end`);
      }
      if (last < size) findings.add('unsigned', last, `no checkpoint signs the entries from #${last} on`);
      for (const mark of outside) {
        const there = `a checkpoint from outside counts ${mark.size} entries, there are ${size}`;
        findings.add('shortened', size, `${there}: this is an older or a shortened copy`);
      }
    },
  };
}

/** Whether each sealed field is there as committed to, and whether what was destroyed was destroyed by an entry. */
function makeFields(rows: JournalRows, findings: Findings) {
  const shredded = new Set<string>();
  const destroyed = new Map<string, number>();

  const checkRef = (n: number, ref: PrivateRef, field: number): void => {
    const state = rows.dek(ref.dek);
    if (state === undefined) findings.add('sealed', n, `entry #${n}: the data key of ${ref.name} is missing`);
    if (state === 'destroyed' && !destroyed.has(ref.dek)) destroyed.set(ref.dek, n);
    const blob = rows.blob(n, field);
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
    },
  };
}
