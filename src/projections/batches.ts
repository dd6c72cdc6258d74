import type { Proof, Result } from '../model/action.ts';
import { proofLetters, resultLetters } from '../model/item.ts';
import { joined, type Of, type Sentence } from './sentence.ts';

/** What a batch says of itself: how many targets, and what became of them. */

const words: Readonly<Record<Result, string>> = {
  done: 'done',
  already: 'so already',
  accepted: 'accepted, not finished yet',
  forbidden: 'refused',
  'not-supported': 'not supported',
  failed: 'failed',
  unknown: 'not known',
};

const ends = {
  whole: '',
  stopped: ', stopped by a person between two of them',
  cut: ', cut off: what was under way is not known',
} as const;

const countOf = (letters: string, letter: string): number => letters.split(letter).length - 1;

export function batch(entry: Of<'batch.intent' | 'batch.outcome'>): Sentence {
  if (entry.kind === 'batch.intent') {
    const { direction, targets, ways } = entry.pub;
    const actions = [...new Set(ways.map((way) => way.action))].join(', ');
    return {
      what: `About to ${direction === 'undo' ? 'undo' : 'run'} ${actions} on ${targets.length} targets, each with its own record`,
      detail: `through ${[...new Set(ways.map((way) => way.instance))].join(', ')}`,
    };
  }
  const { batch: begun, results, proofs, ended } = entry.pub;
  const parts = (Object.keys(resultLetters) as Result[])
    .map((result) => ({ count: countOf(results, resultLetters[result]), word: words[result] }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}`);
  const left = countOf(results, '-');
  const proof = (word: Proof['is']): number => countOf(proofs, proofLetters[word]);
  const unsure = countOf(results, resultLetters.unknown) > 0 || left > 0 || proof('unproved') > 0;
  const bad = ['forbidden', 'not-supported', 'failed'] as const;
  const failed = proof('refuted') > 0 || bad.some((one) => countOf(results, resultLetters[one]) > 0);
  return {
    what: `The batch of entry ${begun} ended${ends[ended]}: ${joined(parts.join(', '), left === 0 ? '' : `${left} not begun`)}`,
    detail: `${proof('proved')} proved, ${proof('refuted')} refuted, ${proof('unproved')} could not be asked`,
    result: ended,
    outcome: failed ? 'fail' : unsure ? 'unsure' : 'ok',
  };
}
