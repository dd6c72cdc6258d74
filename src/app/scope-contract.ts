import type { Instant } from '../base/instant.ts';
import type { Answer } from '../model/command.ts';
import type { ScopeView } from '../projections/scope.ts';
import type { BadRow } from '../scope/rows.ts';

/** `mapping`: a file, or the name of one that the tool knows. `channel`: in place of what the mapping says. */
export type ScopeAsked = Readonly<{ path: string; mapping: string; channel: string | null }>;

export type ScopeCounting = Readonly<{
  since?: Instant;
  until?: Instant;
  channels?: readonly string[];
}>;

export type ScopePreview = Readonly<{
  mapping: string;
  /** Why nothing can be read with this mapping; empty where it can. */
  refused: readonly string[];
  /** The first rows as they would be read; what is masked is left out of them. */
  rows: readonly Readonly<{
    line: number;
    cells: Readonly<Record<string, string>>;
    doubts: readonly string[];
  }>[];
  bad: readonly BadRow[];
}>;

export type ScopeImported = Readonly<{
  scope: string;
  /** The same file was read before with the same mapping: nothing was done again. */
  already: boolean;
  sha256: string;
  rows: number;
  ways: number;
  nobody: number;
  hidden: number;
  bad: number;
  /** The first of the rows that could not be read, or not wholly. */
  faults: readonly BadRow[];
}>;

/** Who is affected. Persons stay sealed: what is shown are counts. */
export interface ScopeDoor {
  view(): ScopeView;
  /** Reads the beginning of a file with a mapping, and keeps nothing. @throws Problem `usage`, `invalid-file` */
  preview(asked: ScopeAsked): Promise<ScopePreview>;
  /** Reads it whole, in bounded memory. @throws Problem `usage`, `invalid-file`, StorageError */
  read(asked: ScopeAsked, heard: (bytes: number, size: number) => void): Promise<ScopeImported>;
  /**
   * Joins what was imported, counts, and keeps the list of recipients. `channels`: those that the breach reached; else all of the
   * data map could be, and what nothing came from counts into the most. @throws Problem `usage`, `sealed`
   */
  count(asked: ScopeCounting): Promise<ScopeView>;
  /** The last count as facts: a person records them. `known`: somebody recorded that fact before, so it takes a correction. */
  facts(): readonly Readonly<{ fact: string; answer: Answer; known: boolean }>[];
  /** The newest list of recipients, CSV in UTF-8, piece by piece; null where none was made. @throws Problem `sealed` */
  recipients(): Generator<Uint8Array> | null;
  /** Writes that list to a file of one's own, 0600. @throws Problem `usage`, `sealed` */
  export(path: string): Promise<Readonly<{ listed: number; sha256: string }>>;
}
