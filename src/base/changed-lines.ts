/** One line of a text that is not in the other one. `line`: its number in the text that it stands in, from 1. */
export type ChangedLine = Readonly<{ is: 'added' | 'gone'; line: number; text: string }>;

type Lines = readonly string[];

/** Two pieces of so many lines each are compared by a table; larger ones are told as replaced, which is true as well. */
const TABLE_MAX = 9_000_000;

/**
 * What differs between two texts, in the fewest lines: taking the `gone` ones out of the one and putting the `added` ones in gives the
 * other.
 */
export const changedLines = (before: string, after: string): readonly ChangedLine[] => {
  const [old, next] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, next.length);
  let head = 0;
  while (head < shorter && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  return within(old.slice(head, old.length - tail), next.slice(head, next.length - tail), head);
};

const within = (old: Lines, next: Lines, from: number): readonly ChangedLine[] => {
  const width = next.length + 1;
  const small = (old.length + 1) * width <= TABLE_MAX;
  const common = small ? commonFrom(old, next) : null;
  const left = (i: number, j: number): number => common?.[i * width + j] ?? 0;
  const changes: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    const [mine, other] = [old[i], next[j]];
    if (common !== null && mine !== undefined && mine === other) [i, j] = [i + 1, j + 1];
    else if (mine !== undefined && (other === undefined || left(i + 1, j) >= left(i, j + 1)))
      changes.push({ is: 'gone', line: from + (i += 1), text: mine });
    else if (other !== undefined) changes.push({ is: 'added', line: from + (j += 1), text: other });
  }
  return changes;
};

/** At `i, j`: how many lines both still have in the same order. */
const commonFrom = (old: Lines, next: Lines): Uint32Array => {
  const width = next.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      table[at] =
        old[i] === next[j]
          ? (table[at + width + 1] ?? 0) + 1
          : Math.max(table[at + width] ?? 0, table[at + 1] ?? 0);
    }
  return table;
};
