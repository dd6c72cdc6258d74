import type { DraftElement } from '../shape.ts';

/** What a letter may say, looked at: what it claims and what stands behind that, what it must not hold, how easily it reads. */

export const claimIds = [
  'contained',
  'stopped',
  'no-access',
  'encrypted',
  'not-affected',
  'deleted',
  'no-misuse',
] as const;
export type ClaimId = (typeof claimIds)[number];

/** One sentence that says more than "we do not know". `by` names what carries it; `missing` what would, and how to record that. */
export type Claim = Readonly<{
  rule: `claim.${ClaimId}` | 'number';
  sentence: string;
  /** The words that make the claim. */
  words: string;
  /** The element whose value says it; null for words of the template. */
  element: string | null;
}> &
  (
    | Readonly<{ is: 'carried'; by: string; entries: readonly number[] }>
    | Readonly<{ is: 'refused'; why: string; wants: string; command: string | null }>
  );

/** `refused` keeps the letter in the house; a `warning` is for whoever reads it before it goes. */
export type LintFinding = Readonly<{
  rule: `lint.${string}`;
  is: 'refused' | 'warning';
  sentence: string;
  words: string;
  why: string;
  fix: string;
}>;

/** A number between about 0 and 100, more is easier; it never stands in the way. */
export type Ease = Readonly<{ score: number; band: string; formula: string }>;

export type LetterReport = Readonly<{
  letter: string;
  language: string;
  sha256: string;
  complete: boolean;
  missing: readonly string[];
  follows: readonly string[];
  avoid: readonly string[];
  elements: readonly DraftElement[];
  claims: readonly Claim[];
  lint: readonly LintFinding[];
  /** Null for a language without a formula, and for a letter without words. */
  ease: Ease | null;
  /** Rules that refuse the letter, each once, sorted. */
  refused: readonly string[];
  /** Complete, and nothing in it is refused. */
  clean: boolean;
}>;
