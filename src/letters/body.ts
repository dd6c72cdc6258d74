/** A stretch of words. `mark` is what is missing or will follow, and has to be seen. */
export type Run = Readonly<{ is: 'plain' | 'strong' | 'mark'; text: string }>;
export type Runs = readonly Run[];

/** What a letter is made of, in order. A paragraph has lines only where whoever wrote it broke them. */
export type Block =
  | Readonly<{ is: 'heading'; level: 1 | 2; runs: Runs }>
  | Readonly<{ is: 'paragraph'; lines: readonly Runs[] }>
  | Readonly<{ is: 'list'; items: readonly Runs[] }>;

/** What must be seen on every page of a letter that is not to be sent. */
export type Stamp = 'DRILL' | 'DRAFT';
