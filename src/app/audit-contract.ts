import type { ChangedLine } from '../base/changed-lines.ts';
import type { Instant } from '../base/instant.ts';
import type { Difference } from '../audit/difference.ts';
import type { Verdict } from '../audit/probe/cases.ts';
import type { Open } from '../audit/questions.ts';
import type { AuditFinding } from '../audit/rule.ts';
import type { Due, Since } from '../audit/since.ts';
import type { Sender } from '../model/governance.ts';
import type { LookHow } from './look-contract.ts';

/** The quarterly look at what exists, as screens and commands know it. */

export type { Difference } from '../audit/difference.ts';
export type { Verdict } from '../audit/probe/cases.ts';
export type { Open } from '../audit/questions.ts';
export type { AuditFinding } from '../audit/rule.ts';
export type { Due, Since } from '../audit/since.ts';

/** One configured system, and whether it could be asked what exists. */
export type AskedSystem = Readonly<{
  instance: string;
  kind: string;
  is: 'asked' | 'unlisted' | 'not-asked';
  things: number;
  /** Why it was not asked and what to do about it; empty where it was. */
  why: string;
  fix: string;
}>;

export type SyncReport = Readonly<{
  at: Instant;
  systems: readonly AskedSystem[];
  differences: readonly Difference[];
  blindSpots: readonly string[];
  /** Rows of which nobody knows whose they are. */
  unowned: readonly Readonly<{ id: string; title: string }>[];
  /** How many rows `write` would add or change. */
  writes: number;
}>;

/** What `write` would do to the file, before anybody agreed to it. */
export type InventoryDraft = Readonly<{ file: string; rows: number; lines: readonly ChangedLine[] }>;

export type AuditReport = Readonly<{
  at: Instant;
  /** The worst first. */
  findings: readonly AuditFinding[];
  questions: readonly Open[];
  since: Since;
  due: Due;
  systems: readonly AskedSystem[];
  blindSpots: readonly string[];
  /** Where each row stands in `inventory.yaml`. */
  lines: Readonly<Record<string, number>>;
}>;

/** What a report is written as. */
export type AuditFormat = 'json' | 'sarif';

/** Where a probe would go, before anybody agreed to it. */
export type ProbePlan = Readonly<{ url: string; host: string; receiver: string; signs: Sender }>;
export type ProbeReport = ProbePlan &
  Readonly<{
    at: Instant;
    verdicts: readonly Verdict[];
    /** `limitedAt`: the request that was the first too many; null where all were answered. */
    rate: Readonly<{ sent: number; limitedAt: number | null }> | null;
    /** What was not tried, and why. */
    skipped: readonly string[];
  }>;

export interface AuditDoor {
  /** Asks every configured system what exists; changes nothing. @throws the reason of `stop` once it was stopped */
  sync(how?: LookHow): Promise<SyncReport>;
  /** What `write` would change, line by line. @throws as `write` does */
  draft(report: SyncReport): InventoryDraft;
  /**
   * Writes what the report found into `inventory.yaml`: unknown things as rows without an owner, and scopes. Comments and order
   * stay. Nothing is written when the file has changed since. @throws Problem `usage`, `invalid-file`, `plan-changed`
   */
  write(report: SyncReport): Readonly<{ file: string; rows: number }>;
  /**
   * All rules over what exists now; asks every system and changes nothing there. `keep`: it counts as this quarter's. Nothing is kept of
   * one that was stopped. @throws the reason of `stop` then
   */
  audit(how: Readonly<{ keep: boolean }> & LookHow): Promise<AuditReport>;
  /**
   * Writes a report into a new file of one's own, 0600: the object that `audit --json` prints, or what `--format sarif` does. Null is the
   * exports folder. @throws Problem `usage` where something is there already, and in practice
   */
  save(report: AuditReport, format: AuditFormat, out: string | null): Readonly<{ path: string }>;
  /** When the next audit is due, from the history alone. */
  due(): Promise<Due>;
  /** @throws Problem `not-found` */
  answer(question: string, answer: 'yes' | 'no' | 'unknown', note: string): Promise<void>;
  /** @throws Problem `usage`, `not-authorised` */
  planProbe(url: string): Promise<ProbePlan>;
  /** `typed`: the name of the host, as a person typed it. @throws Problem `usage`, `missing-secret`, `wall` */
  probe(plan: ProbePlan, typed: string): Promise<ProbeReport>;
}
