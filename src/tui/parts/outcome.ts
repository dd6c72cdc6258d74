import type { RunLine, RunReport } from '../../app/contract.ts';
import type { Outcome, Result } from '../../model/action.ts';
import type { Tone } from '../theme.ts';
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

/** What is still true after a failure, what comes next and whether trying again is safe. */
const advice = ({ result, http, retryAfterMs }: Outcome): readonly (readonly [string, string])[] => {
  if (result === 'unknown') {
    return [
      ['Still true', 'nothing was repeated and nothing rolled back'],
      ['Next', 'r checks the real system; or say what you saw in its console'],
      ['Retry', 'NOT before it was checked'],
    ];
  }
  if (result === 'forbidden') {
    return [
      ['Still true', 'nothing was changed'],
      [
        'Next',
        `the tool's own credential is not allowed this (HTTP ${http ?? '403'}): do it by hand (h), or give it the scope`,
      ],
      ['Retry', 'safe, but refused again until the scope is there'],
    ];
  }
  if (result === 'not-supported')
    return [
      ['Still true', 'nothing was changed'],
      ['Next', 'do it by hand (h)'],
      ['Retry', 'will not help'],
    ];
  const wait = retryAfterMs === undefined ? '' : `, after ${Math.ceil(retryAfterMs / 1000)} s`;
  return [
    ['Still true', 'nothing was changed'],
    ['Next', 'try again (x), or do it by hand (h)'],
    ['Retry', `safe${wait}`],
  ];
};

const outcomeLines = (target: string, outcome: Outcome, width: number, raw: boolean): readonly Line[] => {
  const { word, tone } = results[outcome.result];
  const failed = tone === 'bad' || tone === 'warn';
  return [
    line(span(`${word} `, tone), span(target, 'strong')),
    ...paragraph(outcome.detail, width, 'plain', 2),
    ...(failed ? advice(outcome).flatMap(([label, text]) => labelled(label, text, width)) : []),
    ...(raw && outcome.http !== undefined ? [line(span(`  HTTP ${outcome.http}`, 'dim'))] : []),
  ];
};

export const runLine = (one: RunLine, width: number, raw: boolean): readonly Line[] => {
  switch (one.is) {
    case 'intent':
      return [line(span(`intent recorded as entry ${one.intent}, asking now: `, 'dim'), one.target)];
    case 'outcome':
      return outcomeLines(one.target, one.outcome, width, raw);
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
  unproved: { text: 'Done, but not proved yet: r asks again.', tone: 'warn' },
  failed: { text: 'FAIL: not everything worked; see each target.', tone: 'bad' },
  unsure: { text: 'UNSURE: the outcome is not known; nothing is repeated.', tone: 'warn' },
  stopped: {
    text: 'STOPPED between two targets: what was done stands; running the step again goes on with what is left.',
    tone: 'warn',
  },
  'by-hand': {
    text: 'BY HAND: the tool cannot do it; follow the steps, then record the result (space).',
    tone: 'warn',
  },
};
