import type { Issue } from '../base/problem.ts';
import type { RunbookId } from '../model/names.ts';

/** What the tests of runbooks came to. */

/** One expectation that was not met, at its place in the file. */
export type TestFault = Readonly<{
  file: string;
  line: number;
  col: number;
  what: string;
  expected: string;
  seen: string;
}>;

export type TestResult = Readonly<{
  test: string;
  says: string;
  file: string;
  line: number;
  passed: boolean;
  faults: readonly TestFault[];
}>;

/** `holds`: which way its condition never went. */
export type UntakenBranch = Readonly<{
  step: string;
  when: string;
  holds: boolean;
  file: string;
  line: number;
}>;
export type TestCoverage = Readonly<{
  steps: number;
  branches: number;
  unreached: readonly Readonly<{ step: string; file: string; line: number }>[];
  untaken: readonly UntakenBranch[];
}>;

export type TestedRunbook = Readonly<{
  runbook: RunbookId;
  tests: readonly TestResult[];
  coverage: TestCoverage;
}>;

/** `issues`: faults of the test files themselves; a file with an error is not played, so nothing of it is passed. */
export type TestReport = Readonly<{
  passed: boolean;
  runbooks: readonly TestedRunbook[];
  issues: readonly Issue[];
  /** Runbooks that nobody has written a test for. */
  untested: readonly RunbookId[];
}>;
