import { claimIds, type ClaimId } from '../report.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { anyOf, beginsWith, once, counts, endsIn, spansOf, type Words } from './rules.ts';

/** A language made ready to be searched for. */
export type Rules = Readonly<{
  claims: readonly (readonly [ClaimId, RegExp])[];
  negated: RegExp;
  open: RegExp;
  follows: RegExp;
  joints: RegExp;
  transit: RegExp;
  gap: RegExp;
  counts: RegExp;
  spans: RegExp;
  stock: RegExp;
  blame: RegExp;
  liability: RegExp;
  marketing: RegExp;
  login: RegExp;
  warns: RegExp;
}>;

const all: Readonly<Record<string, Words>> = { en, de, fr, es };
const ready = new Map<string, Rules>();

/** Null for a language whose claims nobody has written down: its letters are read by a person alone. */
export const rulesFor = (language: string): Rules | null => {
  const words = Object.hasOwn(all, language) ? all[language] : undefined;
  if (words === undefined) return null;
  const rules = ready.get(language) ?? made(words);
  ready.set(language, rules);
  return rules;
};

const made = (words: Words): Rules => ({
  claims: claimIds.map((claim) => [claim, anyOf(words.claims[claim])]),
  negated: endsIn(words.negated),
  open: once(words.open),
  follows: beginsWith(words.follows),
  joints: anyOf(words.joints),
  transit: once(words.transit),
  gap: once(words.gap),
  counts: counts(words),
  spans: spansOf(words),
  stock: once(words.stock),
  blame: once(words.blame),
  liability: once(words.liability),
  marketing: once(words.marketing),
  login: once(words.login),
  warns: once(words.warns),
});
