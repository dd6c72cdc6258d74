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

/** A mapping that the tool knows by name, or a channel of the inventory. */
export type ScopeChoice = Readonly<{ id: string; title: string }>;

/** How far an import is: first the file gets its name, which is its hash, then its rows are read. `size` is 0 where it is not known. */
export type ScopeFar = Readonly<{
  doing: 'hashing' | 'reading';
  rows: number;
  bytes: number;
  size: number;
  msSpent: number;
}>;

/** How far a count is: of the ways in which somebody stands in an export, `done` were joined. */
export type CountFar = Readonly<{ done: number; total: number; msSpent: number }>;

/** `pieces` of it lie sealed in the journal by then, and count for nothing: only what was read whole does. */
export type ScopeStopped = Readonly<{ is: 'stopped'; rows: number; pieces: number }>;

export type ScopeImported = Readonly<{
  is: 'imported';
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

/**
 * A count as it would be written down. `known`: somebody recorded that fact before, so it takes a correction; `same`: it already
 * says what was counted.
 */
export type CountFact = Readonly<{ fact: string; answer: Answer; known: boolean; same: boolean }>;

/** Who is affected. Persons stay sealed: what is shown are counts. */
export interface ScopeDoor {
  view(): ScopeView;
  /** Reads the beginning of a file with a mapping, and keeps nothing. @throws Problem `usage`, `invalid-file` */
  preview(asked: ScopeAsked): Promise<ScopePreview>;
  /** What an import can be read with and can come from. A mapping of one's own is a file. */
  choices(): Readonly<{ mappings: readonly ScopeChoice[]; channels: readonly ScopeChoice[] }>;
  /**
   * Reads it whole, in bounded memory, with a breath after each piece, so that a key is heard meanwhile.
   * @throws Problem `usage`, `invalid-file`, StorageError
   */
  read(
    asked: ScopeAsked,
    heard: (far: ScopeFar) => void,
    stop?: AbortSignal,
  ): Promise<ScopeImported | ScopeStopped>;
  /** Rows of an import that were not read, or not wholly, each with its reason: the first thousand. Null without the key. */
  faults(scope: string): readonly string[] | null;
  /**
   * Joins what was imported, counts, and keeps the list of recipients. `channels`: those that the breach reached; else all of the
   * data map could be, and what nothing came from counts into the most. Null where it was stopped: then nothing was counted.
   * @throws Problem `usage`, `sealed`
   */
  count(asked: ScopeCounting, heard?: (far: CountFar) => void, stop?: AbortSignal): Promise<ScopeView | null>;
  /** The last count as facts: a person records them. */
  facts(): readonly CountFact[];
  /** The newest list of recipients, CSV in UTF-8, piece by piece; null where none was made. @throws Problem `sealed` */
  recipients(): Generator<Uint8Array> | null;
  /** Writes that list to a file of one's own, 0600. @throws Problem `usage`, `sealed` */
  export(path: string): Promise<Readonly<{ listed: number; sha256: string }>>;
}
