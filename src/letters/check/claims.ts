import { maskSecrets } from '../../base/mask.ts';
import type { LetterInput } from '../input.ts';
import type { LetterDraft } from '../shape.ts';
import { carries } from './carried.ts';
import { numbersOf } from './numbers.ts';
import { originOf, valuesOf, type Origin } from './origin.ts';
import type { Claim } from './report.ts';
import { sentencesOf } from './sentences.ts';
import type { Rules } from './words/index.ts';

/** What every sentence claims, and whether the journal carries it. What the journal itself says is no claim about it. */
export function claimsOf(draft: LetterDraft, input: LetterInput, rules: Rules): readonly Claim[] {
  const values = valuesOf(draft, input);
  const gapNamed = rules.gap.test(draft.text);
  return sentencesOf(draft.text).flatMap(({ text }) => {
    const origin = (words: string): Origin => originOf(text, words, values);
    return [...said(text, origin, gapNamed, input, rules), ...numbersOf(text, origin, input, rules)];
  });
}

function said(
  text: string,
  originOfWords: (words: string) => Origin,
  gapNamed: boolean,
  input: LetterInput,
  rules: Rules,
): readonly Claim[] {
  return rules.claims.flatMap(([claim, pattern]): readonly Claim[] => {
    const words = meant(text, pattern, rules, TURNS.has(claim));
    if (words === null) return [];
    const { element, journal, source } = originOfWords(words);
    if (journal) return [];
    const about = { rule: `claim.${claim}`, sentence: maskSecrets(text).text, words, element } as const;
    const transit = rules.transit.test(text);
    const answer = carries(claim, { sentence: text, source, transit, gapNamed }, input);
    return ['by' in answer ? { ...about, is: 'carried', ...answer } : { ...about, is: 'refused', ...answer }];
  });
}

/** The others are negations themselves: "no evidence of access" is not turned round by its own "no". */
const TURNS: ReadonlySet<string> = new Set(['contained', 'stopped', 'encrypted', 'deleted']);
const BEFORE = 90;

/** The first place where the sentence really says it: not turned round, not left open in its own clause. */
function meant(text: string, pattern: RegExp, rules: Rules, turns: boolean): string | null {
  for (const { index, 0: words } of text.matchAll(pattern)) {
    const before = clauseBefore(text.slice(Math.max(0, index - BEFORE), index), rules);
    const opened =
      rules.open.test(before) ||
      rules.follows.test(text.slice(index + words.length, index + words.length + BEFORE));
    const turned = turns && rules.negated.test(before);
    if (!opened && !turned) return words;
  }
  return null;
}

function clauseBefore(before: string, { joints }: Rules): string {
  const comma = Math.max(...[',', ';', ':', '(', '–', '—'].map((mark) => before.lastIndexOf(mark))) + 1;
  const clause = before.slice(comma);
  const last = [...clause.matchAll(joints)].at(-1);
  return last === undefined ? clause : clause.slice(last.index + last[0].length);
}
