import type { Company } from '../model/company.ts';
import { answerOf, isRuledOut, type FactView, type Obligation, type RulesOut } from '../model/obligation.ts';

/**
 * The contract of a regulation: one file, data and one pure function. Its id is the file's name. It knows nothing of clocks
 * running: it says which duties there are, which could apply here and why, and which items a runbook can serve.
 */
export interface Regulation {
  readonly title: string;
  readonly sources: readonly Source[];
  /** Every item that a step may name in `serves`. */
  readonly items: readonly Item[];
  readonly obligations: readonly Obligation[];
  /** What would change these duties and is no law yet: shown as that, and nothing starts by it. */
  readonly pending?: readonly Pending[];
  /** One answer for each obligation, in their order. What nobody knows yet could apply. */
  applies(situation: Situation): readonly Applicability[];
}

/** A change on its way: what it would do, and how far it had come on a day. */
export type Pending = Readonly<{ title: string; status: string; asOf: string }>;

/** `read`: whether the primary text was read, or the rule is known from accounts of it. */
export type Source = Readonly<{ title: string; citation: string; read: 'primary' | 'third-party' }>;

/**
 * `id` as written in `serves`: `gdpr:33.1`. A shorter id stands for all below it: `gdpr:33` for the article.
 * `counted`: coverage shows a row for it, because a runbook is where it is served.
 */
export type Item = Readonly<{ id: string; title: string; counted: boolean }>;

/** What is known when the question is asked: who the company is, what its systems hold, what has been recorded. */
export type Situation = Readonly<{
  organisation: Pick<Company['organisation'], 'country' | 'acts_as' | 'takes_cards' | 'regulated_as'>;
  /** Data kinds held by the inventory's channels: `contact`, `payment-card`, `health` ... */
  holds: readonly string[];
  /** Where the people of the inventory's channels live: `DE`, `US`, `US-CA` ... */
  regions: readonly string[];
  /** Kinds of connectors that the company uses: `meta`, `slack` ... */
  uses: readonly string[];
  facts: ReadonlyMap<string, Pick<FactView, 'known' | 'value' | 'ruledOut'>>;
}>;

/**
 * `owed`: its start is recorded. `could`: it runs provisional, and `missing` names the facts that would settle it.
 * `not`: with the reason, so that a person can disagree: the facts of the incident say so, or who the company is. `rule` is what
 * ends its clock where the duty itself does not say so, because it comes from how far the law reaches.
 */
export type Applicability = Readonly<{ duty: Obligation; why: string; missing: readonly string[] }> &
  (
    | Readonly<{ is: 'owed' | 'could' }>
    | Readonly<{ is: 'not'; by: 'company' }>
    | Readonly<{ is: 'not'; by: 'facts'; rule?: RulesOut }>
  );

/**
 * Judges one duty by its facts alone: its own rule-outs, then its start. The regulations put their questions about the company
 * before it, and ask `started` first: a recorded start outweighs what the company said of itself.
 */
export function byFacts(duty: Obligation, facts: Situation['facts']): Applicability {
  const start = answerOf(facts.get(duty.starts));
  if (start === 'no')
    return {
      duty,
      is: 'not',
      by: 'facts',
      why: `A named person ruled out \`${duty.starts}\`.`,
      missing: [],
    };
  const rule = duty.ruled_out_by.find((one) => isRuledOut(one, facts.get(one.fact)));
  if (rule !== undefined) return { duty, is: 'not', by: 'facts', why: rule.why, missing: [] };
  if (start !== 'unknown') {
    return { duty, is: 'owed', why: `\`${duty.starts}\` is recorded.`, missing: [] };
  }
  const open = [duty.starts, ...duty.ruled_out_by.map(({ fact }) => fact)];
  const missing = open.filter((fact) => answerOf(facts.get(fact)) === 'unknown');
  const why = duty.provisional
    ? `Nobody has recorded or ruled out \`${duty.starts}\` yet.`
    : `It starts only with \`${duty.starts}\`.`;
  return { duty, is: 'could', why, missing };
}

/** Whether somebody recorded the start of the duty. */
export const started = (duty: Obligation, { facts }: Situation): boolean =>
  ['yes', 'other'].includes(answerOf(facts.get(duty.starts)));

/** What the company is, or where its people are, rules the duty out. */
export const outOfReach = (
  duty: Obligation,
  why: string,
  missing: readonly string[] = [],
): Applicability => ({
  duty,
  is: 'not',
  by: 'company',
  why,
  missing,
});
