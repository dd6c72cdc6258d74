import type { DraftsDoor, Typed } from '../../src/app/contract.ts';

/** What is typed is kept in memory alone, at once. */
export const fakeDrafts = (left: readonly Typed[] = []): DraftsDoor => {
  let kept = left;
  return { found: () => kept, keep: (all) => void (kept = all) };
};
