import type { Issue } from '../../base/problem.ts';
import { templateNames } from '../../model/letter.ts';
import type { LetterSource } from '../../model/letter.ts';
import { didYouMean } from '../nearest.ts';
import type { YamlFile } from '../yaml.ts';
import { findingsIn } from './finding.ts';
import { withSource } from '../source.ts';

/** What each letter of the GDPR has to hold by law, by the letters of Art. 33(3): (a) stands in Art. 34(2) in words of its own. */
const ASKED: Readonly<Record<string, Readonly<{ law: string; points: readonly string[] }>>> = {
  'gdpr.33-1': { law: 'Art. 33(3)', points: ['a', 'b', 'c', 'd'] },
  'gdpr.34': { law: 'Art. 34(2)', points: ['b', 'c', 'd'] },
};

/** As lawyers cite it: `Art. 33(3)(c)`, `Art. 33 Abs. 3 Buchst. c`, `art. 33, par. 3, lett. c`. */
const citation = (point: string): RegExp =>
  new RegExp(
    `33\\W*(?:Abs\\.|par\\.|para\\.|§)?\\W*3\\W*(?:lit\\.|Buchst\\.|lett\\.|point)?\\W*${point}\\b`,
    'i',
  );

/** FB040: a letter that the law gives a content says where each part of it stands. */
export function lintLetter(yaml: YamlFile, { duty, elements }: LetterSource): readonly Issue[] {
  const findings = findingsIn(yaml);
  const asked = ASKED[duty ?? ''];
  const cited = elements
    .flatMap(({ article }) => (typeof article === 'string' ? [article] : Object.values(article)))
    .join('\n');
  for (const point of asked?.points ?? [])
    if (!citation(point).test(cited))
      findings.warning(
        'FB040',
        ['elements'],
        `${asked?.law ?? ''} asks for point (${point}) of Art. 33(3), and no element cites it`,
        `add an element with \`article: Art. 33(3)(${point})\``,
      );
  return findings.issues;
}

/** What a template may print: `{{name}}`, `{{#if name}}`, `{{#unless name}}`; comments are no names. */
const PRINTED = /\{\{~?\s*(?:[#^/]\s*)?(?:(?:if|unless)\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*~?\}\}/g;
const WORDS: ReadonlySet<string> = new Set(['else', 'if', 'unless', 'this']);

/** FB041: a name that nothing fills would be found out in the night in which the letter is written. */
export function lintTemplate(file: string, text: string, letter: LetterSource): readonly Issue[] {
  const known = templateNames(letter);
  const issues = [...text.matchAll(PRINTED)].flatMap((found): readonly Issue[] => {
    const name = found[1] ?? '';
    if (WORDS.has(name) || known.has(name)) return [];
    const before = text.slice(0, found.index + found[0].lastIndexOf(name));
    const hint = didYouMean(name, known);
    return [
      {
        rule: 'FB041',
        severity: 'error',
        file,
        line: before.split('\n').length,
        col: before.length - before.lastIndexOf('\n'),
        message: `{{${name}}} is not declared in letter.yaml`,
        ...(hint === undefined ? {} : { hint }),
      },
    ];
  });
  return withSource(issues, text);
}
