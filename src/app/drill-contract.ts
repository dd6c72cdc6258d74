import type { Backstage, Directing } from '../model/facilitation.ts';
import type { Scorecard } from './incident-contract.ts';

export type { DrillPlace, WhichCompany } from './place-contract.ts';

/** Paths of the files that were written; `untested` as in `DrillPlace`. */
export type NewScenario = Readonly<{ folder: string; files: readonly string[]; untested: readonly string[] }>;

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
  /** Why it has no place in the team's own company; null where it was played. */
  unmapped: string | null;
}>;
export type Selftest = Readonly<{ seed: number; passed: boolean; scenarios: readonly SelftestScenario[] }>;

export type { Backstage, Directing } from '../model/facilitation.ts';

/** The facilitator's chair in a drill that another process plays. Every method may throw a `Problem` once that one is gone. */
export interface Seat {
  readonly drill: string;
  page(): Promise<Backstage>;
  /** What became of it, as a sentence. @throws Problem `usage` where it cannot be done, and why */
  direct(direction: Directing): Promise<string>;
  leave(): void;
}
