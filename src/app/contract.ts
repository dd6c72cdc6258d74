import type { Instant } from '../base/instant.ts';
import type { Issue } from '../base/problem.ts';
import type { Prepared as EnginePrepared } from '../engine/prepare.ts';
import type { Confirmation, RunLine, RunReport } from '../engine/lines.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Entry } from '../journal/entry.ts';
import type { KeyChange, KeyDesk, KeyFrom, KeyNotice, KeyReport } from './key-contract.ts';
import type { Destroyed, Destruction } from './destruction-contract.ts';
import type { Progress } from '../incident/ready.ts';
import type { Manual } from '../model/action.ts';
import type { Command } from '../model/command.ts';
import type { Contact, Inventory } from '../model/inventory.ts';
import type { PrivateClass } from '../model/event.ts';
import type { IncidentId, ItemId, RunbookId, Severity, StepId } from '../model/names.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { Term } from '../regulations/retention.ts';
import type { CoverageRow } from '../regulations/coverage.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { ContainmentView } from '../projections/containment.ts';
import type { PeopleView } from '../projections/people.ts';
import type { AnchorsView } from '../projections/anchors.ts';
import type { Finding as JournalFinding } from '../journal/findings.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { LetterDraft } from '../letters/draft.ts';

/**
 * The only door of the house. Screens and commands know this file alone: commands go down through `act` and the calls
 * beside it, views come up through `view` and `watch`. Instants are UTC milliseconds. Every method may throw a `Problem`.
 */

export type { Answer, Command } from '../model/command.ts';
export type * from './key-contract.ts';
export type * from './destruction-contract.ts';
export type { LetterDraft } from '../letters/draft.ts';
export type { PreparedTarget } from '../engine/prepare.ts';
export type { Confirmation, RunLine, RunReport } from '../engine/lines.ts';

/** One line of a list of incidents, read without taking the engine. Counts are of steps. */
export type IncidentSummary = Readonly<{
  id: IncidentId;
  codename: string;
  /** `[sealed]` without the key. */
  title: string;
  runbook: string | null;
  drill: boolean;
  phase: 'open' | 'closed';
  severity: Severity;
  openedAt: Instant;
  done: number;
  total: number;
  unsure: number;
  nextClock: ClockView | null;
  /** Another living process works on it. */
  held: boolean;
}>;

/** A journal that is there and does not open: `error` says why, and is thrown by whatever needs it. */
export type Unreadable = Readonly<{ id: IncidentId; drill: boolean; error: Error }>;

/** `words` are what a tired person would type to find it. */
export type RunbookSummary = Readonly<{
  id: RunbookId;
  title: string;
  summary: string;
  severity: Severity;
  words: readonly string[];
  steps: number;
}>;

/** What will happen, target by target. The same object is run: its hash is checked again before the first request. */
export type Prepared = Omit<EnginePrepared, 'request'>;

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
  people: PeopleView;
  contacts: readonly Contact[];
  /** Attempts found open at start: what was in flight when the tool died. */
  inFlight: readonly string[];
  /** True while another process holds the engine: this one may read and note. */
  readOnly: boolean;
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

export interface OpenIncident {
  readonly id: IncidentId;
  view(): View;
  /** Rows of the incident's inventory, for questions whose answer is some of them. */
  items(): readonly InventoryItem[];
  /** Called after every change of the journal, and by the clock at the times a screen must move. Returns the way to stop. */
  watch(changed: () => void): () => void;
  /** The timeline is read lazily, newest first when asked; it can be long. */
  timeline(
    options?: Readonly<{ starred?: boolean; limit?: number; newestFirst?: boolean }>,
  ): readonly TimelineRow[];
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
  /** Asks the real systems again: for one step, or for all that was ever done. */
  recheck(step?: StepId): Promise<RunReport>;
  /** The way by hand: one page a target. */
  manual(step: StepId): Promise<readonly Readonly<{ target: string; manual: Manual }>[]>;
  /** A draft from today's facts; nothing is recorded. @throws Problem `not-found` */
  letter(letter: string, language?: string): Promise<LetterDraft>;
  /** Records the draft, and finishes the step that asked for it. */
  saveLetter(draft: LetterDraft, step: StepId | null): Promise<void>;
  /** The id by which the evidence is known from now on. @throws Problem `remote-failed`, `usage` */
  addEvidence(
    source: EvidenceSource,
    about: Readonly<{ note: string; step?: StepId; at?: Instant }>,
  ): Promise<string>;
  /** Paths written. `out` null: the incident's own folder of exports. @throws Problem `not-found` */
  export(format: string, out: string | null): Promise<readonly string[]>;
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
  readonly anchors: AnchorsDoor;
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

/** `aware` starts the clocks that hang on it; `into` attaches a runbook to an incident that has none. */
export type DeclareInput = Readonly<{
  runbook: RunbookId;
  title: string;
  earliestAt?: Instant;
  aware?: Instant;
  severity?: Severity;
  into?: IncidentId;
}>;

/** What `doctor` found about one thing, and what to do about it; `fix` is empty where nothing is to be done. */
export type Finding = Readonly<{
  what: string;
  state: 'ok' | 'warning' | 'broken';
  detail: string;
  fix: string;
}>;

/** `pinned`: the signer is known to be this device. `problems` are sentences; empty exactly when `ok`. */
export type VerifySummary = Readonly<{
  ok: boolean;
  entries: number;
  root: string;
  origin: string;
  pinned: boolean;
  /** Checkpoints from elsewhere that it was held against, and folders of them that could not be looked at. */
  known: number;
  unseen: readonly string[];
  problems: readonly string[];
  /** The same with the number of the entry each concerns. */
  findings: readonly JournalFinding[];
}>;

/** What `openApp` of wire.ts takes. `as` and `zone` win over the environment and the workspace; with `drillOnly` no live part is made. */
export type OpenInput = Readonly<{
  packageRoot: string;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  as: string | null;
  zone: string | null;
  drillOnly?: boolean;
  /** `later`: definitions are read by `learn`, or by the first call that cannot do without them. */
  definitions?: 'now' | 'later';
  /**
   * Asks for the passphrase of the live incidents: called only when the key is one and a private part is opened or written.
   * `again` after a wrong one. Null: none is given, and what is sealed stays so.
   */
  passphrase?: (again: boolean) => Promise<string | null>;
  /** Hears what a person must know of the keys, at once. */
  heard?: (notice: KeyNotice) => void;
}>;

/** An entry in its public part, and its leaf hash in hex. */
export type ShownEntry = Readonly<{ entry: Entry; hash: string }>;
/** `foreign`: made with the key of another device, so it can be read and verified here, and not written to. */
export type Backup = Readonly<{ incident: IncidentId; path: string; entries: number; foreign?: boolean }>;

/** Journals as files. No key is needed for any of it. */
export interface JournalDoor {
  /** Entries from number `from` on, of an incident or a file; a negative `from` counts from the end. @throws Problem `not-found` */
  show(idOrPath: string, from: number): Iterable<ShownEntry>;
  /**
   * A copy of one moment, verified, 0600, of one incident or of all live ones, while others write. `out` is a folder, or for one
   * incident a file where none is. @throws Problem `usage`, `not-found`, `journal-broken`
   */
  backup(incident: IncidentId | null, out: string): readonly Backup[];
  /** Puts a verified copy back where the incident is not. @throws Problem `usage`, `journal-broken`, `not-found` */
  restore(path: string): Backup;
}
export type OpenApp = (input: OpenInput) => Promise<App>;

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
/** A folder or file of this installation, for a person who looks for it. */
export type Place = Readonly<{ name: string; path: string }>;

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

export interface App extends PackDoor {
  readonly home: string;
  readonly workspace: string | null;
  readonly actor: string;
  readonly zone: string;
  now(): Instant;
  /** Reads the definitions, once; nothing happens where they were read when the app was opened. */
  learn(): Promise<void>;
  /** False before that: `issues`, `runbooks`, `drills` and `letters` are empty lists until then, so that a screen can come first. */
  learned(): boolean;
  issues(): readonly Issue[];
  /** Issues of one definition file or folder, built-in or not. @throws Problem `not-found` */
  lint(path: string): Promise<readonly Issue[]>;
  runbooks(): readonly RunbookSummary[];
  compiled(runbook: RunbookId): CompiledRunbook;
  /** Asks the real systems what is there, changes nothing: the dry run. */
  plan(runbook: RunbookId): Promise<PlanPreview>;
  /** The same for one row of the inventory, without opening an incident. */
  planItem(item: ItemId, what: 'pause' | 'revoke'): Promise<Prepared>;
  coverage(): readonly CoverageRow[];
  inventory(): Inventory;
  /** How long each data class is kept, by today's workspace. */
  retention(): readonly Term[];
  /** Minutes without a key until a screen hides what is private; 0: never. */
  lockMinutes(): number;
  drills(): readonly DrillSummary[];
  letters(): readonly LetterSummary[];
  /** Formats that `OpenIncident.export` takes. */
  formats(): readonly Readonly<{ id: string; title: string }>[];
  /** Where things lie: data, journals, keys, workspace, runbooks. */
  places(): readonly Place[];
  /** Of live incidents, of drills, or of both: each journal asked for is read. */
  incidents(of?: 'live' | 'drills'): readonly IncidentSummary[];
  /** Incidents whose journal does not open; never left out in silence. */
  unreadable(): readonly Unreadable[];
  declare(input: DeclareInput): Promise<OpenIncident>;
  /** The named incident, or the only open one. */
  open(id?: string, options?: Readonly<{ takeOver?: boolean; readOnly?: boolean }>): Promise<OpenIncident>;
  /**
   * For `pause` and `revoke` outside a runbook: the named or only open incident, else a new one without a runbook that can be
   * attached to another later. `leaked` are credentials found in wrong hands: sealed, and needed for the proof.
   */
  contain(
    item: ItemId,
    what: 'pause' | 'revoke',
    options?: Readonly<{ incident?: string; leaked?: readonly string[] }>,
  ): Promise<OpenIncident>;
  /** Starts (or goes on with) a drill: simulators up, its own store, no live connector constructed. */
  drill(
    runbook: RunbookId,
    options?: Readonly<{ seed?: number; speed?: number; auto?: boolean; fresh?: boolean }>,
  ): Promise<OpenDrill>;
  /** Lets the workspace's commands run, as its files stand now. */
  trust(): Promise<Readonly<{ workspace: string; sha256: string }>>;
  /** The line for `firebreak.yaml` of a key that this passphrase opens; it is kept nowhere. @throws Problem `usage` */
  approverKey(passphrase: string): string;
  key(): KeyReport;
  /** Asks for the key of the live incidents where it is not at hand, once in a process; before lists that show titles. */
  unlock(): Promise<void>;
  /**
   * Changes where the key of the live incidents comes from, or finishes a change that was cut short. `choose` asks for a new
   * passphrase, of `limits.passphraseCharsMin` characters or more.
   * @throws Problem `sealed`, `usage`, `not-installed`, `engine-held`
   */
  useKey(from: KeyFrom, choose: () => Promise<string>): Promise<KeyChange>;
  /** Everything else that is done with the keys. */
  keyDesk(): Promise<KeyDesk>;
  journals(): Promise<JournalDoor>;
  /**
   * Is it whole, signed and untouched? An id, a journal's path or the folder it lies in. `anchors`: files and folders of
   * checkpoints that were kept elsewhere. @throws Problem `not-found`, `usage`
   */
  verify(
    idOrPath: string,
    how?: Readonly<{ everySignature?: boolean; anchors?: readonly string[] }>,
  ): Promise<VerifySummary>;
  readonly witness: Witness;
  doctor(): Promise<readonly Finding[]>;
  close(): Promise<void>;
}

/** Checkpoints that leave the machine. */
export interface AnchorsDoor {
  /** Takes the newest one everywhere and reads back what stands there. `sent`: all of it arrived. @throws Problem `engine-held` */
  send(): Promise<Readonly<{ sent: boolean; anchors: AnchorsView }>>;
  /** The newest signed note, and the request to a cosigner who saw `since` entries (0: none). @throws Problem `usage` */
  checkpoint(since: number): Readonly<{ size: number; vkey: string; note: string; request: string }>;
  /** Keeps the line of a second responder. @throws Problem `usage`, `not-authorised`, `engine-held` */
  cosigned(line: string): Promise<Readonly<{ anchor: string; size: number }>>;
}

/** The second responder's side of a cosignature. */
export interface Witness {
  /** The key that others pin. */
  key(): string;
  /** The line to send back. @throws Problem `usage` when a proof or the log's key is missing, `journal-broken` when it tells two stories */
  cosign(request: string, logKey: string | null): Readonly<{ line: string; origin: string; size: number }>;
}

export interface OpenDrill extends OpenIncident {
  readonly seed: number;
  readonly story: string;
  /** Messages that have arrived by now, newest last. */
  injects(): readonly Readonly<{
    id: string;
    at: Instant;
    channel: string;
    from: string;
    to: string;
    body: string;
  }>[];
  /** What the player has on the clipboard: the made-up leaked value of an inventory row; null where none leaked. */
  clipboard(item: ItemId): string | null;
  /** Plays the scripted responder to the end. */
  auto(heard: (line: string) => void): Promise<void>;
  finish(): Promise<Scorecard>;
}

/** What a drill came to: `ends` decide whether it was passed, `measures` say how well. */
export type Scorecard = Readonly<{
  passed: boolean;
  seed: number;
  measures: readonly Readonly<{ id: string; title: string; value: string; target: string; met: boolean }>[];
  ends: readonly Readonly<{ id: string; says: string; holds: boolean }>[];
}>;
