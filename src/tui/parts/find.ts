import type { RunbookSummary } from '../../app/contract.ts';
import { matches } from './list.ts';

/** Runbooks by the words of their title, summary and search words; the best first, none left out without words. */
export const findRunbooks = (all: readonly RunbookSummary[], query: string): readonly RunbookSummary[] => {
  if (query.trim() === '') return all;
  const scored = all.map((one) => ({
    one,
    score: matches(
      query,
      `${one.words.join(' ')} ${one.title} ${one.id.replaceAll('-', ' ')} ${one.summary}`,
    ),
  }));
  const found = scored.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score);
  return (found.length === 0 ? scored : found).map(({ one }) => one);
};
