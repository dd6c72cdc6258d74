import type { DrillPlace } from './place-contract.ts';
import type { JumpFields } from '../base/beat.ts';
import type { Instant } from '../base/instant.ts';
import type { Prepared as EnginePrepared } from '../engine/prepare.ts';
import type { CollectLine, CollectReport, Reading } from '../engine/collect/lines.ts';
import type { Confirmation, RunLine, RunReport } from '../engine/lines.ts';
import type { BackReport } from '../engine/rotate/back.ts';
import type { PreparedRotation } from '../engine/rotate/plan.ts';
import type { RotationReport } from '../engine/rotate/run.ts';
import type { Given } from '../engine/rotate/stage.ts';
import type { Scored } from '../drill/score.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Progress } from '../incident/ready.ts';
import type { Manual } from '../model/action.ts';
import type { Answer, Command } from '../model/command.ts';
import type { Contact } from '../model/inventory.ts';
import type { PrivateClass } from '../model/event.ts';
import type { IncidentId, ItemId, StepId } from '../model/names.ts';
import type { Alert } from '../projections/alerts.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { ContainmentView } from '../projections/containment.ts';
import type { PeopleView } from '../projections/people.ts';
import type { TeamView } from '../projections/team.ts';
import type { AnchorsView } from '../projections/anchors.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ToldView } from '../projections/told.ts';
import type { WhoRow } from '../projections/who.ts';
import type { BulletinDoor } from './bulletin-contract.ts';
import type { Destroyed, Destruction } from './destruction-contract.ts';
import type { DraftsDoor } from './drafts-contract.ts';
import type { AnchorsDoor } from './journal-contract.ts';
import type { LetterDoor } from './letter-contract.ts';
import type { PacketMade, PacketPlan } from './packet-contract.ts';
import type { ScopeDoor } from './scope-contract.ts';
import type { BackupStand, ShipDoor } from './ship-contract.ts';
import type { ExportAsked, WithheldDoor } from './withheld-contract.ts';

/** One incident as screens and commands know it: what it shows, and what can be done in it. */

/** What will happen, target by target. The same object is run: its hash is checked again before the first request. */
export type Prepared = Omit<EnginePrepared, 'request'>;

/** Who acts on it: this process, another living one (`silent`: it has given no sign for a while), or nobody. */
export type EngineStand = 'here' | 'elsewhere' | 'silent' | 'none';

/** The two ways to end a credential, and what each would do. */
export type RotationPlan = Omit<PreparedRotation, 'request' | 'kill'> & Readonly<{ kill: Prepared }>;
export type { BackReport, Given, RotationReport };
export type { Authority, Rung, WhoRow } from '../projections/who.ts';

/** Why a duty is on the board or is not: `by` says what rules it out, the facts of the incident or who the company is. */
export type DutyReason = Readonly<{
  duty: string;
  regime: string;
  title: string;
  is: 'owed' | 'could' | 'not';
  by: 'facts' | 'company' | null;
  why: string;
  /** Facts that would settle it. */
  missing: readonly string[];
  source: string;
  confidence: string;
}>;
/** `pending`: what is no law yet and would change duties that could apply. */
export type Duties = Readonly<{
  duties: readonly DutyReason[];
  pending: readonly Readonly<{ title: string; status: string; asOf: string }>[];
}>;

/** Everything a screen shows of one incident, computed from the journal and now. */
export type View = Readonly<{
  id: IncidentId;
  title: string;
  now: Instant;
  zone: string;
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  containment: ContainmentView;
  anchors: AnchorsView;
  /** Copies that are made by themselves; null where none are wanted, and in another process than the one that makes them. */
  backup: BackupStand | null;
  people: PeopleView;
  /** Who holds which role, which is on its way to whom, and who does what until when. */
  team: TeamView;
  contacts: readonly Contact[];
  /** Whom to ring for each duty that is due, and for those who must hear whatever the law says. */
  who: readonly WhoRow[];
  /** Entries that a newer version wrote and this one does not know: what they changed is nowhere in here. */
  unknown: number;
  /**
   * Every attempt found open at start, each target of a batch by itself: what was in flight when the tool died, or what another
   * process is about (`engine`).
   */
  inFlight: readonly string[];
  /** Each time the clock of the machine was found set, oldest first; one that is not written down yet comes last. */
  jumps: readonly JumpFields[];
  /** True while another process holds the engine: this one may read and note. */
  readOnly: boolean;
  engine: EngineStand;
  actor: string;
}>;

/** Where the bytes come from: they are kept as they are, sealed, and named by their SHA-256. */
export type EvidenceSource =
  | Readonly<{ from: 'file'; path: string }>
  | Readonly<{ from: 'url'; url: string }>
  | Readonly<{ from: 'command'; argv: readonly string[] }>
  | Readonly<{ from: 'text'; text: string; name: string }>;

/** A row of the inventory by the name a person knows it by. */
export type InventoryItem = Readonly<{
  id: ItemId;
  title: string;
  kind: 'channel' | 'integration' | 'credential';
}>;

/** No system named: all. No window: that of a collection which did not get to its end, else from a day before the first sign to now. */
export type { CollectLine, CollectReport } from '../engine/collect/lines.ts';
export type CollectAsked = Readonly<{
  instances?: readonly string[];
  since?: Instant;
  until?: Instant;
  step?: StepId;
}>;

/** `alerts` are told here, by this process alone. `told` comes once the others were told, with what a person must know of that. */
export type Alerted = Readonly<{ alerts: readonly Alert[]; told: Promise<readonly string[]> }>;

export interface AlertDoor {
  /** Clocks that came under a threshold: each once, whatever process asks, now or after a restart. Never throws. */
  alert(): Promise<Alerted>;
}

/** Entries from number `from` to before `before`; `limit` counts rows. */
export type TimelineOptions = Readonly<{
  starred?: boolean;
  limit?: number;
  newestFirst?: boolean;
  from?: number;
  before?: number;
}>;

export interface OpenIncident extends LetterDoor, AlertDoor, WithheldDoor {
  readonly id: IncidentId;
  /** What is typed about this incident and not sent. */
  readonly drafts: DraftsDoor;
  /** Who is affected, and how many. */
  readonly scope: ScopeDoor;
  view(): View;
  /** Every duty known here, and why its clock is on the board or is not. */
  duties(): Duties;
  /** The duties whose clocks this answer would end: whoever gives it says why. */
  ends(fact: string, answer: Answer): readonly string[];
  /** The fact that was probably meant by a name that nothing here knows; null where there is no doubt. */
  meant(fact: string): string | null;
  /** What was told when for one duty, and what has changed since. @throws Problem `not-found` */
  told(duty: string): ToldView;
  /** Rows of the incident's inventory, for questions whose answer is some of them. */
  items(): readonly InventoryItem[];
  /** Called after every change of the journal, and by the clock at the times a screen must move. Returns the way to stop. */
  watch(changed: () => void): () => void;
  /** Rows of the timeline, newest first when asked; it can be long, so who shows it asks for a stretch. */
  timeline(options?: TimelineOptions): readonly TimelineRow[];
  reveal(ref: Readonly<{ n: number; name: string }>): string | null;
  /** What a person does that needs no system outside: durable when it resolves. @throws Problem `usage`, `not-found`, `incident-closed` */
  act(command: Command): Promise<void>;
  /** What is to be signed for a request for approval, or for the review of an override. @throws Problem `not-found` */
  toSign(entry: number): ToSign;
  /** A signature over it in the name of a person; nothing is recorded. @throws Problem `not-authorised`, `usage`, `not-installed` */
  sign(entry: number, person: string, how: SignWith): Promise<string>;
  /** What a text would look like once card numbers and tokens are masked; shown before saving. */
  masked(text: string): Readonly<{ text: string; masked: readonly string[] }>;
  prepare(step: StepId): Promise<Prepared>;
  prepareUndo(step: StepId): Promise<Prepared>;
  /** The same outside any runbook, for one row of the inventory; `undo` takes back what was last done to it so. */
  prepareItem(item: ItemId, what: 'pause' | 'revoke' | 'undo'): Promise<Prepared>;
  /**
   * Everything that this incident stopped, in the order in which it may go on again: what the tool restores, what stays off, what a
   * person must do. It needs others, and no reason stands in for them. @throws Problem `step-not-ready` where nothing is held
   */
  prepareRelease(): Promise<Prepared>;
  /**
   * The request is made anew and compared with what was seen. A target in doubt is not touched, unless doing it again is harmless.
   * `stop` lets what is under way end and begins nothing further: run again, it goes on with what is left.
   * @throws Problem `plan-changed`, `needs-confirmation`, `step-not-ready`, `outcome-unknown`, `engine-held`
   */
  run(
    prepared: Prepared,
    confirmation: Confirmation,
    heard?: (line: RunLine) => void,
    stop?: AbortSignal,
  ): Promise<RunReport>;
  /**
   * A new credential in place of one of the inventory, by itself or as the way in which a step ends it. Goes on where a rotation
   * of it stopped. @throws Problem `not-found`, `usage` for what is no credential
   */
  prepareRotation(item: ItemId, step: StepId | null): Promise<RotationPlan>;
  /** Each stage is in the journal before and after it. `given`: what only a person can give on the way. Throws as `run` does. */
  rotate(
    plan: RotationPlan,
    confirmation: Confirmation,
    given: Given,
    heard?: (line: RunLine) => void,
    stop?: AbortSignal,
  ): Promise<RotationReport>;
  /** Puts the old one back where it was, and ends the new one, while the old one lives. Throws as `run` does. */
  goBack(
    plan: RotationPlan,
    confirmation: Confirmation,
    given: Given,
    heard?: (line: RunLine) => void,
  ): Promise<BackReport>;
  /** Asks the real systems again: for one step, or for all that was ever done. */
  recheck(step?: StepId): Promise<RunReport>;
  /** The way by hand: one page a target. */
  manual(step: StepId): Promise<readonly Readonly<{ target: string; manual: Manual }>[]>;
  /** The id by which the evidence is known from now on. @throws Problem `remote-failed`, `usage` */
  addEvidence(
    source: EvidenceSource,
    about: Readonly<{ note: string; step?: StepId; at?: Instant }>,
  ): Promise<string>;
  /**
   * Reads what the systems logged in a window into evidence, in pieces, each system at its pace. What cannot be had is a named gap and
   * stops nothing; the same call goes on with what is left. @throws Problem `not-found`, `usage`, `engine-held`
   */
  collect(
    asked: CollectAsked,
    heard?: (line: CollectLine | Reading) => void,
    stop?: AbortSignal,
  ): Promise<CollectReport>;
  /**
   * Paths written, one a form. `out` null: the incident's own folder of exports. A folder, or a name that ends in a slash, gets every form;
   * a file gets the form of its extension. @throws Problem `not-found`, `usage`, `not-installed`
   */
  export(format: string, out: string | null, asked?: ExportAsked): Promise<readonly string[]>;
  /**
   * Writes entry `n` with its proof, and these private fields in clear, to a file where none is; and records it.
   * @throws Problem `not-found`, `sealed`, `usage`
   */
  disclose(n: number, fields: readonly string[], out: string): Promise<void>;
  /** What could be destroyed by policy, of one class or of all, and what stands in the way. Changes nothing. */
  destruction(dataClass: PrivateClass | null): Promise<Destruction>;
  /** Asks two other people to approve it. @throws Problem `not-authorised` where nothing may go */
  askToDestroy(dataClass: PrivateClass | null, reason: string): Promise<Destruction>;
  /** Destroys data keys and sealed bytes for good. There is no override. @throws Problem `not-authorised` */
  destroy(dataClass: PrivateClass | null): Promise<Destroyed>;
  /**
   * Whom a packet would be for and where it would go; refuses whatever `packet` would. `to`: the receiver's line, or a file that holds it;
   * null goes to the exports folder. Changes nothing.
   */
  packetPlan(to: string, out: string | null): Promise<PacketPlan>;
  /**
   * Hands the incident over to the machine with that line, as one encrypted file. From then on it is only read here.
   * @throws Problem `usage`, `not-found`, `sealed`, `engine-held`, `handed-over`
   */
  packet(receiver: string, out: string): Promise<PacketMade>;
  readonly anchors: AnchorsDoor;
  readonly bulletin: BulletinDoor;
  readonly ship: ShipDoor;
  /**
   * Releases the engine, checkpoints the journal. Nothing is lost without it. Where anchors are configured, the last checkpoint
   * gets a few seconds to arrive.
   */
  leave(): Promise<void>;
}

/** `leaf` is the entry itself: SHA-256 over a zero byte and it is the hash in `text`. */
export type ToSign = Readonly<{
  n: number;
  is: 'request' | 'override';
  step: string | null;
  text: string;
  namespace: string;
  leaf: string;
}>;

/**
 * `key`: a private key of OpenSSH, or the public one where the agent at `agent` holds the private one. `passphrase`: of a key
 * that `firebreak approve --make-key` made.
 */
export type SignWith =
  | Readonly<{ with: 'key'; path: string; agent: string | null }>
  | Readonly<{ with: 'passphrase'; passphrase: string }>;

export interface OpenDrill extends OpenIncident {
  readonly seed: number;
  readonly story: string;
  /** In whose company it is played. */
  readonly place: DrillPlace;
  /** What really happened: for the end of it, and for whoever directs it. */
  readonly truth: string;
  /** Why it is over before its end; null while it goes on. */
  over(): string | null;
  /** What players must know of the drill itself on every screen: that time stands still, that a system is gone. */
  notices(): readonly string[];
  /** Messages that have arrived by now, newest last. */
  injects(): readonly Readonly<{
    id: string;
    at: Instant;
    channel: string;
    from: string;
    to: string;
    body: string;
    artifact: string | null;
  }>[];
  /** The text of a file that came with a message; null where it is none. */
  artifact(name: string): string | null;
  /** Somebody has seen the page; once. */
  acknowledge(): Promise<void>;
  /** What the player has on the clipboard: the made-up leaked value of an inventory row; null where none leaked. */
  clipboard(item: ItemId): string | null;
  /** Plays the scripted responder to the end; where a trap is named, it walks into it. */
  auto(heard: (line: string) => void, trap?: string): Promise<void>;
  finish(): Promise<Scorecard>;
  /** Pages whoever is on call, as mail on this machine alone; null, or why it did not go out. */
  page(): Promise<string | null>;
  /** Waits until somebody takes the drill over in their own program; resolves with what came instead, where nobody does. */
  waitForPlayers(stop: AbortSignal): Promise<Came>;
  /** Something real has happened: the drill ends here, is scored as far as it came, and closed. Nothing of it becomes an incident. */
  realEvent(): Promise<void>;
}

/** `nobody`: the scenario lasted to its end, and it was scored. `stopped`: the waiting was. */
export type Came = 'taken' | 'over' | 'nobody' | 'stopped';

/** What a drill came to: `ends` decide whether it was passed, `measures` say how well. */
export type Scorecard = Scored & Readonly<{ seed: number }>;
