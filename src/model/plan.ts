import type { Json } from '../base/canonical.ts';
import type { Confidence, Effect, Friction, RetryClass } from './action.ts';
import type {
  ActionId,
  InstanceId,
  ItemId,
  ItemOfLaw,
  PhaseId,
  Role,
  RunbookId,
  Severity,
  StepId,
} from './names.ts';
import type { AnswerKind } from './runbook.ts';

/**
 * A plan is a runbook bound to one inventory: every target named, every action known. It is public in the journal (ids and
 * the runbook's own words, no parameters and no people), so that an incident folds and shows its steps without any key.
 */
export type Target = Readonly<{
  item: ItemId;
  /** The configured connector that reaches it; null where nothing does and a person must. */
  instance: InstanceId | null;
  connector: string | null;
  /** `connector.action` for this target; null where its instance does not offer it. */
  action: ActionId | null;
}>;

type Common = Readonly<{
  id: StepId;
  phase: PhaseId;
  title: string;
  why: string;
  role: Role;
  minutes: number;
  when: string | null;
  after: readonly StepId[];
  verify: string;
  fallback: string;
  preserve: readonly StepId[];
  approvals: number;
  serves: readonly ItemOfLaw[];
  star: boolean;
}>;

/** One answer to choose, or one option to decide for, with what follows from it. */
export type Choice = Readonly<{ id: string; title: string; consequence: string }>;

/**
 * Which question of the notification rules stands beside a decision, and which option each answer of theirs means. `factors` is what
 * the runbook itself knows about such a breach.
 */
export type Assess = Readonly<{
  about: 'authority' | 'people';
  advised: string;
  not_advised: string;
  factors: Readonly<Record<string, Json>>;
}>;

/** What is to be done, by kind. `when` is CEL; `after` and `preserve` name steps; `minutes` is the time-box. */
export type PlannedStep = Common &
  Readonly<
    | {
        kind: 'act';
        action: ActionId;
        /** `from_fact`: chosen only when that fact is known, from its answer. */
        targets: readonly Target[];
        from_fact: string | null;
        input: Readonly<Record<string, string | number | boolean>>;
        effect: Effect;
        retry: RetryClass;
        confidence: Confidence;
        reversible: boolean;
        /** False for what only reads or makes something: it is no part of "are we still bleeding?". */
        stops: boolean;
        friction: Friction;
      }
    | {
        kind: 'ask';
        question: string;
        fact: string;
        answer: AnswerKind;
        choices: readonly Choice[];
        unknown: boolean;
        help: string;
      }
    | {
        kind: 'decide';
        question: string;
        fact: string;
        options: readonly Choice[];
        decider: Role;
        advice: string;
        /** Facts that it rests on; a plan that was made before there were any has none. */
        relies?: readonly string[];
        assess?: Assess;
      }
    | {
        kind: 'do';
        instruction: string;
        record: string;
        call: string | null;
        evidence: boolean;
        submits: string | null;
        effect: Effect;
        /** How it is put back; a plan says nothing where its runbook does not. */
        undo?: string;
      }
    | { kind: 'write'; letter: string; duty: string | null }
    | { kind: 'wait'; fact: string | null; for_minutes: number | null }
  >;

/** One of the seven stages, with the steps of this plan in the order in which they are shown. */
export type PlannedPhase = Readonly<{
  id: PhaseId;
  title: string;
  goal: string;
  steps: readonly PlannedStep[];
}>;

/** Where a runbook that somebody else wrote comes from. `sha256` is that of the pack's manifest; `signer` is null where nobody known here signed it. */
export type PackMark = Readonly<{ name: string; version: string; sha256: string; signer: string | null }>;

/** `duties` could apply and run provisional from the earliest known time; `never` is what must not be done, shown first. */
export type Plan = Readonly<{
  runbook: RunbookId;
  version: string;
  title: string;
  severity: Severity;
  duties: readonly string[];
  never: readonly string[];
  /** Evidence that whatever changes something must preserve, also outside the steps. */
  preserve_first?: readonly StepId[];
  phases: readonly PlannedPhase[];
  pack?: PackMark;
}>;

/** An action for which the inventory had no row when the plan was made: no answer can name one either, and it is done by hand. */
export const hasNoRow = (step: PlannedStep): boolean => step.kind === 'act' && step.targets.length === 0;

/** Every step, in the order of the phases. */
export const stepsOf = (plan: Plan): readonly PlannedStep[] => plan.phases.flatMap((phase) => phase.steps);
