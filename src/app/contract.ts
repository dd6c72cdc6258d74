import type { AuthoringDoor } from './authoring-contract.ts';
import type { AuditDoor } from './audit-contract.ts';
import type { Instant } from '../base/instant.ts';
import type { Issue } from '../base/problem.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Keymap, KeyTable } from '../model/keymap.ts';
import type { IncidentId, ItemId, RunbookId, Severity } from '../model/names.ts';
import type { Term } from '../regulations/retention.ts';
import type { CoverageRow } from '../regulations/coverage.ts';
import type { Awaiting, ClockView } from '../projections/countdowns.ts';
import type {
  CompiledRunbook,
  DrillSummary,
  LetterSummary,
  PackDoor,
  PlanPreview,
  RunbookSummary,
} from './definitions-contract.ts';
import type { DrillPlace, NewScenario, Seat, Selftest, WhichCompany } from './drill-contract.ts';
import type { Consent, ConsentAsked, Programme } from './programme-contract.ts';
import type { OpenDrill, OpenIncident, Prepared, RotationPlan } from './incident-contract.ts';
import type { JournalDoor, VerifyHow, VerifySummary, Witness } from './journal-contract.ts';
import type { DraftsDoor } from './drafts-contract.ts';
import type { PacketDoor } from './packet-contract.ts';
import type { LookHow } from './look-contract.ts';
import type { KeyChange, KeyDesk, KeyFrom, KeyNotice, KeyReport } from './key-contract.ts';

/**
 * The only door of the house. Screens and commands know this file alone: commands go down through `act` and the calls
 * beside it, views come up through `view` and `watch`. Instants are UTC milliseconds. Every method may throw a `Problem`.
 */

export type { Keymap, KeyTable, Remap } from '../model/keymap.ts';
export type { Answer, Command } from '../model/command.ts';
export type * from './audit-contract.ts';
export type * from './look-contract.ts';
export type * from './definitions-contract.ts';
export type * from './drafts-contract.ts';
export type * from './drill-contract.ts';
export type * from './incident-contract.ts';
export type * from './withheld-contract.ts';
export type * from './letter-contract.ts';
export type * from './journal-contract.ts';
export type * from './key-contract.ts';
export type * from './destruction-contract.ts';
export type * from './scope-contract.ts';
export type * from './packet-contract.ts';
export type * from './ship-contract.ts';
export type * from './programme-contract.ts';
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
  /** A standing list of what people ask for is never the incident that somebody means who names none. */
  purpose: 'breach' | 'requests';
  done: number;
  total: number;
  unsure: number;
  nextClock: ClockView | null;
  /** What was proved to have arrived, and nobody there has acknowledged. */
  awaiting: readonly (Awaiting & Readonly<{ duty: string }>)[];
  /** Another living process works on it. */
  held: boolean;
  /** The machine that it goes on at, by what its people read out; null where it goes on here. */
  handed: string | null;
}>;

/** A journal that is there and does not open: `error` says why, and is thrown by whatever needs it. */
export type Unreadable = Readonly<{ id: IncidentId; drill: boolean; error: Error }>;

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
  /** Where a credential is the trouble: not there, or not let in. */
  credential?: 'missing' | 'refused';
}>;

/** Whose systems a report is about: one's own workspace's, nobody's (there is none), or made-up ones. Never to be mixed up. */
export type Whose = 'own' | 'example' | 'practice';

/** What `openApp` of wire.ts takes. `as` and `zone` win over the environment and the workspace; with `drillOnly` no live part is made. */
export type OpenInput = Readonly<{
  packageRoot: string;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  as: string | null;
  zone: string | null;
  drillOnly?: boolean;
  /** The example company on simulators that end with the app: nothing of the user is read, reached or written. */
  practice?: boolean;
  /** Nothing is made in the data folder, nor the folder itself: for what must leave no trace. */
  untouched?: boolean;
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

export type OpenApp = (input: OpenInput) => Promise<App>;

/** A format of exports and the kinds of file that it comes as. */
export type FormatSummary = Readonly<{ id: string; title: string; extensions: readonly string[] }>;

/** A folder or file of this installation, for a person who looks for it. */
export type Place = Readonly<{ name: string; path: string }>;

export interface App extends PackDoor {
  /** What is typed while no incident is open: the line that declares one. */
  readonly drafts: DraftsDoor;
  readonly home: string;
  readonly workspace: string | null;
  readonly actor: string;
  readonly zone: string;
  now(): Instant;
  /** Milliseconds of a clock that nobody can set; only differences mean anything. */
  elapsed(): number;
  /** Reads the definitions, once; nothing happens where they were read when the app was opened. */
  learn(): Promise<void>;
  /** False before that: `issues`, `runbooks`, `drills` and `letters` are empty lists until then, so that a screen can come first. */
  learned(): boolean;
  /** The keys that the person gave to rows of this table, in the file for them. Never throws for what is in it. */
  keymap(table: KeyTable): Promise<Keymap>;
  issues(): readonly Issue[];
  /** Issues of one definition file or folder, built-in or not. @throws Problem `not-found` */
  lint(path: string): Promise<readonly Issue[]>;
  /** Writing runbooks: mending, printing, beginning one. */
  authoring(): Promise<AuthoringDoor>;
  runbooks(): readonly RunbookSummary[];
  compiled(runbook: RunbookId): CompiledRunbook;
  /** Asks the real systems what is there, changes nothing: the dry run. */
  plan(runbook: RunbookId): Promise<PlanPreview>;
  /** The same for one row of the inventory, without opening an incident. */
  planItem(item: ItemId, what: 'pause' | 'revoke'): Promise<Prepared>;
  /** The two ways to end a credential, looked at without opening an incident. */
  planRotation(item: ItemId): Promise<RotationPlan>;
  coverage(): readonly CoverageRow[];
  inventory(): Inventory;
  /** How long each data class is kept, by today's workspace. */
  retention(): readonly Term[];
  /** Minutes without a key until a screen hides what is private; 0: never. */
  lockMinutes(): number;
  drills(): readonly DrillSummary[];
  letters(): readonly LetterSummary[];
  /** Formats that `OpenIncident.export` takes. */
  formats(): readonly FormatSummary[];
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
   * Where a clock for one person belongs: the named incident, else the standing list of what people ask for, else the only open
   * incident, else a new list.
   */
  requests(incident?: string): Promise<OpenIncident>;
  /**
   * For `pause`, `revoke` and `rotate` outside a runbook: the named or only open incident, else a new one without a runbook that can be
   * attached to another later. `leaked` are credentials found in wrong hands: sealed, and needed for the proof.
   */
  contain(
    item: ItemId,
    what: 'pause' | 'revoke' | 'rotate',
    options?: Readonly<{ incident?: string; leaked?: readonly string[] }>,
  ): Promise<OpenIncident>;
  /** Starts (or goes on with) a drill: simulators up, its own store, no live connector constructed. */
  drill(
    runbook: RunbookId,
    options?: Readonly<{
      seed?: number;
      speed?: number;
      auto?: boolean;
      fresh?: boolean;
      /** Left out: the team's own where there is a workspace. */
      company?: WhichCompany;
    }>,
  ): Promise<OpenDrill>;
  /** Where that drill would be played, before it is: what stands for what, what no drill can test, what is left out. */
  drillPlace(runbook: RunbookId, company?: WhichCompany): Promise<DrillPlace>;
  /**
   * Plays one scenario or all of them: as expected, and once into each trap. Nothing of it is kept. `heard` gets a line a run.
   * @throws Problem `not-found`
   */
  selftest(
    runbook: RunbookId | null,
    seed: number,
    heard: (line: string) => void,
    company?: WhichCompany,
  ): Promise<Selftest>;
  /** How often the team practises, and what it wants to improve. */
  programme(): Promise<Programme>;
  /** One line where a drill or an improvement is due or overdue; null where nothing is. Read at most once a minute. */
  drillNotice(): string | null;
  /**
   * Sits down as the facilitator of the named drill, or of the only one that is played. `stays` until `leave`; else for one request.
   * @throws Problem `not-found` where nobody plays, `not-authorised` where somebody sits there
   */
  facilitate(drill: string | null, stays: boolean): Promise<Seat>;
  /** Records a manager's consent to one unannounced drill. @throws Problem `not-found`, `usage` */
  consent(asked: ConsentAsked): Promise<Consent>;
  /**
   * Begins a drill that nobody was told of, and pages on this machine alone; `notPaged` says why that failed.
   * @throws Problem `not-authorised` without a consent that holds now
   */
  unannounced(
    runbook: RunbookId,
    options?: Readonly<{ seed?: number; speed?: number }>,
  ): Promise<Readonly<{ drill: OpenDrill; consent: Consent; notPaged: string | null }>>;
  /**
   * Something real has happened: ends the named drill, the one that is played, or the only unfinished one; its id.
   * @throws Problem `not-found`, `usage`
   */
  realEvent(drill: string | null): Promise<string>;
  /** False where no live part exists: no real incident can be declared in this app. */
  readonly live: boolean;
  /** Writes a scenario to begin from into the workspace. @throws Problem `usage` where one is there already, `not-found` */
  newScenario(runbook: RunbookId): Promise<NewScenario>;
  /** A scenario on paper, in Markdown, for people around a table. @throws Problem `not-found` */
  tabletop(runbook: RunbookId, facilitator: boolean, company?: WhichCompany): Promise<string>;
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
  /** Incidents that come from another machine. */
  packets(): Promise<PacketDoor>;
  /**
   * Is it whole, signed and untouched? An id, a journal's path or the folder it lies in, a bundle, or one disclosed entry. Writes
   * nothing anywhere. @throws Problem `not-found`, `usage`
   */
  verify(idOrPath: string, how?: VerifyHow): Promise<VerifySummary>;
  readonly witness: Witness;
  readonly whose: Whose;
  /** Read-only. @throws the reason of `stop` once it was stopped: half a look must not read as all is well */
  doctor(how?: LookHow): Promise<readonly Finding[]>;
  audits(): Promise<AuditDoor>;
  close(): Promise<void>;
}
