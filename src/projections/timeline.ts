import type { Instant } from '../base/instant.ts';
import type { Basis, EventKind } from '../model/event.ts';
import type { PhaseId, Role } from '../model/names.ts';

/**
 * One line of the timeline, one a journal entry. Texts are as they were given, foreign ones among them: every sink escapes
 * for itself. Instants are UTC milliseconds, `lagMs` milliseconds.
 */
export type TimelineRow = Readonly<{
  n: number;
  kind: EventKind;
  /** When it happened. Null when nobody said so: the time of writing it down is not put in its place. */
  occurredAt: Instant | null;
  /** How exactly `occurredAt` is known: `minute` for a time that a person gave without seconds. */
  occurredFidelity: 'exact' | 'minute' | 'unknown';
  /** How it is known; `tool`: the tool did it itself and looked at its own clock. */
  occurredBasis: Basis | 'tool' | null;
  recordedAt: Instant;
  actor: string;
  role: Role | null;
  what: string;
  detail: string;
  result: string;
  why: string;
  phase: PhaseId | null;
  step: string | null;
  targets: readonly string[];
  /** What it does to a legal clock, in words. */
  clock: string;
  obligations: readonly string[];
  evidence: readonly string[];
  /** From happening to being written down, for what a person recorded; null where the time of happening is not known. */
  lagMs: number | null;
  source: 'tool' | 'person' | 'inject';
  corrects: number | null;
  star: boolean;
  hash: string;
}>;
