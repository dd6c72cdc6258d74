import type { Regulation } from './regulation.ts';

/** What a runbook says it serves: the items named by all its steps together. */
export type Serving = Readonly<{ id: string; serves: readonly string[] }>;

/** One item and the runbooks that serve it; an empty list is a gap. */
export type CoverageRow = Readonly<{ item: string; title: string; runbooks: readonly string[] }>;

/** Which counted items each runbook serves, and which none does, in the regulations' own order. */
export function coverage(
  runbooks: readonly Serving[],
  regulations: readonly Regulation[],
): readonly CoverageRow[] {
  return regulations
    .flatMap(({ items }) => items)
    .filter(({ counted }) => counted)
    .map(({ id, title }) => ({
      item: id,
      title,
      runbooks: runbooks
        .filter(({ serves }) => serves.some((served) => standsFor(served, id)))
        .map((runbook) => runbook.id),
    }));
}

/** Whether an id in `serves` is an item, or stands for several. A misspelt item would otherwise be served by nobody, in silence. */
export function isItem(served: string, regulations: readonly Regulation[]): boolean {
  return regulations.some(({ items }) => items.some(({ id }) => standsFor(served, id)));
}

/** `gdpr:33` stands for `gdpr:33.1` and its neighbours, and not for `gdpr:334`. */
const standsFor = (served: string, item: string): boolean => item === served || item.startsWith(`${served}.`);
