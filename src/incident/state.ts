import type { HandedState } from './handed-state.ts';
import type { Beat, JumpFields } from '../base/beat.ts';
import type { Instant } from '../base/instant.ts';
import type { Proof, Result } from '../model/action.ts';
import type { Basis, Events, PrivateClass } from '../model/event.ts';
import type { FactView, SubmissionView } from '../model/obligation.ts';
import type { Plan } from '../model/plan.ts';
import type { Severity } from '../model/names.ts';
import type { ClockEnd } from '../model/person-clock.ts';
import { noAlerts, type AlertsState } from './alerts.ts';
import { noBulletins, type BulletinsState } from './bulletins.ts';
import { noAnchors } from './anchored.ts';
import type { AnchorsState } from './anchored.ts';
import type { Sending } from './sending-state.ts';
import { noTeam, type TeamState } from './team-state.ts';

/** What an incident is, folded from the public part of its journal alone. Statuses are derived from this, never stored. */

/**
 * A fact as it stands, with what clocks do not need of it: who said so, how it is known, and the entries it corrects, newest
 * last. A private answer is under `reveal({ n, name: 'text' })`.
 */
export type FactState = FactView &
  Readonly<{ recordedAt: Instant; by: string; basis: Basis; earlier: readonly number[] }>;

/** One attempt on one target, from intent to proof: what was intended, and what has become of it. */
export type Act = Readonly<
  Omit<Events['act.intent'], 'plan_sha256'> & {
    /** The entry that intended it, or its place in a batch (`model/item.ts`); so are `kept` and `outcome`. */
    intent: number;
    at: Instant;
    /** When its request left at the latest: how long it may still be under way is counted from here. */
    begun: Beat;
    by: string;
    /** The entry that keeps the state before; null while nothing was about to change. */
    kept: number | null;
    /** Null between intent and outcome. */
    result: Result | null;
    outcome: number | null;
    settledBy: 'tool' | 'person' | null;
    /** When an entry of its own said how it ended; an item that its batch alone speaks of has none. */
    settledAt: Beat | null;
    /** Its answer was lost, whatever was found out later: the request itself may still be under way. */
    lost: boolean;
    proof: Proof['is'] | null;
    proofEntry: number | null;
    provedAt: Instant | null;
    /** A person did it, without the tool. */
    hand: boolean;
    /** Entries in which it was found on again after it had been proved off: somebody turned it back on. */
    drifts: readonly number[];
    /** True once an undo of it has worked. */
    undone: boolean;
  }
>;

/** Whether it may have happened and nobody knows: no outcome was written, or the answer was lost. */
export const inDoubt = ({ result }: Pick<Act, 'result'>): boolean => result === null || result === 'unknown';

/** A rotation, folded: a new credential is made, put in its place and proved there, and only then the old one ends. */
export type RotationState = Readonly<
  Events['rotation.begun'] & {
    n: number;
    at: Instant;
    by: string;
    /** The entry that holds the new one, sealed; null until it is made. */
    made: Readonly<{ n: number; id: string; fingerprint: string }> | null;
    ended: Events['rotation.ended']['how'] | null;
  }
>;

export type StepState = Readonly<{
  status: 'started' | 'finished' | 'skipped';
  how: Events['step.finished']['how'] | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
  n: number;
  by: string;
}>;

/** `each`: every submission in phases, oldest first. */
export type SubmissionState = SubmissionView & Readonly<{ n: number; each: readonly Submitted[] }>;

/** One submission, with the facts as they stood at its entry and the letter that was let go last before it. */
export type Submitted = Readonly<{
  n: number;
  at: Instant;
  phase: number;
  facts: ReadonlyMap<string, FactState>;
  letter: ReleasedLetter | null;
  proofs: readonly Readonly<{ n: number } & Omit<Events['duty.proved'], 'duty'>>[];
  acknowledged: Readonly<{ n: number; at: Instant }> | null;
}>;

/** `n` is the entry that opened it, `startedBy` the one that says when it began: the same, or the latest correction. */
export type PersonClock = Readonly<{
  id: string;
  n: number;
  at: Instant;
  startedBy: number;
  zone: string | null;
  country: string | null;
  earlier: readonly number[];
  extended: Readonly<{ n: number; told: Instant }> | null;
  ended: Readonly<{ n: number; how: ClockEnd }> | null;
}>;

export type DecisionState = Readonly<{
  n: number;
  at: Instant;
  decision: string;
  option: string;
  decider: string;
  step: string | null;
  by: string;
  star: boolean;
  relies?: readonly Readonly<{ fact: string; n: number | null }>[];
  advised?: string;
  instead?: number;
}>;

/** One thing kept: `sha256` names its bytes for ever, `size` counts them. */
export type EvidenceState = Readonly<{
  n: number;
  id: string;
  sha256: string;
  size: number;
  method: string;
  at: Instant;
  step: string | null;
}>;

/** One log of one system, read for a window: its pieces in order, and what it came to; null while it is read, or was cut off. */
export type CollectionState = Readonly<
  Events['collection.begun'] & {
    n: number;
    parts: readonly Readonly<{ n: number; sha256: string; size: number; records: number }>[];
    ended: Events['collection.ended'] | null;
  }
>;

/** Exports that were read to their end, the last count, and the pieces of each by its name. */
export type ScopeState = Readonly<{
  pieces: ReadonlyMap<string, readonly Readonly<{ n: number; records: number; sha256: string }>[]>;
  imports: readonly Readonly<Events['scope.imported'] & { n: number; at: Instant }>[];
  counted: Readonly<Events['scope.counted'] & { n: number; at: Instant }> | null;
}>;

/** `hash` is what its reviewer signs. */
export type OverrideState = Readonly<{
  n: number;
  hash: string;
  at: Instant;
  step: string | null;
  what: string;
  by: string;
  dueAt: Instant;
  review: Readonly<{ n: number; at: Instant; person: string; agrees: boolean; signed: boolean }> | null;
}>;

/** Who is known, with the keys that count as theirs: lines of SSH public keys without comments. */
export type PersonState = Readonly<Events['person.known']>;

/** A request for approval. `hash` is what is signed; `over` once the step has ended or was opened again. */
export type Asked = Readonly<
  Events['approval.asked'] & {
    n: number;
    hash: string;
    at: Instant;
    by: string;
    over: boolean;
    /** As they stood when it was asked: who agrees to a letter agrees to what it says. */
    facts: IncidentState['facts'];
    given: readonly Readonly<{ n: number; at: Instant; person: string }>[];
  }
>;

export type HoldState = Readonly<{ n: number; at: Instant; by: string; classes: readonly PrivateClass[] }>;

/** `sha256` is over the Markdown of the draft that was let go. */
export type ReleasedLetter = Readonly<
  Events['letter.released'] & { n: number; by: string; releasedAt: Instant }
>;

export type IncidentState = Readonly<{
  phase: 'unopened' | 'open' | 'closed';
  codename: string;
  runbook: string | null;
  severity: Severity;
  drill: boolean;
  zone: string;
  openedAt: Instant;
  openedBy: string;
  earliestAt: Instant;
  closedAt: Instant | null;
  closedAs: Events['incident.closed']['outcome'] | null;
  plan: Plan | null;
  planSha256: string;
  planText: string;
  facts: ReadonlyMap<string, FactState>;
  steps: ReadonlyMap<string, StepState>;
  /** By what names an attempt: its entry, or its place in a batch. */
  acts: ReadonlyMap<number, Act>;
  /** Batches that were begun and have no last entry: under way, or cut off. */
  openBatches: readonly number[];
  waived: ReadonlyMap<string, number>;
  overrides: readonly OverrideState[];
  people: ReadonlyMap<string, PersonState>;
  asked: ReadonlyMap<number, Asked>;
  /** Legal holds that stand, by the entry that set them. */
  holds: ReadonlyMap<number, HoldState>;
  decisions: readonly DecisionState[];
  evidence: readonly EvidenceState[];
  collections: ReadonlyMap<number, CollectionState>;
  scope: ScopeState;
  letters: ReadonlyMap<
    string,
    Readonly<{ n: number; sha256: string; missing: readonly string[]; follows: readonly string[] }>
  >;
  /** The newest release of each letter in each language, by `releaseKey`. */
  released: ReadonlyMap<string, ReleasedLetter>;
  /** Merged letters by the SHA-256 of their file. */
  mailings: ReadonlyMap<string, Readonly<Events['letters.merged'] & { n: number }>>;
  /** How the letters of a mailing left, by the SHA-256 of its file. */
  sendings: ReadonlyMap<string, Sending>;
  /** The mailing of each run that was begun and has no last entry: under way, or cut off. */
  openSendings: ReadonlyMap<number, string>;
  submissions: ReadonlyMap<string, SubmissionState>;
  /** Clocks that were opened for one person each, by their names. */
  personClocks: ReadonlyMap<string, PersonClock>;
  purpose: 'breach' | 'requests';
  roles: ReadonlyMap<string, string>;
  /** Roles on their way to somebody else, and what named people were asked to do. */
  team: TeamState;
  credentials: ReadonlyMap<string, readonly Readonly<{ n: number; fingerprint: string }>[]>;
  /** By the entry that began each. */
  rotations: ReadonlyMap<number, RotationState>;
  calls: readonly Readonly<{
    n: number;
    at: Instant;
    contact: string;
    outcome: Events['contact.called']['outcome'];
  }>[];
  anchors: AnchorsState;
  /** Set while it goes on at another machine. */
  handed: HandedState | null;
  /** Each time the wall clock of the machine was found set, oldest first. */
  jumps: readonly (JumpFields & Readonly<{ n: number }>)[];
  /** Which thresholds of which clocks somebody was told of. */
  alerts: AlertsState;
  bulletins: BulletinsState;
  /** Entries folded so far: the next index to read. */
  size: number;
}>;

export const unopened: IncidentState = {
  phase: 'unopened',
  codename: '',
  runbook: null,
  severity: 'high',
  drill: false,
  zone: 'UTC',
  openedAt: 0 as Instant,
  openedBy: '',
  earliestAt: 0 as Instant,
  closedAt: null,
  closedAs: null,
  plan: null,
  planSha256: '',
  planText: '',
  facts: new Map(),
  steps: new Map(),
  acts: new Map(),
  openBatches: [],
  waived: new Map(),
  overrides: [],
  people: new Map(),
  asked: new Map(),
  holds: new Map(),
  decisions: [],
  scope: { pieces: new Map(), imports: [], counted: null },
  evidence: [],
  collections: new Map(),
  letters: new Map(),
  released: new Map(),
  mailings: new Map(),
  sendings: new Map(),
  openSendings: new Map(),
  submissions: new Map(),
  personClocks: new Map(),
  purpose: 'breach',
  roles: new Map(),
  team: noTeam,
  credentials: new Map(),
  rotations: new Map(),
  calls: [],
  anchors: noAnchors,
  handed: null,
  jumps: [],
  alerts: noAlerts,
  bulletins: noBulletins,
  size: 0,
};

/** The map with one entry set, the other one left as it was: a state is never changed in place. */
export const put = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> =>
  new Map([...map, [key, value]]);
