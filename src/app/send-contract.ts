import type { Posted, PostProgress } from '../engine/mail/post.ts';
import type { Sending, Standing, Tally } from '../incident/sendings.ts';

export type { Posted, PostProgress } from '../engine/mail/post.ts';
export type { Standing, Tally } from '../incident/sendings.ts';

/**
 * How a file leaves: through a mail server of firebreak.yaml (by name; null where there is only one), or given to somebody who sends it.
 * `seed`: to colleagues, who look at it first.
 */
export type SendWay =
  | Readonly<{ by: 'server'; name: string | null; to: Sending['to'] }>
  | Readonly<{ by: 'hand'; whom: string }>;
export type SendAsked = Readonly<{ file: string; way: SendWay }>;

/** Why letters may not leave: in a sentence, with what to do. Nothing stands in for any of them. */
export type SendBar = Readonly<{
  rule: 'words-changed' | 'closed' | 'handed' | 'channel' | 'not-colleagues' | 'no-seed' | 'needs-approval';
  why: string;
  next: string;
}>;

/** What sending this file would be, before anything leaves. Everything that stands in the way, not the first alone. */
export type SendPlan = Readonly<{
  mailing: string;
  file: string;
  letter: string;
  languages: readonly string[];
  drill: boolean;
  to: Sending['to'];
  /** Through what it leaves; null where somebody else sends it. */
  server: Readonly<{
    name: string;
    address: string;
    from: string;
    atOnce: number;
    perMinute: number | null;
  }> | null;
  letters: number;
  stand: Tally;
  /** Letters that people have had, or may have had, from another file of the same words. */
  elsewhere: number;
  /** How many would leave now. */
  leaves: number;
  approval: Readonly<{
    need: number;
    asked: number | null;
    given: readonly string[];
    could: readonly string[];
  }>;
  bars: readonly SendBar[];
}>;

export type SendReport = Posted & Readonly<{ plan: SendPlan; stand: Tally }>;

/** A mailing as the journal knows it; without the key, nobody's address. */
export type SentView = Readonly<{
  mailing: string;
  letter: string;
  to: Sending['to'];
  instance: string;
  letters: number;
  stand: Tally;
  bounced: Readonly<{ lasting: number; late: number }>;
  handed: boolean;
}>;

/** One letter that a person has to look at. Null where the key is not at hand. */
export type LetterInDoubt = Readonly<{ letter: number; to: string | null; messageId: string | null }>;

/** Somebody who would be written to. */
export type MailReader = Readonly<{ letter: number; to: string; language: string }>;

export type SettleAsked = Readonly<{
  mailing: string;
  /** Their numbers; null for all that are in doubt. */
  letters: readonly number[] | null;
  taken: boolean;
  reason: string;
}>;

/** `letters`: their numbers; null for all that were refused for good. */
export type AgainAsked = Readonly<{ mailing: string; letters: readonly number[] | null; reason: string }>;

export type BounceReport = Readonly<{
  messages: number;
  recorded: number;
  again: number;
  /** Messages that are no report about a letter of this incident. */
  other: number;
}>;

/** Merged letters on their way out. */
export interface SendDoor {
  /** @throws Problem `not-found` for a file that no merge of this incident wrote, or that was changed since; `invalid-file` */
  plan(asked: SendAsked): Promise<SendPlan>;
  /** Asks two others; gives the same request until it expires. */
  ask(asked: SendAsked): Promise<SendPlan>;
  /**
   * Hands over what has not left, and goes on where an earlier run was cut. What is in doubt stays as it is.
   * @throws Problem `not-authorised` or `letter-not-released` for what stands in the way, `engine-held`
   */
  send(asked: SendAsked, heard: (progress: PostProgress) => void, stop: AbortSignal): Promise<SendReport>;
  /** Records that somebody else sends the file: they see to the seed and to the channel. */
  hand(asked: SendAsked): Promise<SendPlan>;
  /** Mail servers that letters can leave through, by name: with several one of them is to be named. */
  servers(): Promise<readonly string[]>;
  /** The first of those who would be written to now. @throws Problem as `plan` */
  readers(asked: SendAsked, most: number): Promise<readonly MailReader[]>;
  sent(): Promise<readonly SentView[]>;
  letters(mailing: string, standing: Standing): Promise<readonly LetterInDoubt[]>;
  settle(asked: SettleAsked): Promise<SentView>;
  /** Lets letters that were refused for good leave once more; under the same bars, by the next `send`. */
  tryAgain(asked: AgainAsked): Promise<SentView>;
  /** Reads what came back: messages in files, as a mail program saves them (.eml, mbox). */
  bounces(files: readonly string[]): Promise<BounceReport>;
}
