import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, sha256, toHex } from '../../src/base/hash.ts';
import {
  checkConsistency,
  checkInclusion,
  consistencyProof,
  inclusionProof,
  leafHash,
  treeRoot,
} from '../../src/journal/merkle.ts';
import { treeOf } from './trees.ts';

const MOST = 64;
const leaves = Array.from({ length: MOST }, (_, i) => Uint8Array.of(i, i * 3));
const { read } = treeOf(leaves);
const root = (size: number): Uint8Array => treeRoot(size, read);
const hashOf = (index: number): Uint8Array => leafHash(leaves[index] ?? Uint8Array.of());

/** The definition of RFC 6962 section 2.1, word for word: nothing shared with what it checks but the hash. */
function definedRoot(some: readonly Uint8Array[]): Uint8Array {
  if (some.length === 0) return sha256('');
  if (some.length === 1) return sha256(concatBytes(Uint8Array.of(0), ...some));
  let k = 1;
  while (k * 2 < some.length) k *= 2;
  return sha256(concatBytes(Uint8Array.of(1), definedRoot(some.slice(0, k)), definedRoot(some.slice(k))));
}

const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8) % changed.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit % 8));
  return changed;
};

describe('the tree', () => {
  it('has the root that RFC 6962 defines, at every size up to 64', () => {
    for (let size = 0; size <= MOST; size += 1) {
      expect(toHex(root(size))).toBe(toHex(definedRoot(leaves.slice(0, size))));
    }
  });

  it('proves every leaf at every size up to 64, and none in another place', () => {
    for (let size = 1; size <= MOST; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(index, size, read);
        expect(checkInclusion(hashOf(index), index, size, root(size), proof)).toBe(true);
        const other = (index + 1) % size;
        if (other !== index)
          expect(checkInclusion(hashOf(index), other, size, root(size), proof)).toBe(false);
        expect(checkInclusion(hashOf(index), index, size, root(size - 1), proof)).toBe(false);
      }
    }
  });

  it('proves growth between every two sizes up to 64, except from nothing', () => {
    for (let to = 1; to <= MOST; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = consistencyProof(from, to, read);
        expect(checkConsistency(from, to, root(from), root(to), proof)).toBe(true);
        if (from < to) expect(checkConsistency(from, to, root(to), root(from), proof)).toBe(false);
      }
      expect(checkConsistency(0, to, root(0), root(to), [])).toBe(false);
    }
    expect(checkConsistency(0, 0, root(0), root(0), [])).toBe(false);
    expect(() => consistencyProof(0, 5, read)).toThrow('empty tree');
  });

  const sizes = fc.integer({ min: 1, max: MOST });

  it('takes no proof of a leaf in which a bit, a step, the index or the size is another', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(255), (size, pick, step, bit) => {
        const index = pick % size;
        const proof = inclusionProof(index, size, read);
        const check = (steps: readonly Uint8Array[], i = index, n = size): boolean =>
          checkInclusion(hashOf(index), i, n, root(size), steps);
        const at = step % Math.max(proof.length, 1);
        const wrong = [
          [...proof, hashOf(0)],
          ...(proof.length === 0
            ? []
            : [proof.slice(1), proof.map((hash, i) => (i === at ? flip(hash, bit) : hash))]),
        ];
        expect(wrong.map((steps) => check(steps))).toEqual(wrong.map(() => false));
        expect([
          check(proof, index, 0),
          check(proof, size),
          check(proof, -1),
          check(proof, 0.5),
        ]).not.toContain(true);
        expect(checkInclusion(flip(hashOf(index), bit), index, size, root(size), proof)).toBe(false);
      }),
    );
  });

  it('takes no proof of growth in which a bit or a step is another', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.nat(), fc.nat(255), (a, b, step, bit) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const proof = consistencyProof(from, to, read);
        const check = (steps: readonly Uint8Array[], old = root(from), now = root(to)): boolean =>
          checkConsistency(from, to, old, now, steps);
        const at = step % Math.max(proof.length, 1);
        expect(check([...proof, hashOf(0)])).toBe(false);
        expect(check(proof, flip(root(from), bit))).toBe(false);
        expect(check(proof, root(from), flip(root(to), bit))).toBe(false);
        if (proof.length === 0) return;
        expect(check(proof.slice(1))).toBe(false);
        expect(check(proof.map((hash, i) => (i === at ? flip(hash, bit) : hash)))).toBe(false);
      }),
    );
  });
});
