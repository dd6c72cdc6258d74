import type { Action, ActionInput, Outside, Undoable } from '../connectors/connector.ts';
import type { Act } from '../incident/state.ts';
import type { Confidence, Stage } from '../model/action.ts';
import type { Target } from '../model/plan.ts';
import type { Reached } from './door.ts';

/** One attempt that is to be made on one target, with all it needs. */
export type Job = Readonly<{
  step: string | null;
  target: Target;
  action: Action;
  actionId: string;
  input: ActionInput;
  planSha256: string;
  /** The same for every repeat: an attempt in doubt of class A is sent again under its own. */
  key: string;
  /** Attempts on this target whose end nobody knows, where doing it again is harmless (class A, B): this one settles them. */
  older: readonly Act[];
  attempt: number;
  confidence: Confidence;
  suspects: readonly string[];
  /** Set for an undo: which attempt is taken back, and what it left behind. */
  undo: Readonly<{ of: number; done: Undoable }> | null;
  /** Set for what a rotation does beside ending the old credential. */
  rotation?: Readonly<{ stage: Stage; n: number }>;
  open: (key: string, keep: Outside['keep']) => Reached;
}>;
