import type { Scorecard } from './incident-contract.ts';

/** What playing scenarios before people do came to. */
export type SelftestRun = Readonly<{
  /** `expected`, or `trap:` and the trap that was walked into. */
  run: string;
  passed: boolean;
  /** What was not as the scenario says, in sentences. */
  wrong: readonly string[];
  /** Messages that arrived. */
  injects: number;
  scorecard: Scorecard;
}>;
export type SelftestScenario = Readonly<{
  runbook: string;
  passed: boolean;
  runs: readonly SelftestRun[];
  /** What is wrong with its file, where that keeps it from being played. */
  unreadable: readonly string[];
}>;
export type Selftest = Readonly<{ seed: number; passed: boolean; scenarios: readonly SelftestScenario[] }>;
