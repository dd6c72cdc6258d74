import type { LetterState } from '../../places.ts';
import { blank, labelled, line, paragraph, span, wrap, type Line } from '../../parts/line.ts';

type Report = LetterState['report'];
type Claim = Report['claims'][number];
type Lint = Report['lint'][number];

const INDENT = 9;

/** What is refused first, then what should be read again; what is carried says by what, at the end. */
export const findingLines = ({ claims, lint }: Report, width: number): readonly Line[] => {
  const refused = [...claims, ...lint].filter(({ is }) => is === 'refused');
  const lines = [
    ...claims.filter(({ is }) => is === 'refused').flatMap((one) => claimLines(one, width)),
    ...lint.flatMap((one) => lintLines(one, width)),
    ...claims.filter(({ is }) => is === 'carried').flatMap((one) => claimLines(one, width)),
  ];
  if (lines.length === 0) return [];
  const title =
    refused.length === 0
      ? 'What it says'
      : `What it says: ${refused.length} refused, and it cannot be released like that`;
  return [...wrap(line(span(title, 'strong')), width), ...lines, blank];
};

const claimLines = (claim: Claim, width: number): readonly Line[] => {
  if (claim.is === 'carried') {
    const entries = claim.entries.length === 0 ? '' : ` [entry ${claim.entries.join(', ')}]`;
    return [
      ...wrap(line(span('CARRIED  ', 'good'), `"${claim.words}"`), width, INDENT),
      ...paragraph(`${claim.by}${entries}`, width, 'dim', INDENT),
    ];
  }
  return [
    ...wrap(line(span('REFUSED  ', 'bad'), `"${claim.sentence}"`), width, INDENT),
    ...paragraph(`${claim.why}. It would need ${claim.wants}.`, width, 'plain', INDENT),
    ...(claim.command === null ? [] : paragraph(claim.command, width, 'strong', INDENT)),
  ];
};

const lintLines = ({ is, sentence, words, why, fix }: Lint, width: number): readonly Line[] => [
  ...wrap(
    line(
      is === 'refused' ? span('REFUSED  ', 'bad') : span('READ     ', 'warn'),
      sentence === '' ? words : `"${sentence}"`,
    ),
    width,
    INDENT,
  ),
  ...paragraph(`${why}: ${fix}.`, width, 'plain', INDENT),
];

/** Whether it may go, and the line that lets it: what a person releases they release by name, so it is typed and not one key away. */
export const releaseLines = ({ report, released }: LetterState, width: number): readonly Line[] => {
  const ease =
    report.ease === null
      ? []
      : labelled('Reads', `${report.ease.band}, ${report.ease.score} (${report.ease.formula})`, width);
  if (released?.stands === true) {
    const how = released.override ? ' by OVERRIDE' : '';
    return [...ease, ...labelled('Released', `entry ${released.n}, ${released.by}${how}`, width, 'good')];
  }
  const before = released === null ? 'not yet' : `entry ${released.n}, and the text has changed since`;
  const override = report.clean ? '' : ' --override "why"';
  return [
    ...ease,
    ...labelled(
      'Released',
      `${before}: firebreak letters release ${report.letter} --language ${report.language}${override}`,
      width,
      released === null ? 'plain' : 'warn',
    ),
  ];
};
