import { Buffer } from 'node:buffer';
import { assert } from '../base/assert.ts';
import { concatBytes, sameBytes, sha256, sha256Hex } from '../base/hash.ts';

/**
 * The tree of RFC 6962 section 2.1. A node is named by its level (0 = leaves) and its index on that level; only nodes
 * over a full 2^level leaves exist, so a node never changes once written.
 */
export type Node = Readonly<{ level: number; index: number; hash: Uint8Array }>;

/** Gives a node that was stored before. Asking for one that cannot exist is a bug. */
export type ReadNode = (level: number, index: number) => Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, leaf));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  // A damaged table may give what is no hash: the node over it then fits nothing.
  if (left.length !== HASH || right.length !== HASH) return sha256(concatBytes(NODE, left, right));
  scratch.set(left, 1);
  scratch.set(right, 1 + HASH);
  return sha256(scratch);
}

/** `nodeHash` of two hashes in hex, for whoever goes through a whole tree: no buffer is made for either. */
export function nodeHex(left: string, right: string): string {
  scratch.write(left, 1, 'hex');
  scratch.write(right, 1 + HASH, 'hex');
  return sha256Hex(scratch);
}

const HASH = 32;
/** A one, which tells a node from a leaf, and room for two hashes. */
const scratch = Buffer.alloc(1 + 2 * HASH, 1);

/** The nodes that come into being with leaf number `size` (counted from 0); the leaf itself is the first. */
export function appendLeaf(size: number, hash: Uint8Array, read: ReadNode): readonly Node[] {
  let node: Node = { level: 0, index: size, hash };
  const nodes = [node];
  while (node.index % 2 === 1) {
    const left = read(node.level, node.index - 1);
    node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
    nodes.push(node);
  }
  return nodes;
}

export function treeRoot(size: number, read: ReadNode): Uint8Array {
  return size === 0 ? sha256('') : rangeHash(0, size, read);
}

/** The hashes from leaf `index` up to the root of the first `size` leaves (RFC 6962 section 2.1.1). */
export function inclusionProof(index: number, size: number, read: ReadNode): readonly Uint8Array[] {
  assert(index >= 0 && index < size, 'only a leaf of the tree can be proved');
  const path = (at: number, low: number, high: number): Uint8Array[] => {
    if (high - low === 1) return [];
    const middle = low + split(high - low);
    return at < middle
      ? [...path(at, low, middle), rangeHash(middle, high, read)]
      : [...path(at, middle, high), rangeHash(low, middle, read)];
  };
  return path(index, 0, size);
}

/** The hashes that show that the first `from` leaves of the tree of `to` are the tree of `from` (section 2.1.2). */
export function consistencyProof(from: number, to: number, read: ReadNode): readonly Uint8Array[] {
  assert(from > 0 && from <= to, 'a proof from the empty tree would show nothing');
  const path = (old: number, low: number, high: number, whole: boolean): Uint8Array[] => {
    if (old === high) return whole ? [] : [rangeHash(low, high, read)];
    const middle = low + split(high - low);
    return old <= middle
      ? [...path(old, low, middle, whole), rangeHash(middle, high, read)]
      : [...path(old, middle, high, false), rangeHash(low, middle, read)];
  };
  return path(from, 0, to, true);
}

/** Whether the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2). */
export function checkInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const step of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(step, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/**
 * Whether the tree of `to` grew from the tree of `from` (RFC 9162 section 2.1.4.2). From the empty tree everything
 * grows, so such a proof shows nothing and is refused, as other verifiers do.
 */
export function checkConsistency(
  from: number,
  to: number,
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(from) || !isSize(to) || from === 0 || from > to) return false;
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  const steps = isPowerOfTwo(from) ? [fromRoot, ...proof] : [...proof];
  const first = steps.shift();
  if (first === undefined) return false;
  let [at, last] = [from - 1, to - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [oldHash, newHash] = [first, first];
  for (const step of steps) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldHash = nodeHash(step, oldHash);
      newHash = nodeHash(step, newHash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newHash = nodeHash(newHash, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(oldHash, fromRoot) && sameBytes(newHash, toRoot);
}

/** Hash over leaves low..high-1: a stored node where the range is one, else put together from two halves. */
function rangeHash(low: number, high: number, read: ReadNode): Uint8Array {
  const size = high - low;
  if (isPowerOfTwo(size) && low % size === 0) return read(Math.log2(size), low / size);
  const middle = low + split(size);
  return nodeHash(rangeHash(low, middle, read), rangeHash(middle, high, read));
}

/** The largest power of two below `size`. */
function split(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}

const half = (n: number): number => Math.floor(n / 2);
const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
