import type { Block, FormState, LetterDraft, PageState, Purpose, Screen } from './places.ts';
import type { Instant } from '../base/instant.ts';
import type {
  App,
  Backstage,
  Command,
  Confirmation,
  DeclareInput,
  Directing,
  EvidenceSource,
  ExportAsked,
  Finding,
  Given,
  OpenDrill,
  OpenIncident,
  Prepared,
  RenderAsked,
  RotationPlan,
  RunLine,
  RunReport,
  Seat,
  View,
} from '../app/contract.ts';
import type { SendAsked } from '../app/send-contract.ts';
import type { Binding, Key } from './binding.ts';
import type { Line } from './parts/line.ts';
import type { AuditEffect, AuditEvent, InventoryEffect, InventoryEvent } from './audits.ts';
import type { PacketEffect } from './packets.ts';
import type { ScopeEffect, ScopeEvent } from './affected.ts';
import type { MailEffect, MailEvent } from './mail.ts';
import type { Look, Tone } from './theme.ts';
import type { Trouble } from './trouble.ts';

export type Size = Readonly<{ columns: number; rows: number }>;

/** The facilitator's chair and the drill as it last answered; `lost`: why it does not answer any more. */
export type Seated = Readonly<{ seat: Seat; page: Backstage; lost: Trouble | null }>;

/** What a screen may look at. Reading is at once and changes nothing; whatever takes time or acts is an `Effect`. */
export type World = Readonly<{
  app: App;
  incident: OpenIncident | null;
  drill: OpenDrill | null;
  view: View | null;
  /** Set where somebody facilitates a drill that another process plays; then no incident is open here. */
  seated: Seated | null;
  now: Instant;
  /** As `App.elapsed`. */
  elapsed: number;
  zone: string;
  look: Look;
  /** Entries up to this one were there when the person last said so, or when the app was opened. */
  seen: number;
  /** Messages of the drill that arrived since somebody last read them. */
  unread: number;
  /** Minutes without a key until what is private is hidden; 0 where there is nothing to hide or no key to open it with. */
  lockMinutes: number;
  /** `--read-only` was given: nothing is written anywhere from here. */
  readOnly: boolean;
  /** One way only leads to the key of the live incidents. */
  oneKey: boolean;
}>;

/** What a screen asks to be done. Data, so that a test reads it and nothing happens behind a screen's back. */
export type Effect =
  | Readonly<{ do: 'go'; to: Screen }>
  | Readonly<{ do: 'form'; purpose: Purpose }>
  | Readonly<{ do: 'read'; title: string; blocks: readonly Block[]; offers?: PageState['offers'] }>
  | Readonly<{ do: 'swap'; to: Screen }>
  | Readonly<{ do: 'back' }>
  /** To the first screen: nothing of the incident that was left is in front any more. */
  | Readonly<{ do: 'home' }>
  | Readonly<{ do: 'quit' }>
  | Readonly<{ do: 'suspend' }>
  | Readonly<{ do: 'repaint' }>
  | Readonly<{ do: 'say'; tone: Tone; text: string }>
  | Readonly<{ do: 'forget'; draft: string }>
  /** What could not be written down stands in its form again. */
  | Readonly<{ do: 'regain'; key: string; draft: Pick<FormState, 'inputs' | 'on'> }>
  | Readonly<{ do: 'act'; command: Command; said: string }>
  | Readonly<{ do: 'declare'; input: DeclareInput }>
  | Readonly<{ do: 'open'; id: string; takeOver: boolean }>
  | Readonly<{ do: 'drill'; runbook: string }>
  | Readonly<{ do: 'prepare'; step: string; direction: 'do' | 'undo' }>
  | Readonly<{ do: 'prepare-release' }>
  | Readonly<{ do: 'prepare-item'; item: string; what: 'pause' | 'revoke' }>
  | Readonly<{ do: 'run'; prepared: Prepared; confirmation: Confirmation }>
  | Readonly<{ do: 'rotate'; plan: RotationPlan; confirmation: Confirmation; given: Given }>
  | Readonly<{ do: 'stop'; job: Job }>
  | Readonly<{ do: 'recheck'; step: string | null }>
  | Readonly<{ do: 'manual'; step: string }>
  | Readonly<{ do: 'letter'; letter: string; step: string | null }>
  | Readonly<{ do: 'save-letter'; draft: LetterDraft; step: string | null }>
  | Readonly<{ do: 'evidence'; source: EvidenceSource; note: string; step: string | null }>
  /** Reads the logs of every system, for this step or for none. */
  | Readonly<{ do: 'collect'; step: string | null }>
  | Readonly<{
      do: 'approve';
      asked: number;
      person: string;
      passphrase: string;
      /** Looked at again once it is signed. */
      mailing?: SendAsked;
    }>
  | Readonly<{
      do: 'review';
      override: number;
      person: string;
      agrees: boolean;
      comment: string;
      /** Null: nobody's key is known, so the review is not signed. */
      passphrase: string | null;
    }>
  | Readonly<{ do: 'export'; format: string; out: string | null; asked: ExportAsked }>
  | Readonly<{ do: 'paper'; asked: RenderAsked; out: string | null }>
  | Readonly<{ do: 'doctor' }>
  /** Null: the key file, the keychain or a service is asked again. */
  | Readonly<{ do: 'unlock'; typed: string | null }>
  | AuditEffect
  | InventoryEffect
  | PacketEffect
  | MailEffect
  | ScopeEffect
  | Readonly<{ do: 'direct'; direction: Directing }>
  /** Something real has happened. */
  | Readonly<{ do: 'real-event' }>
  /** Out of a drill: the form for a real incident, `here` where this app can declare one. */
  | Readonly<{ do: 'declare-real'; here: boolean; said: string }>
  | Readonly<{ do: 'finish-drill' }>
  | Readonly<{ do: 'leave-incident' }>
  | Readonly<{ do: 'seen' }>
  | Readonly<{ do: 'messages-read' }>
  /** The page of a drill was seen: the clock of its acknowledgement stops. */
  | Readonly<{ do: 'acknowledge-page' }>;

/** What goes on for a while and can be stopped, each once at a time: it is heard by the screen of that name. */
export type Job = 'run' | 'merge' | 'mailing' | 'scope' | 'scope-import' | LookJob;
/** Of these each question is heard as it begins and ends. */
export type LookJob = 'doctor' | 'audit' | 'difference';

/** What comes back to the screen that asked. */
export type ScreenEvent =
  | AuditEvent
  | InventoryEvent
  | MailEvent
  | ScopeEvent
  /** A question of a look began or ended. */
  | Readonly<{ is: 'checking'; job: LookJob; what: string; begun: boolean }>
  /** Null where it was stopped. */
  | Readonly<{ is: 'examined'; findings: readonly Finding[] | null }>
  | Readonly<{ is: 'heard'; line: RunLine }>
  | Readonly<{ is: 'report'; report: RunReport }>
  | Readonly<{ is: 'failed'; job: Job; trouble: Trouble }>;

/** What a person did: a row of the key table, or a key or paste that types text. */
export type Press =
  | Readonly<{ is: 'command'; id: string }>
  | Readonly<{ is: 'key'; key: Key }>
  | Readonly<{ is: 'paste'; text: string }>;

export type Next<S> = Readonly<{ state: S; effects: readonly Effect[] }>;

export const stay = <S>(state: S): Next<S> => ({ state, effects: [] });
export const doing = <S>(state: S, ...effects: readonly Effect[]): Next<S> => ({ state, effects });

/** The main pane's size, and that of the panes beside it where there is room for them (`wide`). */
export type Room = Readonly<{ columns: number; rows: number; wide: boolean; left: number; right: number }>;

/**
 * What is to be drawn: wrapped lines. `focus` is the line that must be in sight; without one the page scrolls freely.
 * `foot` stays in sight under the page. `left` and `right` are drawn where there is room for panes.
 */
export type Page = Readonly<{
  lines: readonly Line[];
  focus?: number;
  foot?: readonly Line[];
  left?: readonly Line[];
  right?: readonly Line[];
}>;

/** A screen: what it reacts to and what it looks like, both pure. */
export interface ScreenKind<S> {
  readonly keys: readonly Binding[];
  title(state: S, world: World): string;
  /** True while letters are typed into a field: then single letters are never commands. */
  typing(state: S, world: World): boolean;
  press(state: S, press: Press, world: World): Next<S>;
  hear?(state: S, event: ScreenEvent, world: World): Next<S>;
  page(state: S, world: World, room: Room): Page;
  /** How many keys the footer names where there is room; most screens need six at a glance. */
  readonly hints?: number;
  /** Why a command cannot be used now; null when it can. */
  disabled?(id: string, state: S, world: World): string | null;
}
