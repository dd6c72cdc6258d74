import type { Instant } from '../base/instant.ts';
import type { Basis, Events, PrivateClass } from './event.ts';
import type { Role, Severity, StepId } from './names.ts';
import type { ClockEnd } from './person-clock.ts';
import type { TaskEnd } from './team-event.ts';

/** What a person does that needs no system outside: becomes entries of the journal at once. */
export type Command =
  | Readonly<{ do: 'start'; step: StepId }>
  | Readonly<{ do: 'answer'; step: StepId; answer: Answer; reason?: string }>
  | Readonly<{
      do: 'decide';
      step: StepId | null;
      decision?: string;
      question?: string;
      option: string;
      rationale: string;
      decider: string;
      objections?: string;
      /** Facts that it rests on, beside those that the step names: it is asked again once one of them changes. */
      relies?: readonly string[];
      /** The entry of a decision without a step that is decided anew. */
      instead?: number;
    }>
  /** On a step that submits a duty, `submitted` says when and with which proof; without it the duty counts from now, unproven. */
  | Readonly<{
      do: 'tick';
      step: StepId;
      result: string;
      submitted?: Readonly<{ at: Instant; reference: string | null }>;
    }>
  | Readonly<{ do: 'skip'; step: StepId; reason: string }>
  | Readonly<{ do: 'reopen'; step: StepId; reason: string }>
  /** `step` is null for what is stopped straight from a row of the inventory. */
  | Readonly<{ do: 'waive'; step: StepId | null; preserve: StepId; reason: string }>
  | Readonly<{ do: 'override'; step: StepId; what: string; reason: string }>
  /** Asks others to approve the step as it stands. */
  | Readonly<{ do: 'ask-approval'; step: StepId }>
  /** `signature` is what `ssh-keygen -Y sign` wrote over the request; whose it is, the key says. */
  | Readonly<{ do: 'approve'; asked: number; person: string; signature: string }>
  | Readonly<{
      do: 'review';
      override: number;
      person: string;
      agrees: boolean;
      comment: string;
      signature: string | null;
    }>
  | Readonly<{ do: 'learn'; fact: string; answer: Answer; at?: Instant; basis?: Basis; reason?: string }>
  | Readonly<{ do: 'correct'; fact: string; answer: Answer; at?: Instant; basis?: Basis; reason: string }>
  | Readonly<{ do: 'rule-out'; fact: string; reason: string }>
  /** `privileged`: counsel's own, or written at the direction of whoever is legal. */
  | Readonly<{
      do: 'note';
      text: string;
      at?: Instant;
      star?: boolean;
      corrects?: number;
      privileged?: Readonly<{ directedBy: string | null }>;
    }>
  | Readonly<{ do: 'call'; contact: string; outcome: Events['contact.called']['outcome']; note?: string }>
  | Readonly<{ do: 'severity'; severity: Severity; reason: string }>
  | Readonly<{ do: 'role'; role: Role; person: string }>
  /** `note`: how it stands, and what to do if it turns out otherwise. The role moves once `to` has said it back. */
  | Readonly<{ do: 'hand-over'; role: Role; to: string; note: string }>
  | Readonly<{ do: 'take-role'; role: Role; person: string; said: string }>
  | Readonly<{ do: 'withdraw'; role: Role; reason: string }>
  | Readonly<{ do: 'give-task'; person: string; text: string; minutes: number }>
  | Readonly<{ do: 'take-task'; task: number }>
  | Readonly<{ do: 'end-task'; task: number; how: TaskEnd; note: string }>
  | Readonly<{ do: 'submit'; duty: string; at?: Instant; channel: string }>
  | Readonly<{
      do: 'prove';
      duty: string;
      kind: Events['duty.proved']['kind'];
      reference: string;
      evidence?: string;
    }>
  | Readonly<{ do: 'acknowledge'; duty: string; at?: Instant; reference: string }>
  /** `zone`: whose days count, where not those of the duty or the incident. `ref` and `person` are sealed. */
  | Readonly<{
      do: 'open-clock';
      duty: string;
      at: Instant;
      zone?: string;
      country?: string;
      ref: string;
      person?: string;
      note?: string;
    }>
  | Readonly<{ do: 'correct-clock'; clock: string; at: Instant; reason: string }>
  | Readonly<{ do: 'extend-clock'; clock: string; told?: Instant; decider: string; reason: string }>
  | Readonly<{ do: 'end-clock'; clock: string; how: ClockEnd; reason: string }>
  /** A person says what became of an attempt whose outcome is not known. */
  | Readonly<{ do: 'settle'; intent: number; result: 'done' | 'failed'; reason: string }>
  /** Keeps content, of these classes or of all, until the hold is lifted. */
  | Readonly<{ do: 'hold'; classes: readonly PrivateClass[]; reason: string }>
  | Readonly<{ do: 'lift'; hold: number; reason: string }>
  /** It was handed over, and goes on here all the same. */
  | Readonly<{ do: 'keep-journal'; reason: string }>
  | Readonly<{ do: 'close'; outcome: Events['incident.closed']['outcome']; summary: string }>;

/** An answer by kind; `secret` values go to a sealed field and are never echoed. */
export type Answer =
  | Readonly<{ is: 'text'; text: string }>
  | Readonly<{ is: 'number'; value: number }>
  | Readonly<{ is: 'range'; about: number; from: number; to: number; basis: string }>
  | Readonly<{ is: 'yes-no'; value: boolean }>
  | Readonly<{ is: 'choice'; id: string }>
  | Readonly<{ is: 'time'; at: Instant }>
  | Readonly<{ is: 'items'; ids: readonly string[] }>
  | Readonly<{ is: 'secret'; credentials: readonly Readonly<{ item: string; value: string }>[] }>
  | Readonly<{ is: 'unknown' }>;
