import { keyOf } from '../keys.ts';
import type { RunLine, RunReport } from '../../app/contract.ts';
import { aftermath, type Ways } from '../../app/aftermath.ts';
import type { Outcome, Result } from '../../model/action.ts';
import type { Look, Tone } from '../theme.ts';
import type { Trouble } from '../trouble.ts';
import { labelled, line, type Line, listed, paragraph, span } from './line.ts';

const results: Readonly<Record<Result, Readonly<{ word: string; tone: Tone }>>> = {
  done: { word: 'DONE', tone: 'good' },
  already: { word: 'ALREADY SO', tone: 'good' },
  accepted: { word: 'ACCEPTED, not finished', tone: 'wait' },
  forbidden: { word: 'FAIL: refused', tone: 'bad' },
  'not-supported': { word: 'FAIL: not possible through the API', tone: 'bad' },
  failed: { word: 'FAIL', tone: 'bad' },
  unknown: { word: 'UNSURE: it may have happened', tone: 'warn' },
};

const proofs = {
  proved: { word: 'PROVED', tone: 'good' },
  refuted: { word: 'NOT STOPPED: the system still answers', tone: 'bad' },
  unproved: { word: 'not proved yet', tone: 'warn' },
} as const;

/** The keys that help; a row outside a runbook has no page of its own. */
const waysOf = (step: string | null, look: Look): Ways => ({
  hand:
    step === null
      ? `at its vendor; then write down what you saw (${keyOf(look, 'incident:note')})`
      : `${keyOf(look, 'run:hand')} shows the way`,
  again:
    step === null
      ? 'try it again after that'
      : `esc, then ${keyOf(look, 'step:run')}: try it again after that`,
  ask: `${keyOf(look, 'run:again')} checks the real system; or say what you saw in its console`,
  doctor: 'firebreak doctor says whether that helped',
});

const advice = (outcome: Outcome, { width, step, look }: Shown): readonly Line[] => {
  const after = aftermath(outcome, waysOf(step, look));
  if (after === null) return [];
  return [
    ...labelled('Failed', after.failed, width),
    ...labelled('Still true', after.still, width),
    ...labelled('Next', listed(after.next), width),
    ...labelled('By hand', after.hand, width),
    ...labelled('Retry', after.retry, width),
  ];
};

const outcomeLines = (
  { target, outcome }: Extract<RunLine, { is: 'outcome' }>,
  shown: Shown,
): readonly Line[] => {
  const { word, tone } = results[outcome.result];
  const { width, raw } = shown;
  return [
    line(span(`${word} `, tone), span(target, 'strong')),
    ...paragraph(outcome.detail, width, 'plain', 2),
    ...advice(outcome, shown),
    ...(raw && outcome.http !== undefined ? [line(span(`  HTTP ${outcome.http}`, 'dim'))] : []),
  ];
};

/** `step`: whose way by hand a key shows; null where there is none. */
type Shown = Readonly<{ width: number; raw: boolean; step: string | null; look: Look }>;

export const runLine = (one: RunLine, shown: Shown): readonly Line[] => {
  const { width } = shown;
  switch (one.is) {
    case 'intent':
      return [line(span(`intent recorded as entry ${one.intent}, asking now: `, 'dim'), one.target)];
    case 'outcome':
      return outcomeLines(one, shown);
    case 'proof': {
      const { word, tone } = proofs[one.proof.is];
      return [
        line(span(`${word} `, tone), span(one.target, 'strong')),
        ...paragraph(one.proof.how, width, 'plain', 2),
      ];
    }
    case 'by-hand':
      return [
        line(span('BY HAND ', 'warn'), span(one.target, 'strong'), ` ${one.why}`),
        ...paragraph(
          listed([one.manual.where, ...one.manual.steps.map((step, i) => `${i + 1}. ${step}`)]),
          width,
          'plain',
          2,
        ),
        ...labelled('Record', one.manual.record, width),
      ];
    case 'progress':
      return [];
  }
};

/** The newest line of each target: what is superseded is not read twice. */
export const latestLines = (lines: readonly RunLine[]): readonly RunLine[] => {
  const shown = new Map<string, RunLine>();
  for (const one of lines) {
    if (one.is === 'progress') continue;
    if (one.is === 'outcome' || one.is === 'by-hand') shown.delete(`${one.target} intent`);
    shown.set(`${one.target} ${one.is}`, one);
  }
  return [...shown.values()];
};

export const reportWords: Readonly<Record<RunReport['state'], Readonly<{ text: string; tone: Tone }>>> = {
  proved: { text: 'DONE and PROVED: the real systems confirm it.', tone: 'good' },
  restored: { text: 'UNDONE: the state from before is back.', tone: 'good' },
  unrestored: {
    text: 'NOT ALL ON AGAIN: each target says why; the same release goes on with what is left.',
    tone: 'warn',
  },
  unproved: { text: 'Done, but not proved yet: ask the systems again.', tone: 'warn' },
  failed: { text: 'FAIL: not everything worked; see each target.', tone: 'bad' },
  unsure: { text: 'UNSURE: the outcome is not known; nothing is repeated.', tone: 'warn' },
  stopped: {
    text: 'STOPPED between two targets: what was done stands; running the step again goes on with what is left.',
    tone: 'warn',
  },
  'by-hand': {
    text: 'BY HAND: the tool cannot do it; follow the steps, then record the result on the step.',
    tone: 'warn',
  },
};

/** What failed, what is still true and what to do, where the page goes on around it. */
export const troubleLines = (trouble: Trouble, width: number): readonly Line[] => [
  ...paragraph(`FAIL: ${trouble.failed}`, width, 'bad'),
  ...trouble.details.flatMap((detail) => paragraph(detail, width, 'dim', 2)),
  ...(trouble.still === '' ? [] : labelled('Still true', trouble.still, width)),
  ...trouble.next.flatMap((next) => labelled('Next', next, width)),
];
