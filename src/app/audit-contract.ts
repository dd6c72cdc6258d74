import type { Instant } from '../base/instant.ts';
import type { Difference } from '../audit/difference.ts';

/** The quarterly look at what exists, as screens and commands know it. */

export type { Difference } from '../audit/difference.ts';

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
  /** How many rows `write` would add or change. */
  writes: number;
}>;

export interface AuditDoor {
  /** Asks every configured system what exists; changes nothing. */
  sync(): Promise<SyncReport>;
  /**
   * Writes what the report found into `inventory.yaml`: unknown things as rows without an owner, and scopes. Comments and order
   * stay. Nothing is written when the file has changed since. @throws Problem `usage`, `invalid-file`, `plan-changed`
   */
  write(report: SyncReport): Readonly<{ file: string; rows: number }>;
}
