/** A stretch of words. `mark` is what is missing or will follow, and has to be seen. */
export type Run = Readonly<{ is: 'plain' | 'strong' | 'mark'; text: string }>;
export type Runs = readonly Run[];

/** What a letter is made of, in order. A paragraph has lines only where whoever wrote it broke them. */
export type Block =
  | Readonly<{ is: 'heading'; level: 1 | 2; runs: Runs }>
  | Readonly<{ is: 'paragraph'; lines: readonly Runs[] }>
  | Readonly<{ is: 'list'; items: readonly Runs[] }>
  | Table;

/** In reports; no letter has one. `shares` are the widths of the columns against each other; a marked row is shaded, and says why in words. */
export type Table = Readonly<{
  is: 'table';
  head: readonly string[];
  shares: readonly number[];
  rows: readonly Readonly<{ cells: readonly Runs[]; marked: boolean }>[];
}>;

/** What must be seen on every page of a letter that is not to be sent. */
export type Stamp = 'DRILL' | 'DRAFT';
