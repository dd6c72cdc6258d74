import { describe, expect, it } from 'vitest';
import { appendLeaf } from '../../src/journal/merkle.ts';
import { blobId, nodeId } from '../../src/journal/rows.ts';

const grows = (ids: readonly number[]): boolean => ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? id));

describe('keys of rows', () => {
  it('grow with every node of a growing tree, so that each is added at the end of its table', () => {
    const hash = new Uint8Array(32);
    const ids: number[] = [];
    for (let n = 0; n < 2000; n += 1) {
      for (const { level, index } of appendLeaf(n, hash, () => hash)) ids.push(nodeId(level, index));
    }
    expect(ids.length).toBeGreaterThan(3990);
    expect(grows(ids)).toBe(true);
    expect(Number.isSafeInteger(nodeId(1, 2 ** 40))).toBe(true);
  });

  it('grow with every sealed field', () => {
    expect(
      grows([blobId(0, 0), blobId(0, 1), blobId(0, 377), blobId(1, 0), blobId(1, 377), blobId(2, 0)]),
    ).toBe(true);
  });
});
