import { maskSecrets } from '../../base/mask.ts';
import type { LetterInput } from '../input.ts';
import type { LetterDraft } from '../shape.ts';
import type { LintFinding } from './report.ts';

/** In public, what was only estimated is taken for what is so, and cannot be taken back. */
export function unconfirmed(
  { elements }: LetterDraft,
  { source, state }: LetterInput,
): readonly LintFinding[] {
  if (source.to !== 'press') return [];
  const estimated = new Map(
    [...state.facts].flatMap(([id, { n, basis }]) => (basis === 'estimated' ? [[n, id] as const] : [])),
  );
  return elements.flatMap(({ value, entries }): readonly LintFinding[] => {
    const fact = entries.flatMap((n) => estimated.get(n) ?? [])[0];
    if (value === null || fact === undefined) return [];
    return [
      {
        rule: 'lint.unconfirmed',
        is: 'refused',
        sentence: maskSecrets(value).text,
        words: fact,
        why: 'it is recorded as an estimate, and a line for the press says what is confirmed',
        fix: `leave it out, or record what confirms it: firebreak fact ${fact} --correct "..." --basis log --why "..."`,
      },
    ];
  });
}
