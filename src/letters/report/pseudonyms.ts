import type { Block, Run, Runs } from '../body.ts';

/**
 * Numbers in the place of people, the same one throughout a report. Only whole words are replaced, and only names that the drill
 * knows: whoever is merely mentioned in a text keeps the name, which whoever shares the report has to look for.
 */
export const pseudonymous = (
  blocks: readonly Block[],
  people: readonly Readonly<{ handle: string; name: string | null }>[],
): readonly Block[] => {
  const words = people.flatMap(({ handle, name }, i) =>
    [handle, ...(name === null ? [] : [name])].map((word) => [word, `Person ${i + 1}`] as const),
  );
  const names = new Map(words.map(([word, as]) => [word.toLowerCase(), as]));
  if (names.size === 0) return blocks;
  const longestFirst = [...names.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_-])(?:${longestFirst.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})(?![\\p{L}\\p{N}_-])`,
    'giu',
  );
  const change = (text: string): string =>
    text.replaceAll(pattern, (word) => names.get(word.toLowerCase()) ?? word);
  const run = (one: Run): Run => ({ ...one, text: change(one.text) });
  const runs = (all: Runs): Runs => all.map(run);
  return blocks.map((block): Block => {
    switch (block.is) {
      case 'heading':
        return { ...block, runs: runs(block.runs) };
      case 'paragraph':
        return { ...block, lines: block.lines.map(runs) };
      case 'list':
        return { ...block, items: block.items.map(runs) };
      case 'table':
        return { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(runs) })) };
    }
  });
};
