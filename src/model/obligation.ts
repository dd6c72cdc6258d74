import type { Json } from '../base/canonical.ts';
import type { Period } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';

export type { Period } from '../base/duration.ts';

/** Another way to count, shown as text. The obligation's own period is the conservative one and the only one scheduled. */
export type Reading = Readonly<{ name: string; text: string }>;

/**
 * One thing a letter must say, with the article that asks for it and the facts that supply it: all of them.
 * `may_follow`: "not yet known, will follow" is an answer the rule allows.
 */
export type Element = Readonly<{
  id: string;
  article: string;
  title: string;
  facts: readonly string[];
  may_follow: boolean;
}>;

/**
 * A fact that ends a duty: `personal-data` is `no`, `risk-unlikely` is `yes`; or a number, `below` or `from` which it is not owed. Of a
 * range the whole has to lie there: five to six hundred people are not fewer than six hundred.
 */
export type RulesOut = Readonly<{ fact: string; why: string }> &
  (Readonly<{ is: 'yes' | 'no' }> | Readonly<{ below: number }> | Readonly<{ from: number }>);

/** No later than so many hours after another fact, unless the start itself came later than that. */
export type Capped = Readonly<{ fact: string; hours: number }>;

/** A duty as versioned data: who tells whom, from which fact, within which period. The law's own words are in `source`. */
export type Obligation = Readonly<{
  id: string;
  regime: string;
  title: string;
  /** Who owes it. `context`: another party owes it and the clock is shown only so that nobody is surprised. */
  owed_by: 'company' | 'controller' | 'processor' | 'merchant' | 'context';
  owed_by_name?: string;
  to: string;
  /** The fact that starts the clock. */
  starts: string;
  /** Duties of which the first submission is that start, as long as nobody records another: a report that follows another one. */
  after?: readonly string[];
  /**
   * Whether it counts from the earliest known time until its start is recorded or ruled out. False where the start is
   * a later act of somebody (a report sent, an investigator engaged): then nothing counts before that act.
   */
  provisional: boolean;
  ruled_out_by: readonly RulesOut[];
  period: Period;
  capped?: Capped;
  /** Whose days and hours of the day count, an IANA zone; without one, those of the incident. */
  zone?: string;
  threshold: string;
  region?: string;
  elements: readonly Element[];
  /**
   * Owed to one person each: no clock counts until one is opened, and then one for every person. `extension`: by how many months a
   * decision may make it longer, where the law allows that.
   */
  per_person?: Readonly<{ extension: number | null }>;
  /** Nobody answers to it: people who are told, the press, an own register. Else an acknowledgement is waited for. */
  no_acknowledgement?: true;
  /** By when the other side has to say that it has it, counted from the submission; only where the rule itself says so. */
  acknowledge_within?: Readonly<{ hours: number }>;
  /** Items of law, as in `Regulation.items`. */
  serves: readonly string[];
  source: string;
  version: string;
  /** First day in force, `YYYY-MM-DD`; null: the source carries no date. */
  effective_from: string | null;
  /** Last day in force. */
  effective_to?: string;
  confidence: 'primary' | 'third-party' | 'memory' | 'disputed';
  /** What is open about the source or the counting, for the person who relies on it. */
  note?: string;
  readings?: readonly Reading[];
  letter?: string;
  /** Contact wanted: a key of contacts.yaml `for`. */
  contact?: string;
}>;

/**
 * Where a duty stands, a pure view of facts, the rule and now. `provisional`: nobody has yet said whether or when it started,
 * so it is counted from the earliest known time. `sent`: submitted, proof not recorded yet.
 */
export type Standing =
  | 'idle'
  | 'provisional'
  | 'running'
  | 'overdue'
  | 'sent'
  | 'met'
  | 'met-late'
  | 'ruled-out';

/**
 * A fact as it stands now: the latest entry that learned, corrected or ruled it out. `n` is that entry's place, `at` when it
 * happened by the responder's word, `value` null when the answer is private.
 */
export type FactView = Readonly<{ n: number; at: Instant; known: boolean; value: Json; ruledOut: boolean }>;

/**
 * What was submitted for a duty. `submittedAt` is the first submission's: what follows in phases (GDPR 33(4)) does not make
 * a duty late that was met; `phase` is the latest. `proved`: a reference, delivery status or screenshot is recorded.
 */
export type SubmissionView = Readonly<{
  submittedAt: Instant;
  proved: boolean;
  acknowledgedAt: Instant | null;
  phase: number;
}>;

/**
 * What a recorded answer says to a yes-or-no question. `other`: a time, a text, or an answer that is private. Such an answer to a
 * start fact starts the clock, but only a plain yes or no ever ends a duty.
 */
export function answerOf(
  fact: Pick<FactView, 'known' | 'value' | 'ruledOut'> | undefined,
): 'yes' | 'no' | 'other' | 'unknown' {
  if (fact === undefined) return 'unknown';
  if (fact.ruledOut) return 'no';
  if (!fact.known) return 'unknown';
  if (fact.value === false || fact.value === 'no') return 'no';
  return fact.value === true || fact.value === 'yes' ? 'yes' : 'other';
}

/** A count as recorded: one number, or a range around one. Null where it is none. */
export function rangeOf(value: Json): Readonly<{ from: number; to: number }> | null {
  if (typeof value === 'number') return { from: value, to: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { from, to } = value as Readonly<Record<string, Json>>;
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null;
}

/** Whether what is recorded of its fact is what the rule asks for. */
export function isRuledOut(
  rule: RulesOut,
  fact: Pick<FactView, 'known' | 'value' | 'ruledOut'> | undefined,
): boolean {
  if ('is' in rule) return answerOf(fact) === rule.is;
  const range = fact === undefined || !fact.known || fact.ruledOut ? null : rangeOf(fact.value);
  if (range === null) return false;
  return 'below' in rule ? range.to < rule.below : range.from >= rule.from;
}
