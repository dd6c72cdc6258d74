import type { Json } from '../base/canonical.ts';

/** What an action does to the world, from harmless to final. It sets the least friction before it runs. */
export const effects = ['reads', 'reversible', 'irreversible', 'destroys-evidence'] as const;
export type Effect = (typeof effects)[number];

/** What a person does before an action runs, from least to most: a key, a yes, the target's name typed out. */
export const frictions = ['enter', 'yes', 'type-target'] as const;
export type Friction = (typeof frictions)[number];

/**
 * What may be done after a crash or a time-out between intent and outcome.
 * A: the vendor honours an idempotency key, resend it. B: a desired state, read it and apply again. C: look it up first.
 * D: neither; only a person can say.
 */
export type RetryClass = 'A' | 'B' | 'C' | 'D';

/**
 * What a rotation does beside ending the old credential: the new one is made, put in its place, proved there, and the service is
 * asked once more when the old one is dead.
 */
export const stages = ['make', 'place', 'prove', 'after'] as const;
export type Stage = (typeof stages)[number];

/** How well the vendor call is known: read in a description of the vendor, or from general knowledge only. */
export type Confidence = 'confirmed' | 'unconfirmed';

/** One request as it will be made: shown in the preview, redacted. `url` never carries a secret in clear. */
export type Call = Readonly<{ method: string; url: string; body?: string; note?: string }>;

/** What will happen to one target, read from the real system before anything is changed. */
export type Preview = Readonly<{
  calls: readonly Call[];
  /** What stops, for whom: the inventory's words and what the system itself says. */
  breaks: readonly string[];
  /** State as the system reports it now; `already` when there is nothing left to do. */
  now: 'active' | 'already' | 'unknown';
  warnings: readonly string[];
}>;

/** How one attempt on one target ended. `unknown` means: it may have happened. */
export type Result = 'done' | 'already' | 'accepted' | 'forbidden' | 'not-supported' | 'failed' | 'unknown';

/**
 * Why it did not work, where that decides what a person does next. `page`: something that is not the system answered. `name`: no
 * name server knew it. `identity`: what answered did not prove that it is the system. `clock`: ours is wrong.
 */
export type Cause =
  | 'permission'
  | 'credential'
  | 'organisation'
  | 'plan'
  | 'page'
  | 'name'
  | 'identity'
  | 'unreached'
  | 'clock'
  | 'busy'
  | 'other';

export type Outcome = Readonly<{
  result: Result;
  /** A plain sentence: what the system answered. Foreign text in it is untrusted. */
  detail: string;
  /** HTTP status of the deciding answer, where there was one. */
  http?: number;
  /** The state before, enough to restore it exactly; never a secret value. */
  receipt?: Json;
  /** What the state is after our action: undo compares it with the live state and stops when somebody else changed it. */
  after?: Json;
  retryAfterMs?: number;
  /** Left out where result and status say as much. */
  cause?: Cause;
}>;

/** The answer of the real system to "is it really off?". */
export type Proof = Readonly<{
  is: 'proved' | 'refuted' | 'unproved';
  /** What was asked and what was answered, in a sentence. */
  how: string;
  http?: number;
}>;

/** The way by hand for what no API can do, or while the API is out of reach. */
export type Manual = Readonly<{ where: string; steps: readonly string[]; record: string }>;
