import type { Instant } from '../base/instant.ts';
import type { RunbookId, Severity } from '../model/names.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { Prepared } from './incident-contract.ts';

/** What an installation knows how to do, as screens and commands know it. */

/** `words` are what a tired person would type to find it. */
export type RunbookSummary = Readonly<{
  id: RunbookId;
  title: string;
  summary: string;
  severity: Severity;
  words: readonly string[];
  steps: number;
}>;

/** A runbook bound to today's inventory, before any incident. `prepared` is null for a step that calls no system. */
export type PlanPreview = Readonly<{
  runbook: RunbookId;
  title: string;
  sha256: string;
  plan: Plan;
  steps: readonly Readonly<{ step: PlannedStep; prepared: Prepared | null }>[];
}>;

/** A runbook bound to today's inventory without asking any system: what `runbook show` and `runbook print` need. */
export type CompiledRunbook = Readonly<{ summary: string; sha256: string; plan: Plan }>;
/** A rehearsal that can be played; `minutes` is how long a practised team takes. */
export type DrillSummary = Readonly<{
  runbook: RunbookId;
  title: string;
  story: string;
  minutes: number;
  last: Readonly<{ at: Instant; passed: boolean }> | null;
}>;
/** A letter that can be drafted. `duty`: the one it helps to meet. */
export type LetterSummary = Readonly<{
  id: string;
  title: string;
  to: string;
  duty: string | null;
  languages: readonly string[];
}>;

/** A folder of runbooks and letters that somebody else wrote. `why` says in a clause why it counts as unsigned. */
export type PackReport = Readonly<{
  name: string;
  version: string;
  /** Of its manifest. */
  sha256: string;
  signer: string | null;
  why: string;
  files: readonly string[];
}>;

export interface PackDoor {
  /** @throws Problem `invalid-file` for a folder that is not, to the byte, what its manifest says */
  packCheck(path: string): Promise<PackReport>;
  /** Copies it into the workspace and pins it. @throws Problem `invalid-file`, `usage` without a workspace */
  packAdd(path: string): Promise<PackReport>;
  /** Writes the manifest that is then signed. @throws Problem `invalid-file` */
  packWrite(path: string, name: string, version: string): Readonly<{ path: string; sha256: string }>;
  packs(): Promise<readonly PackReport[]>;
}
