import type { Manual } from '../model/action.ts';
import type { AttemptLine } from './attempt.ts';
import type { Ledger } from './ledger.ts';
import type { Definitions, World } from './world.ts';

/** What a run is made of, what is heard while it goes on, and what it came to. */

export type Confirmation = Readonly<{ typed?: string; yes?: boolean; reason?: string }>;

/** How far a batch is. `perMinute` and `leftMs` are null until enough has ended to tell. */
export type Progress = Readonly<{
  is: 'progress';
  done: number;
  total: number;
  failed: number;
  unsure: number;
  perMinute: number | null;
  leftMs: number | null;
}>;
/** What is said of one target. */
export type TargetLine =
  | AttemptLine
  | Readonly<{ is: 'by-hand'; target: string; why: string; manual: Manual }>;
export type RunLine = TargetLine | Progress;

/**
 * `stopped`: a person stopped it between two targets, and the rest can be gone on with. `unrestored`: not everything that was held
 * is on again.
 */
export type RunReport = Readonly<{
  lines: readonly TargetLine[];
  state: 'proved' | 'restored' | 'unrestored' | 'failed' | 'unsure' | 'by-hand' | 'unproved' | 'stopped';
}>;

export type Engine = Readonly<{
  world: World;
  definitions: Definitions;
  ledger: Ledger;
  /** Ends what is under way. */
  signal: AbortSignal;
  /** Begins no further target, and lets what is under way end. */
  stop?: AbortSignal;
}>;
