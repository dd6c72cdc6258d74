import type { Block } from '../places.ts';
import type { RotationReport, RunReport, Scorecard } from '../../app/contract.ts';
import { doneLine, stoppedLines } from '../../app/rotation-words.ts';
import type { Manual } from '../../model/action.ts';
import { listed } from '../parts/line.ts';
import { latestLines, reportWords } from '../parts/outcome.ts';
import type { Trouble } from '../trouble.ts';

export const troubleBlocks = (trouble: Trouble): readonly Block[] => [
  { head: `FAIL: ${trouble.failed}`, body: listed(trouble.details), tone: 'bad' },
  ...(trouble.still === '' ? [] : [{ head: 'Still true', body: trouble.still }]),
  { head: 'Next', body: listed(trouble.next) },
];

export const manualBlocks = (
  pages: readonly Readonly<{ target: string; manual: Manual }>[],
): readonly Block[] =>
  pages.flatMap(({ target, manual }) => [
    { head: target, body: listed([manual.where, ...manual.steps.map((step, i) => `${i + 1}. ${step}`)]) },
    { head: 'Record as the result of the step', body: manual.record },
  ]);

/** How a rotation ended: done, or what is still true and the ways on. */
export const rotationBlocks = (report: RotationReport, step: string | null): readonly Block[] => {
  if (report.state === 'rotated') return [{ head: doneLine(report), body: '', tone: 'good' }];
  const [why = '', ...rest] = stoppedLines(report, step);
  return [{ head: why, body: rest.join('\n'), tone: report.oldDead ? 'warn' : 'bad' }];
};

const proofTones = { proved: 'good', refuted: 'bad', unproved: 'warn' } as const;
const proofWords = {
  proved: 'PROVED',
  refuted: 'NOT STOPPED, it still answers',
  unproved: 'not proved',
} as const;

export const recheckBlocks = (report: RunReport): readonly Block[] => [
  { head: reportWords[report.state].text, body: '', tone: reportWords[report.state].tone },
  ...latestLines(report.lines).flatMap((line): readonly Block[] =>
    line.is === 'proof'
      ? [
          {
            head: `${proofWords[line.proof.is]}: ${line.target}`,
            body: line.proof.how,
            tone: proofTones[line.proof.is],
          },
        ]
      : line.is === 'outcome'
        ? [{ head: `${line.outcome.result.toUpperCase()}: ${line.target}`, body: line.outcome.detail }]
        : [],
  ),
];

const wrongMoves = ({ traps }: Scorecard): readonly Block[] =>
  traps.length === 0
    ? []
    : [
        {
          head: 'Wrong moves',
          body: listed(
            traps.map(
              ({ says, instead, kind, points, minute }) =>
                `minute ${minute}, ${kind}, ${points} points: ${says}. Instead: ${instead}.`,
            ),
          ),
        },
      ];

const attackLine = ({ says, getsIn, refusedMinute, taken, unit }: Scorecard['attacks'][number]): string => {
  const stands =
    getsIn === null ? 'never tried' : getsIn ? 'STILL GETS IN' : `refused since minute ${refusedMinute ?? 0}`;
  return `${says}: ${stands}, ${taken} ${unit} taken`;
};

const attackBlocks = ({ attacks }: Scorecard): readonly Block[] =>
  attacks.length === 0 ? [] : [{ head: 'Whoever attacked', body: listed(attacks.map(attackLine)) }];

const cutShort = ({ stopped, notMeasured, untested }: Scorecard): readonly Block[] => [
  ...(stopped === null ? [] : [{ head: 'It ended before its end', body: stopped }]),
  ...(notMeasured.length === 0 ? [] : [{ head: 'Not measured', body: listed(notMeasured) }]),
  ...(untested.length === 0 ? [] : [{ head: 'NOT TESTED', body: listed(untested), tone: 'warn' as const }]),
];

export const scoreBlocks = (score: Scorecard, truth: string): readonly Block[] => [
  {
    head: score.passed ? 'PASSED' : 'NOT PASSED',
    body: `seed ${score.seed}`,
    tone: score.passed ? 'good' : 'bad',
  },
  {
    head: 'Measures',
    body: listed(
      score.measures.map(
        ({ title, value, target, met }) => `${met ? 'MET ' : 'MISS'} ${title}: ${value} (target ${target})`,
      ),
    ),
  },
  {
    head: 'What had to be true at the end',
    body: listed(score.ends.map(({ says, holds }) => `${holds ? 'TRUE ' : 'FALSE'} ${says}`)),
  },
  ...wrongMoves(score),
  ...attackBlocks(score),
  ...cutShort(score),
  { head: 'What really happened', body: truth },
];
