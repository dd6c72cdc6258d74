import type { LetterInput } from '../input.ts';
import type { LetterDraft } from '../shape.ts';
import { claimsOf } from './claims.ts';
import { unconfirmed } from './confirmed.ts';
import { easeOf } from './ease.ts';
import { lintOf } from './lint.ts';
import type { LetterReport, LintFinding } from './report.ts';
import { rulesFor } from './words/index.ts';

export type { LetterReport } from './report.ts';

/** Reads a letter as a careful colleague would before it goes. Pure: the same draft and journal give the same report. */
export function checkLetter(draft: LetterDraft, input: LetterInput): LetterReport {
  const { letter, language, sha256, complete, missing, follows, avoid, elements } = draft;
  const rules = rulesFor(language);
  const claims = rules === null ? [] : claimsOf(draft, input, rules);
  const lint = [
    ...(rules === null ? [unread(language)] : []),
    ...lintOf(draft, input, rules),
    ...unconfirmed(draft, input),
  ];
  const refused = [...claims, ...lint].filter(({ is }) => is === 'refused').map(({ rule }) => rule);
  return {
    letter,
    language,
    sha256,
    complete,
    missing,
    follows,
    avoid,
    elements,
    claims,
    lint,
    ease: easeOf(draft.text, language),
    refused: [...new Set(refused)].toSorted(),
    clean: complete && refused.length === 0,
  };
}

const unread = (language: string): LintFinding => ({
  rule: 'lint.language',
  is: 'warning',
  sentence: '',
  words: language,
  why: `no rules are written for the language ${language}: what the letter claims was not checked`,
  fix: 'let somebody who reads it compare each claim with the journal',
});
