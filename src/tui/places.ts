import type { Looking } from './parts/looking.ts';
import type { MergeAsked, MergePreview, MergeProgress, MergeReport } from '../app/merge-contract.ts';
import type {
  AuditReport,
  CheckedLetter,
  Due,
  Finding,
  InventoryDraft,
  OpenIncident,
  Prepared,
  RotationPlan,
  RunLine,
  RunReport,
  SyncReport,
  Whose,
} from '../app/contract.ts';
import type {
  LetterInDoubt,
  PostProgress,
  SendAsked,
  SendPlan,
  SendReport,
  Standing,
} from '../app/send-contract.ts';
import type {
  CountFar,
  ScopeAsked,
  ScopeFar,
  ScopeImported,
  ScopePreview,
  ScopeStopped,
} from '../app/scope-contract.ts';
import type { Instant } from '../base/instant.ts';
import type { Field } from './parts/field.ts';
import type { Purpose } from './purposes.ts';
import type { Tone } from './theme.ts';
import type { Trouble } from './trouble.ts';

export type * from './purposes.ts';

/**
 * Every place a person can be, as data: the states of all screens and the purposes of all forms. They stand together so that
 * a screen can lead to another without knowing how it works.
 */

export type LetterDraft = Awaited<ReturnType<OpenIncident['letter']>>;

/** What stands in a field: typed text, the place in a list of choices, or the ticked ids. */
export type Input = Readonly<{ field: Field; chosen: number; ticked: readonly string[] }>;

/** `masked` names what was hidden in the text at the last save: it is shown once before it is kept. */
export type FormState = Readonly<{
  at: 'form';
  purpose: Purpose;
  inputs: Readonly<Record<string, Input>>;
  on: number;
  problem: Readonly<{ field: string; says: string }> | null;
  masked: readonly string[] | null;
}>;

/** Something to read: the way by hand, messages of a drill, findings, a score. */
export type Block = Readonly<{ head: string; body: string; tone?: Tone }>;

/** `offers`: what can be done from here beside reading; `acknowledge`: going on says that it was seen. */
export type PageState = Readonly<{
  at: 'page';
  title: string;
  blocks: readonly Block[];
  offers?: 'release' | 'acknowledge';
}>;

/** `search` is null until somebody searches; the chosen row is a place in the rows as they are shown. */
export type HomeState = Readonly<{ at: 'home'; chosen: number; search: Field | null }>;

/**
 * Declaring takes one line of free text and a runbook; the line itself searches for it. A drill takes the runbook alone.
 * `runbook` is set when the person came from that runbook's row.
 */
export type DeclareState = Readonly<{
  at: 'declare';
  purpose: 'declare' | 'drill';
  title: Field;
  search: Field;
  on: 'title' | 'runbook';
  chosen: number;
  runbook: string | null;
}>;

/** `focused` is null while the screen follows the current step. `list` shows the steps where there is no room for both. */
export type IncidentScreenState = Readonly<{ at: 'incident'; focused: string | null; list: boolean }>;

/**
 * One action from preview to proof. `reason` is asked before the confirmation where an approval is missing; `typed` is the
 * target's name, where the danger asks for it. The very object that was shown is the one that is run.
 */
export type RunState = Readonly<{
  at: 'run';
  prepared: Prepared;
  /** The other way to end the credential that it ends; null where there is none. */
  rotation: RotationPlan | null;
  stage: 'reason' | 'confirm' | 'running' | 'ended';
  typed: Field;
  reason: Field;
  waived: boolean;
  raw: boolean;
  since: Instant | null;
  lines: readonly RunLine[];
  report: RunReport | null;
  trouble: Trouble | null;
}>;

/** Attempts of one step whose outcome nobody knows, one at a time. */
export type UnsureState = Readonly<{ at: 'unsure'; step: string | null; chosen: number }>;

export type ClocksState = Readonly<{ at: 'clocks'; chosen: number }>;

/** `only`: ids to show, where a step or a clock names whom to ring; null shows all. */
export type WhoState = Readonly<{ at: 'who'; only: readonly string[] | null; chosen: number }>;

export type PeopleState = Readonly<{ at: 'people'; chosen: number }>;

export type LettersState = Readonly<{ at: 'letters'; chosen: number }>;

/** A letter as it stands now: what the law wants in it, or its text. */
export type LetterState = Readonly<{ at: 'letter'; step: string | null; text: boolean } & CheckedLetter>;

/** A letter to everybody on a list: what would be written, how far it is, and what came of it. */
export type MergeState = Readonly<{
  at: 'merge';
  title: string;
  asked: MergeAsked;
  /** To whom its letters would be sent. */
  to: 'seed' | 'list';
  preview: MergePreview;
  stage: 'preview' | 'running' | 'ended';
  progress: MergeProgress | null;
  report: MergeReport | null;
  trouble: Trouble | null;
}>;

/** Files of merged letters, and what has left of them. */
export type MailingsState = Readonly<{ at: 'mailings'; chosen: number }>;

/** One of them on its way out: the dry run, the way there, and how it ended. `typed`: how many people get post. */
export type MailingState = Readonly<{
  at: 'mailing';
  asked: SendAsked;
  plan: SendPlan;
  stage: 'plan' | 'running' | 'ended';
  typed: Field;
  progress: PostProgress | null;
  report: SendReport | null;
  trouble: Trouble | null;
}>;

/** Letters of one mailing that stand at the same place. */
export type PostedState = Readonly<{
  at: 'posted';
  mailing: string;
  standing: Standing;
  letters: readonly LetterInDoubt[];
  chosen: number;
}>;

/** Who is affected: what was read and counted, counting, and the counts as facts before they are written down. */
export type ScopeState = Readonly<{
  at: 'scope';
  stage: 'shown' | 'running' | 'facts';
  progress: CountFar | null;
  trouble: Trouble | null;
}>;

/** An export of a vendor on its way in: how its first rows are read, how far it is, and what came of it. */
export type ScopeImportState = Readonly<{
  at: 'scope-import';
  asked: ScopeAsked;
  preview: ScopePreview;
  stage: 'preview' | 'running' | 'ended';
  progress: ScopeFar | null;
  report: ScopeImported | ScopeStopped | null;
  trouble: Trouble | null;
}>;

/** A look at systems, and its list: what each of the three below is apart from what it found. `whose`: about whose systems it was asked. */
type Look = Readonly<{
  whose: Whose;
  stopped: boolean;
  /** The row in focus. */
  chosen: number;
  /** What is folded out, by its place in the rows. */
  open: readonly number[];
  trouble: Trouble | null;
}> &
  Looking;

/** What would fail tonight. */
export type DoctorState = Readonly<{
  at: 'doctor';
  stage: 'running' | 'ended';
  /** Worst first; null until a look was whole. */
  findings: readonly Finding[] | null;
}> &
  Look;

/** The quarterly audit. `due`: when the next one is, by what is known; `answered`: what was answered since the report. */
export type AuditState = Readonly<{
  at: 'audit';
  due: Due;
  stage: 'shown' | 'running' | 'ended';
  /** Null until an audit was whole. */
  report: AuditReport | null;
  answered: Readonly<Record<string, 'yes' | 'no' | 'unknown'>>;
}> &
  Look;

/** The inventory against what exists: what was found, what would be written, and what was. */
export type DifferenceState = Readonly<{
  at: 'difference';
  stage: 'running' | 'ended' | 'preview' | 'written';
  /** Null until a look was whole. */
  report: SyncReport | null;
  draft: InventoryDraft | null;
  written: Pick<InventoryDraft, 'file' | 'rows'> | null;
}> &
  Look;

/** Rows of the data map; in an incident, to stop one outside the runbook: same preview, confirmation, proof and journal. */
export type InventoryState = Readonly<{ at: 'inventory'; chosen: number }>;

/** Newest first. `since` shows entries after that one alone; `search` is the words, `asking` while they are typed. */
export type TimelineState = Readonly<{
  at: 'timeline';
  chosen: number;
  starred: boolean;
  /** So many entries back are read; a long incident is read further as somebody goes on. */
  depth: number;
  since: number | null;
  search: Field;
  asking: boolean;
}>;

/** `chosen` is the id of a message, so that it stays chosen when others arrive; null follows the one that comes next. */
export type FacilitateState = Readonly<{
  at: 'facilitate';
  view: 'messages' | 'players' | 'truth';
  chosen: string | null;
}>;

/** Where a person can be. */
export type Screen =
  | HomeState
  | DeclareState
  | IncidentScreenState
  | RunState
  | FormState
  | UnsureState
  | ClocksState
  | WhoState
  | PeopleState
  | TimelineState
  | LettersState
  | LetterState
  | MergeState
  | MailingsState
  | MailingState
  | PostedState
  | ScopeState
  | ScopeImportState
  | DoctorState
  | AuditState
  | InventoryState
  | DifferenceState
  | FacilitateState
  | PageState;
