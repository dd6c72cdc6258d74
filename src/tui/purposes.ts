import type { AuditReport, PacketPlan, RotationPlan, Whose } from '../app/contract.ts';
import type { Role } from '../model/names.ts';
import type { TaskEnd } from '../model/team-event.ts';
import type { ScopeAsked } from '../app/scope-contract.ts';
import type { SendAsked } from '../app/send-contract.ts';

/** What can be written down, each with what its form is about. They belong to the places a person can be (`places.ts`). */

export type AskPurpose = Readonly<{ for: 'ask'; step: string }>;

export type DecidePurpose = Readonly<{ for: 'decide'; step: string }>;

export type TickPurpose = Readonly<{ for: 'tick'; step: string }>;

export type SkipPurpose = Readonly<{ for: 'skip' | 'reopen'; step: string }>;

export type SettlePurpose = Readonly<{
  for: 'settle';
  intent: number;
  target: string;
  result: 'done' | 'failed';
}>;

export type NotePurpose = Readonly<{ for: 'note' }>;

export type DecisionPurpose = Readonly<{ for: 'decision' }>;

export type EvidencePurpose = Readonly<{ for: 'evidence'; step: string | null }>;

export type SeverityPurpose = Readonly<{ for: 'severity' }>;

export type TakeOverPurpose = Readonly<{ for: 'take-over' }>;

export type RolePurpose = Readonly<{ for: 'role' }>;

export type HandRolePurpose = Readonly<{ for: 'hand-role'; role: Role }>;

export type TakeRolePurpose = Readonly<{ for: 'take-role'; role: Role }>;

export type WithdrawRolePurpose = Readonly<{ for: 'withdraw-role'; role: Role }>;

export type GiveTaskPurpose = Readonly<{ for: 'give-task' }>;

export type EndTaskPurpose = Readonly<{ for: 'end-task'; task: number; how: TaskEnd }>;

/** Who does what. */
export type TeamPurpose =
  | HandRolePurpose
  | TakeRolePurpose
  | WithdrawRolePurpose
  | GiveTaskPurpose
  | EndTaskPurpose;

export type ExportPurpose = Readonly<{ for: 'export' }>;

export type PaperPurpose = Readonly<{ for: 'paper'; letter: string; title: string; language: string }>;

/** `colleagues`: letters for those who look at them before everybody gets them. */
export type MergePurpose = Readonly<{ for: 'merge'; letter: string; title: string; colleagues: boolean }>;

/** What the log of the mail server says of letters in doubt, by number; null for all of them. */
export type SettleLettersPurpose = Readonly<{
  for: 'settle-letters';
  mailing: string;
  letter: number | null;
  taken: boolean;
}>;

export type AgainPurpose = Readonly<{ for: 'letters-again'; mailing: string; letter: number | null }>;

export type BouncesPurpose = Readonly<{ for: 'bounces' }>;

export type ThroughPurpose = Readonly<{
  for: 'send-through';
  file: string;
  to: 'seed' | 'list';
  servers: readonly string[];
}>;

/** `asked`: what was tried before, to be mended. `count` asks which time and channels, `correct` why, `list` for a file. */
export type ScopePurpose =
  | Readonly<{ for: 'scope-import'; asked: ScopeAsked | null }>
  | Readonly<{ for: 'scope-count' | 'scope-correct' | 'scope-list' }>;

export type HandOverPurpose = Readonly<{ for: 'hand-over'; file: string }>;

export type ClosePurpose = Readonly<{ for: 'close' }>;

export type SubmitPurpose = Readonly<{ for: 'submit'; duty: string }>;

export type ProvePurpose = Readonly<{ for: 'prove'; duty: string }>;

export type AcknowledgePurpose = Readonly<{ for: 'acknowledge'; duty: string }>;

export type StartPurpose = Readonly<{ for: 'start'; fact: string }>;

export type RuleOutPurpose = Readonly<{ for: 'rule-out'; fact: string }>;

/** What is done about a clock for one person; `open` is about none yet. */
export type PersonPurpose =
  | Readonly<{ for: 'open-clock' }>
  | Readonly<{ for: 'correct-clock' | 'extend-clock' | 'end-clock'; clock: string }>;

/** What a facilitator writes down or confirms before the drill hears of it. */
export type DirectPurpose = Readonly<{ for: 'own-message' | 'assist' | 'speed' | 'end-drill' }>;

/** A drill is left for something real. */
export type RealEventPurpose = Readonly<{ for: 'real-event' }>;

/** `name`: whom the call was to, as the form says it. */
export type CallPurpose = Readonly<{ for: 'call'; contact: string; name: string }>;

/** `mailing`: what is looked at again once somebody has signed. */
export type ApprovePurpose = Readonly<{ for: 'approve'; asked: number; step: string; mailing?: SendAsked }>;

export type ReviewPurpose = Readonly<{ for: 'review'; override: number }>;

/** `reason`: what was typed where nobody approved the end of the old one. */
export type RotatePurpose = Readonly<{ for: 'rotate'; plan: RotationPlan; reason: string }>;

/** `asks`: the question in its own words. */
export type AuditAnswerPurpose = Readonly<{ for: 'audit-answer'; question: string; asks: string }>;

/** `whose`: whose systems the report is about. */
export type AuditFilePurpose = Readonly<{ for: 'audit-file'; report: AuditReport; whose: Whose }>;

/** An incident goes to another laptop; `plan` is what was looked at before the codename is typed. */
export type PacketPurpose = Readonly<{ for: 'packet' }>;
export type PacketConfirmPurpose = Readonly<{ for: 'packet-confirm'; plan: PacketPlan }>;
/** It goes on here although it was handed over. */
export type KeepJournalPurpose = Readonly<{ for: 'keep-journal' }>;
export type HandingPurpose = PacketPurpose | PacketConfirmPurpose | KeepJournalPurpose;

/** Everything that can be written down. A form is named by its purpose, so that its draft is found again. */
export type Purpose =
  | AskPurpose
  | DecidePurpose
  | TickPurpose
  | SkipPurpose
  | SettlePurpose
  | NotePurpose
  | DecisionPurpose
  | EvidencePurpose
  | SeverityPurpose
  | TakeOverPurpose
  | RolePurpose
  | ApprovePurpose
  | ReviewPurpose
  | RotatePurpose
  | AuditAnswerPurpose
  | AuditFilePurpose
  | HandingPurpose
  | ExportPurpose
  | PaperPurpose
  | MergePurpose
  | SettleLettersPurpose
  | AgainPurpose
  | BouncesPurpose
  | ThroughPurpose
  | HandOverPurpose
  | ScopePurpose
  | ClosePurpose
  | SubmitPurpose
  | ProvePurpose
  | AcknowledgePurpose
  | StartPurpose
  | RuleOutPurpose
  | CallPurpose
  | DirectPurpose
  | TeamPurpose
  | RealEventPurpose
  | PersonPurpose;
