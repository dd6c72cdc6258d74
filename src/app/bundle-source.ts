import { approvalsIn } from '../exports/bundle/approvals.ts';
import type { BundleSource } from '../exports/bundle/contents.ts';
import type { JournalCopy } from '../journal/copy.ts';

/** A copy of a journal as a bundle is made from, and held against. */
export const sourceOf = (copy: JournalCopy): BundleSource => ({
  origin: copy.opening.log,
  incident: copy.opening.incident,
  drill: copy.opening.drill,
  vkey: copy.opening.vkey,
  publicKey: copy.publicKey,
  before: copy.before,
  size: copy.size,
  note: copy.note,
  leaves: copy.leaves,
  node: copy.node,
  noteAt: copy.noteAt,
  markBefore: copy.markBefore,
  receipts: copy.anchors(),
  cosigs: copy.cosigs(),
  ...approvalsIn(leavesOf(copy), copy.node),
});

const PAGE = 256;

function* leavesOf({ size, leaves }: JournalCopy): Iterable<Uint8Array> {
  for (let from = 0; from < size; from += PAGE) yield* leaves(from, Math.min(from + PAGE, size));
}
