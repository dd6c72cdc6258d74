import type { ZodType } from 'zod';
import type { Json } from '../base/canonical.ts';
import type { Clock } from '../io/clock.ts';
import type { Http } from '../io/http.ts';
import type { Mail, MailLine } from '../io/mail.ts';
import type { Processes } from '../io/process.ts';
import type { Random } from '../io/random.ts';
import type { Secret } from '../io/secrets.ts';
import type { Confidence, Effect, Manual, Outcome, Preview, Proof, RetryClass } from '../model/action.ts';
import type { Posture } from './posture.ts';
import type { Simulator } from './simulator.ts';

/**
 * The contract of a connector: one system, its actions, its simulator. A connector never sees an incident; it sees its input
 * and the outside world it was handed. It holds no state between calls.
 */

/** All an action may touch. In a drill every door leads to simulators; the code is the same. */
export type Outside = Readonly<{
  http: Http;
  mail: Mail;
  processes: Processes;
  clock: Clock;
  random: Random;
  /** Where the system answers, without a trailing slash: the vendor's address, the workspace's, or a simulator's. */
  baseUrl: string;
  /** The instance's configuration from `firebreak.yaml`, already checked by the connector's schema. */
  config: Readonly<Record<string, string | number | boolean>>;
  /** A secret of the instance by name. Throws Problem `missing-secret`. */
  secret(name: string): Promise<Secret>;
  /** The leaked credentials a person gave for this target, for killing them and for the negative proof. May be empty. */
  suspects: readonly Secret[];
  /** The new credential that this rotation made before, for the proof that it is accepted; null where there is none. */
  fresh: Secret | null;
  /**
   * Takes a new credential the moment the vendor's answer is there, and makes it durable: nothing else holds it. `id` is the
   * vendor's public name for it.
   */
  made(id: string, secret: Secret): Promise<void>;
  /** The same for every retry of one intent. */
  key: string;
  /**
   * Makes the state before durable. `run` calls it with its receipt, and with what the state will be afterwards, right before
   * the first write: a crash between the write and its outcome must not cost the way back.
   */
  keep(receipt: Json, after: Json): Promise<void>;
  signal: AbortSignal;
  /** A signal that aborts after so many milliseconds of the clock in use. */
  within(ms: number): AbortSignal;
  /** Recipe of a generic connector, as parsed data; null for the others. */
  recipe: Json;
}>;

/** What an action is told about one target: its inventory parameters and the step's own input, merged (step wins). */
export type ActionInput = Readonly<Record<string, string | number | boolean>>;

export interface Action<In extends ActionInput = ActionInput> {
  /** An imperative: "Stop the app's webhooks". */
  readonly title: string;
  readonly effect: Effect;
  readonly retry: RetryClass;
  readonly confidence: Confidence;
  /** Permissions at the vendor, in the vendor's words. */
  readonly scopes: readonly string[];
  /** Names of the instance's secrets that `run` needs. */
  readonly secrets: readonly string[];
  readonly input: ZodType<In>;
  /** True for an action that makes something (a channel, a message): it stops nothing and is no part of containment. */
  readonly creates?: boolean;
  /** Set for an action that makes a new credential in place of an old one. */
  readonly makes?: Makes;
  /** True for what the vendor offers to people alone: `run` sends nothing, the page stands first, and `verify` asks afterwards. */
  readonly noApi?: true;
  /** True where the vendor works it off later: "still there" is no answer to a request that was lost until its time has passed. */
  readonly queued?: true;
  /** True when the action works on credentials given by a person (`outside.suspects`). */
  readonly needsSuspect?: boolean;
  readonly byHand: Manual;
  /** Reads only. Also answers when the system cannot be asked: then `now` is `unknown` with a warning. */
  preview(input: In, outside: Outside): Promise<Preview>;
  /**
   * Snapshot first, then act. Never throws for what the world said: a NetworkError that may have been sent becomes
   * `unknown`, one that was not sent `failed`. The receipt holds the state before, never a secret.
   */
  run(input: In, outside: Outside): Promise<Outcome>;
  /** A negative proof against the real system: the old token must be refused, the webhook must be off. Reads only. */
  verify(input: In, outside: Outside): Promise<Proof>;
  /**
   * Restores exactly what `run` changed. Compares the live state with `after` first and answers `failed` without touching
   * anything when somebody else has changed it since; what was already off before stays off.
   */
  undo?(input: In, done: Undoable, outside: Outside): Promise<Outcome>;
}
/**
 * A new credential in place of an old one: `run` gives it to `outside.made` and names it in its receipt, `verify` proves that
 * `outside.fresh` is accepted, and `undo` ends the new one again. Run again under the same key it leaves one new credential, the
 * one it handed out last: what an answer that was lost had made is ended.
 */
export type Makes = Readonly<
  /**
   * `ends`: the action that ends the old one in a rotation, where the one that kills it alone would end the new one too. `sends`: the
   * request holds the new one, so that it is kept as little as the answer.
   */
  | { endsOld: false; ends?: string; sends?: true }
  /** The vendor ends the old one in the same moment; `old` proves that it is dead. */
  | { endsOld: true; old(input: ActionInput, outside: Outside): Promise<Proof> }
>;
export type Undoable = Readonly<{ receipt: Json; after: Json }>;

/** One thing that exists at the vendor, as a listing sees it. */
export type Listed = Readonly<{
  kind: 'integration' | 'credential';
  id: string;
  title: string;
  /** What the actions of this connector know it by, as the inventory writes it under `params`. */
  params?: Readonly<Record<string, string>>;
  state: 'active' | 'paused' | 'unknown';
  detail: string;
  /** Times as the vendor writes them, in UTC. */
  lastUsedAt?: string;
  createdAt?: string;
  /** Whom the vendor names as its owner. */
  owner?: string;
  scopes?: readonly string[];
  /** Where it sends what happens, for whatever sends. */
  sends?: Sends;
  /** True for what the vendor itself marks as a test. */
  test?: boolean;
}>;
/** What an audit must know of an address that events are sent to; never the whole address, which may carry a secret. */
export type Sends = Readonly<{
  scheme: string;
  host: string;
  /** `always`: the vendor signs whatever is set, so only the receiver can be at fault. */
  signed: 'always' | 'yes' | 'no' | 'unknown';
  tls: 'checked' | 'unchecked' | 'unknown';
  /** Data in the address itself lands in every log on the way. */
  method?: 'GET' | 'POST';
  events?: 'all' | 'some';
  /** What the vendor says of failed deliveries. */
  failing?: string;
}>;
export type Listing = Readonly<{ items: readonly Listed[]; blindSpots: readonly string[] }>;

/** A span of time, in milliseconds since 1970: what happened from the one on and before the other. */
export type Window = Readonly<{ from: number; to: number }>;
/**
 * Why something of a window is not there. `memory`: the vendor does not remember it. `cut`: it ends before the window does.
 * `limited`: too many requests. `plan`: part of a plan that is not ours. `unread`: the answer was not understood. `blind`: the log
 * never holds it.
 */
export const gapKinds = [
  'memory',
  'cut',
  'limited',
  'forbidden',
  'plan',
  'unreachable',
  'unread',
  'blind',
] as const;
export type Gap = Readonly<{ is: (typeof gapKinds)[number]; says: string }>;
/** Where the reading of a log goes on, as the vendor names it; never a secret. */
export type Place = Readonly<{ path: string; query: Readonly<Record<string, string>>; json?: Json }>;
/** Records as the vendor wrote them, in its order. `next` is null after the last; `got` is what is had for certain so far. */
export type LogPage = Readonly<{
  records: readonly Json[];
  next: Place | null;
  got: Window | null;
  gaps: readonly Gap[];
}>;
/** One log that the vendor keeps: sign-ins, changes of rights, exports. */
export interface Log {
  /** Unique within its connector, and fit for a file's name. */
  readonly name: string;
  readonly title: string;
  readonly holds: string;
  readonly scopes: readonly string[];
  readonly byHand: Manual;
  /**
   * Page by page, so that no log is ever held whole; from a place where an earlier reading stood. Never throws for what the world
   * said: the last page names the gap, and where to go on.
   */
  read(window: Window, from: Place | null, outside: Outside): AsyncIterable<LogPage>;
}

/** Whether tonight's actions would work: asked read-only by `doctor`. */
export type Health = Readonly<{ ok: boolean; detail: string; scopes?: readonly string[] }>;

/** Where a text is left for others and read back later: the channel of an incident. Throws NetworkError when no answer came. */
export type Board = Readonly<{
  /** `place` finds it again: the vendor's own ids. */
  post(
    channel: string,
    text: string,
    outside: Outside,
  ): Promise<
    | Readonly<{ is: 'posted'; place: Readonly<Record<string, string>> }>
    | Readonly<{ is: 'refused'; why: string }>
  >;
  read(
    place: Readonly<Record<string, string>>,
    outside: Outside,
  ): Promise<
    | Readonly<{ is: 'there'; text: string }>
    | Readonly<{ is: 'gone' }>
    | Readonly<{ is: 'refused'; why: string }>
  >;
}>;

/** How letters leave through a system: one connection, and the address that they come from. */
export interface Delivery {
  from(config: Outside['config']): Readonly<{ address: string; name: string | null }>;
  /** @throws MailError where no connection came about, Problem `missing-secret` */
  open(outside: Outside): Promise<MailLine>;
}

export interface Connector {
  readonly title: string;
  /** The vendor's own address; null where the workspace must give one, empty where none is needed. */
  readonly baseUrl: string | null;
  readonly config: ZodType<Readonly<Record<string, string | number | boolean>>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** How much the system takes: requests under way at once, and in a minute. The workspace may say otherwise for an instance. */
  readonly pace?: Readonly<{ atOnce?: number; perMinute?: number }>;
  /** The actions known without a recipe; `{}` for the generic connectors, whose recipe brings them. */
  readonly actions: Readonly<Record<string, Action>>;
  /**
   * Generic connectors only: the actions that a recipe describes. Throws the schema's ZodError for a recipe that is not one;
   * `recipe` below is that schema, so that the catalog can report every fault with its line.
   */
  bind?(recipe: Json): Readonly<Record<string, Action>>;
  readonly recipe?: ZodType;
  list?(outside: Outside): Promise<Listing>;
  /** What is to be read before it falls out of the vendor's memory. */
  readonly logs?: readonly Log[];
  /** What an audit asks of the system as a whole. Reads only; what is not told is told as that. */
  posture?(outside: Outside): Promise<Posture>;
  readonly board?: Board;
  readonly deliver?: Delivery;
  health(outside: Outside): Promise<Health>;
  /** Null for a connector that reaches no HTTP server of its own: in a drill its steps are by hand. */
  readonly simulator: Simulator | null;
}

/** What the registry knows of a connector without loading it. */
export type ConnectorEntry = Readonly<{ title: string; load: () => Promise<Connector> }>;

/** Types the input of one action; the registry holds it with the input forgotten, after the schema has checked it. */
export const action = <In extends ActionInput>(one: Action<In>): Action =>
  // The schema parses before any method runs, so a method only ever meets its own input type.
  one as unknown as Action;
