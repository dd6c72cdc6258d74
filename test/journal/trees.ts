import { appendLeaf, leafHash, type ReadNode } from '../../src/journal/merkle.ts';

/** A tree in memory, grown leaf by leaf as the store does. */
export function treeOf(leaves: readonly Uint8Array[]): { read: ReadNode } {
  const nodes = new Map<string, Uint8Array>();
  const read: ReadNode = (level, index) => {
    const found = nodes.get(`${level}/${index}`);
    if (found === undefined) throw new Error(`node ${level}/${index} was never made`);
    return found;
  };
  for (const [n, leaf] of leaves.entries()) {
    for (const { level, index, hash } of appendLeaf(n, leafHash(leaf), read))
      nodes.set(`${level}/${index}`, hash);
  }
  return { read };
}
