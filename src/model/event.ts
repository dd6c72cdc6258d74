import type { Beat, JumpFields } from '../base/beat.ts';
import type { Json } from '../base/canonical.ts';
import type { Instant } from '../base/instant.ts';
import type { Confidence, Effect, Proof, Result, RetryClass, Stage } from './action.ts';
import type { AnchorFault, AnchorKind } from './anchor.ts';
import type { Role, Severity } from './names.ts';
import type { DrillEvents } from './drill-event.ts';
import type { HandingEvents } from './handing-event.ts';
import type { ItemEvents } from './item-event.ts';
import type { BulletinEvents } from './bulletin.ts';
import type { LawEvents } from './law-event.ts';
import type { MailEvents } from './mail-event.ts';
import type { ScopeEvents } from './scope-event.ts';
import type { TeamEvents } from './team-event.ts';

export type { Counted, CountedGroup } from './scope-event.ts';

/**
 * Everything that can have happened in an incident: past tense, the smallest true statement, never edited.
 * `pub` is hashed in clear and is all that state, clocks and readiness depend on; what `privateFields` lists is sealed.
 * Keys are snake_case and numbers are integers, because the bytes are canonical JSON. Instants are UTC milliseconds.
 */
export type Events = ScopeEvents &
  DrillEvents &
  HandingEvents &
  ItemEvents &
  LawEvents &
  BulletinEvents &
  MailEvents &
  TeamEvents & {
    'incident.opened': {
      codename: string;
      runbook: string | null;
      severity: Severity;
      drill: boolean;
      zone: string;
      earliest_at: Instant;
      /** A standing list of what people ask for, and no breach: no duty of a breach counts in it before somebody records its start. */
      purpose?: 'requests';
    };
    /** One definition as it was, for ever: `of` parts of its text; private ones are sealed under the same name. */
    'definition.frozen': { name: string; sha256: string; part: number; of: number; text: string | null };
    'plan.adopted': { plan_sha256: string; runbook: string; part: number; of: number; text: string };
    'severity.set': { severity: Severity };
    'role.claimed': { role: Role; person: string };
    /** `value` is null when the answer is private; `known` is false for "not known yet". */
    'fact.learned': {
      fact: string;
      value: Json;
      known: boolean;
      at: Instant;
      basis: Basis;
      step: string | null;
    };
    'fact.corrected': {
      fact: string;
      value: Json;
      known: boolean;
      at: Instant;
      basis: Basis;
      corrects: number;
    };
    'fact.ruled_out': { fact: string; step: string | null };
    'step.started': { step: string };
    'step.finished': {
      step: string;
      how: 'acted' | 'answered' | 'decided' | 'by-hand' | 'written' | 'waited';
    };
    'step.skipped': { step: string };
    'step.reopened': { step: string };
    'evidence.waived': { step: string | null; preserve: string };
    /** Somebody else looks at it by `review_by`. */
    'override.taken': { step: string | null; what: string; review_by: Instant };
    /** A person as the workspace names them; `keys` are SSH public keys without their comments. A later entry replaces it. */
    'person.known': { person: string; roles: readonly Role[]; keys: readonly string[] };
    /** Asks others to approve exactly this act. What they sign is the hash of this entry. */
    'approval.asked': {
      step: string;
      action: string;
      targets: readonly string[];
      /** Over step, targets, input and plan: anything else is another act. */
      intended_sha256: string;
      plan_sha256: string;
      need: number;
      expires_at: Instant;
    };
    /** `signature` is that of `ssh-keygen -Y sign`, over the entry `asked`. */
    'approval.given': { asked: number; person: string; signature: string };
    /** An act was begun that rests on these approvals. */
    'approval.used': { asked: number; given: readonly number[] };
    /** `signature` is over the entry of the override; null where no key of the person is known. */
    'review.given': { override: number; person: string; agrees: boolean; signature: string | null };
    /** Somebody was refused something; `rule` names why. */
    'command.refused': { command: string; step: string | null; rule: string };
    'act.intent': {
      step: string | null;
      target: string;
      instance: string;
      action: string;
      attempt: number;
      direction: 'do' | 'undo';
      of: number | null;
      effect: Effect;
      retry: RetryClass;
      confidence: Confidence;
      idem: string;
      plan_sha256: string;
      /** Of a rotation, which began with that entry. It ends nothing by itself, so it says nothing of containment. */
      stage?: Stage;
      rotation?: number;
    };
    /** A person says that they did it themselves. What the system says of it follows as `act.verified`. */
    'act.by_hand': {
      step: string | null;
      target: string;
      instance: string;
      action: string;
      effect: Effect;
      retry: RetryClass;
      confidence: Confidence;
      /** Set where they switched it on again: the attempt that this takes back. */
      of?: number;
    };
    /** The state before, kept before anything is changed: a crash in the middle must not cost the way back. */
    'act.kept': { intent: number; step: string | null; target: string };
    'act.outcome': {
      intent: number;
      step: string | null;
      target: string;
      result: Result;
      http: number | null;
      by: 'tool' | 'person';
    };
    'act.verified': {
      intent: number;
      step: string | null;
      target: string;
      proof: Proof['is'];
      http: number | null;
      at: Instant;
    };
    /**
     * Many targets at once: `way[i]` of `ways` is how `targets[i]` is reached. `rows` and `rows_root` are over the rows that say what
     * is planned for each; an attempt of it is named by this entry and its place (`model/item.ts`).
     */
    'batch.intent': {
      step: string | null;
      direction: 'do' | 'undo';
      plan_sha256: string;
      ways: readonly Way[];
      targets: readonly string[];
      way: readonly number[];
      rows: number;
      rows_root: string;
    };
    /** One letter an item in `results` and in `proofs`. `cut`: the tool died or could not write; it was ended at the next start. */
    'batch.outcome': {
      batch: number;
      step: string | null;
      results: string;
      proofs: string;
      /** When the last of its items was begun; absent where none was, and in what older versions wrote. */
      last_begun?: Beat;
      ended: 'whole' | 'stopped' | 'cut';
      rows: number;
      rows_root: string;
    };
    'credential.given': { credential: string; fingerprint: string };
    /** A new credential in place of one that leaked. `make` is null where a person makes it, `place` where a person puts it there. */
    'rotation.begun': {
      step: string | null;
      target: string;
      make: string | null;
      place: string | null;
      revoke: string | null;
      plan_sha256: string;
    };
    /** Written before anything is done with the new one: a crash neither loses it nor makes a second. `id`: the vendor's name for it. */
    'credential.made': { rotation: number; credential: string; id: string; fingerprint: string };
    /** `abandoned`: what was there before is in its place again, or a person went another way. */
    'rotation.ended': { rotation: number; target: string; how: 'rotated' | 'abandoned' };
    /**
     * `relies`: the facts that it rests on, each with the entry that stood then; null where nobody had recorded it yet.
     * `advised`: the option that the rules advised, where they advised one. `instead`: the entry that is decided anew.
     */
    'decision.made': {
      decision: string;
      option: string;
      decider: string;
      step: string | null;
      star: boolean;
      relies?: readonly Readonly<{ fact: string; n: number | null }>[];
      advised?: string;
      instead?: number;
    };
    /** `privileged`: the lawyer whose work it is; set when it was written, and by nothing that was written later. */
    'note.added': { at: Instant; star: boolean; corrects: number | null; privileged?: string };
    'evidence.added': {
      evidence: string;
      sha256: string;
      size: number;
      method: 'file' | 'url' | 'command' | 'note' | 'collected';
      at: Instant;
      step: string | null;
      /** Set for a piece of a log: which collection, the how-manieth piece, and how many records are in it. */
      collection?: number;
      part?: number;
      records?: number;
    };
    /** One log of one system is being read for a window; both ends in UTC. */
    'collection.begun': {
      instance: string;
      connector: string;
      log: string;
      since: Instant;
      until: Instant;
      step: string | null;
    };
    /**
     * What came of it. `got_from` and `got_to` are null where nothing certain was had; `gaps` are kinds, each said in words in a sealed
     * field; `parts_sha256` is over the hashes of the pieces in their order, a line each.
     */
    'collection.ended': {
      collection: number;
      ended: 'whole' | 'partial' | 'none';
      records: number;
      parts: number;
      size: number;
      got_from: Instant | null;
      got_to: Instant | null;
      gaps: readonly string[];
      parts_sha256: string;
    };
    'contact.called': { contact: string; outcome: 'reached' | 'no-answer' | 'left-message' };
    /**
     * `size`: entries that it was made from. `withheld_sha256`: of the list of what was taken out, whose salts come from the sealed `secret`.
     * `privileged`: what is marked so is in it, and `recipients` says, sealed, who was named to get it.
     */
    'export.written': {
      format: string;
      sha256: string;
      size?: number;
      audience?: string;
      withheld_sha256?: string;
      privileged?: true;
    };
    'engine.recovered': { unsure: number };
    'engine.taken_over': { from: string };
    /** The checkpoint over `size` entries was left elsewhere and read back from there; `seals` checkpoints stand up to it here. */
    'anchor.made': AnchorMade;
    /** It was sent where nobody can read it back: a copy, which shows nothing to this machine. */
    'anchor.copied': AnchorMade;
    'anchor.failed': { anchor: string; type: AnchorKind; size: number; fault: AnchorFault };
    /** It stood elsewhere and does not any more: somebody edited or removed it. */
    'anchor.lost': { anchor: string; type: AnchorKind; size: number; found: 'changed' | 'gone' };
    /** A checkpoint from before says more than this journal holds: an older copy was put back, or another story told. */
    'journal.contradicted': { known_size: number; known_root: string; story: 'shorter' | 'other' };
    /** Somebody stands for it that a checkpoint which this machine saw is of another state: why, is sealed. Who, is the entry's actor. */
    'journal.acknowledged': { known_size: number; known_root: string };
    /** Written by the journal itself: the key of the epoch that ran (`was`) is not on this machine, so the device's alone begins another one. */
    'key.lost': { epoch: string; was: string };
    /** Somebody stands for that entry: an older copy was put back, or the file is gone. Why, is sealed. Who, is the entry's actor. */
    'key.accepted': { lost: number };
    /** Written by the journal itself, in front of the first entry after it: see `Jump` for what the two times are. */
    'clock.jump': JumpFields;
    /** No class named: everything is kept. Who set it is the entry's actor, why is sealed. */
    'hold.set': { classes: readonly PrivateClass[] };
    'hold.lifted': { hold: number };
    /** Under the policy and the approvals that were asked for in that entry. */
    'content.destroyed': { class: PrivateClass; policy: string; asked: number };
    'incident.closed': { outcome: 'resolved' | 'not-an-incident' | 'drill-ended' };
  };

/** `receipt_sha256` names the receipt beside the journal; `at` is the time of whoever took it, where it said one. */
type AnchorMade = {
  anchor: string;
  type: AnchorKind;
  size: number;
  seals: number;
  receipt_sha256: string;
  at: Instant;
};

/** What the targets of a batch that are reached alike have in common. */
export type Way = Pick<Events['act.intent'], 'instance' | 'action' | 'effect' | 'retry' | 'confidence'>;

/** How a fact is known: seen by whoever records it, read in a log, told by somebody, or estimated. */
export type Basis = 'observed' | 'log' | 'told' | 'estimated';
export type EventKind = keyof Events;

/** An event before it is written: public part, and the private fields by name. */
export type Fresh<K extends EventKind = EventKind> = {
  [Kind in K]: Readonly<{
    kind: Kind;
    pub: Readonly<Events[Kind]>;
    priv?: Readonly<Record<string, PrivateText>>;
  }>;
}[K];

/** `class` names the key a field is sealed under; destroying that key makes every field of the class unreadable. */
export const dataClasses = [
  'staff',
  'victims',
  'secrets-seen',
  'secrets-made',
  'evidence',
  'exchange',
  'definitions',
] as const;
export type PrivateClass = (typeof dataClasses)[number];
export type PrivateText = Readonly<{ class: PrivateClass; value: string | Uint8Array }>;

/**
 * The leaf hash of an entry. A class, and never more than a type, because of what TypeScript makes of an accessor: it knows that a
 * copy by spreading does not have it, and takes no such copy for an entry until somebody says which hash it has.
 */
export declare class Hashed {
  get hash(): string;
}

/** An event as recorded: `n` is its place for ever; `recorded_at` is the wall clock of the device that wrote it. */
export type Recorded<K extends EventKind = EventKind> = {
  [Kind in K]: Readonly<{
    kind: Kind;
    n: number;
    actor: string;
    recorded_at: Instant;
    /** The same moment by the clock that nobody can set: what has passed since is measured with it. */
    beat: Beat;
    pub: Readonly<Events[Kind]>;
    /** Names of the sealed fields; `reveal` opens them. */
    priv: readonly string[];
  }> &
    Hashed;
}[K];

/** Opens a sealed field. `null` without the key, or once it was destroyed: a view then prints `[sealed]` and goes on. */
export type Reveal = (ref: Readonly<{ n: number; name: string }>) => string | null;
