import { Problem } from '../../base/problem.ts';

/** Nobody leafs through more pages than these rows fill, and they take the typesetter two minutes. */
export const tooMany = 50_000;

export const refuseTooMany = (rows: number): void => {
  if (rows <= tooMany) return;
  throw new Problem('usage', {
    why: `more than ${tooMany} rows are too many to be set on paper: choose some with --star, --from, --to or --filter`,
    next: 'firebreak export --format md, csv or jsonl takes all of them',
  });
};
