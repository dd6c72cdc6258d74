import type { Issue } from '../base/problem.ts';
import type { RunbookId } from '../model/names.ts';
import type { TestReport, TestResult } from './testing-contract.ts';

/** What whoever writes runbooks does with them, before any incident. */

export const copyFormats = ['md', 'pdf'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/** A runbook on paper. `replaced`: characters that no font has; they stand in the file as `\u{..}`. */
export type CopyFile = Readonly<{
  runbook: RunbookId;
  format: CopyFormat;
  bytes: Uint8Array;
  sha256: string;
  replaced: readonly string[];
}>;

/** One word that was put right, at the place where it stood. */
export type Mended = Readonly<{ file: string; line: number; col: number; from: string; to: string }>;

export interface AuthoringDoor {
  /** FB061: runbooks of the team's own that people have not practised for a year; `path` as in `App.lint`, null for all. */
  undrilled(path: string | null): readonly Issue[];
  /** Faults of the files in which tests of runbooks stand; `path` as in `App.lint`, null for all. */
  testIssues(path: string | null): Promise<readonly Issue[]>;
  /**
   * Plays the tests of these runbooks; of none named, those of the workspace, else those that ship. `heard` gets each as it ends.
   * @throws Problem `not-found`, `drill-unmapped` where a scenario has no place in the team's own inventory
   */
  test(
    runbooks: readonly RunbookId[],
    heard: (result: TestResult, runbook: RunbookId) => void,
  ): Promise<TestReport>;
  /**
   * Puts right, in the files of the workspace, what can only have been meant in one way; reads all definitions anew.
   * @throws Problem `usage` for a built-in file, and where there is no workspace
   */
  mend(path: string | null): Promise<Readonly<{ mended: readonly Mended[]; issues: readonly Issue[] }>>;
  /** @throws Problem `not-found`, `not-installed` for a PDF without the typesetter */
  copy(runbook: RunbookId, format: CopyFormat): Promise<CopyFile>;
  /** The same into a file of its own, 0600. @throws Problem `usage` where something is there already */
  writeCopy(
    runbook: RunbookId,
    format: CopyFormat,
    path: string,
    overwrite: boolean,
  ): Promise<CopyFile & Readonly<{ path: string }>>;
  /**
   * Writes a runbook to begin from into the workspace, tests of it, and the editor's schemas beside them. `from` null: a small one with a step of each kind.
   * @throws Problem `usage` without a workspace, for a name that is none, and where one is there already; `not-found`
   */
  newRunbook(id: string, from: RunbookId | null): Promise<Readonly<{ files: readonly string[] }>>;
}
