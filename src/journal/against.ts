import { sameBytes } from '../base/hash.ts';
import type { JournalCopy } from './copy.ts';
import { treeRoot } from './merkle.ts';

/** How far two copies of one incident are the same. Both were verified, or will be: what is compared are the roots of their trees. */

type Tree = Pick<JournalCopy, 'size' | 'node'>;

/** The number of entries, from the first one on, that both have alike. */
export function commonSize(a: Tree, b: Tree): number {
  const alike = (size: number): boolean =>
    size === 0 || sameBytes(treeRoot(size, a.node), treeRoot(size, b.node));
  let [low, high] = [0, Math.min(a.size, b.size)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (alike(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
