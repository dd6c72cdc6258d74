import { expect, test } from 'vitest';
import { fold } from '../../src/incident/evolve.ts';
import { numbersAt, spansOf, standingOf, tallyOf } from '../../src/incident/sendings.ts';
import { told, type Happening } from '../fixtures/incident.ts';

/** Where letters stand, by what the journal says of them in its order. */

const MAILING = 'ab'.repeat(32);
const begun = (letters: readonly (readonly [number, number])[]): Happening => ({
  kind: 'mail.intent',
  pub: {
    mailing: MAILING,
    letter: 'gdpr-art34',
    to: 'list',
    instance: 'mail',
    letters,
    rows: 0,
    rows_root: '',
  },
});
const ended = (batch: number, results: string): Happening => ({
  kind: 'mail.outcome',
  pub: { batch, results, ended: 'whole', rows: 0, rows_root: '' },
});
const settled = (letters: readonly (readonly [number, number])[], taken: boolean): Happening => ({
  kind: 'mail.settled',
  pub: { mailing: MAILING, letters, taken },
});

const standing = (...happenings: readonly Happening[]) => {
  const { state, entries } = told(happenings);
  expect(fold(entries).sendings).toEqual(state.sendings);
  return standingOf(state.sendings.get(MAILING), 6);
};
const at = (found: Uint8Array, where: Parameters<typeof numbersAt>[1]) => [...numbersAt(found, where)];

test('until a run has ended nobody knows which of its letters were begun; the others are open', () => {
  const found = standing(
    begun([
      [1, 2],
      [5, 5],
    ]),
  );
  expect(at(found, 'underway')).toEqual([1, 2, 5]);
  expect(at(found, 'open')).toEqual([3, 4, 6]);
});

test('each letter has the end that its place in the run says; what was not begun is open again', () => {
  const found = standing(
    begun([
      [1, 3],
      [5, 6],
    ]),
    ended(0, 'qxf-u'),
  );
  expect(tallyOf(found)).toEqual({ open: 2, underway: 0, taken: 1, refused: 1, later: 1, unsure: 1 });
  expect(at(found, 'taken')).toEqual([1]);
  expect(at(found, 'unsure')).toEqual([6]);
  expect(at(found, 'open')).toEqual([4, 5]);
});

test('a later run and the word of a person stand above what was said before', () => {
  const found = standing(
    begun([[1, 3]]),
    ended(0, 'ufq'),
    begun([[2, 2]]),
    ended(2, 'q'),
    settled([[1, 1]], false),
  );
  expect(at(found, 'taken')).toEqual([2, 3]);
  expect(at(found, 'later')).toEqual([1]);
  expect(at(standing(begun([[1, 1]]), ended(0, 'u'), settled([[1, 1]], true)), 'taken')).toEqual([1]);
});

test('what was refused may be tried again; what was taken or is in doubt may not, whatever an entry says', () => {
  const again: Happening = { kind: 'mail.again', pub: { mailing: MAILING, letters: [[1, 6]] } };
  const before = [begun([[1, 5]]), ended(0, 'qxfu-')] as const;
  expect(at(standing(...before), 'refused')).toEqual([2]);
  const after = standing(...before, again);
  expect(tallyOf(after)).toEqual({ open: 2, underway: 0, taken: 1, refused: 0, later: 2, unsure: 1 });
  expect(at(after, 'later')).toEqual([2, 3]);
  expect(at(standing(...before, again, begun([[2, 2]]), ended(3, 'x')), 'refused')).toEqual([2]);
});

test('an outcome of a run that nobody began says nothing', () => {
  expect(tallyOf(standing(ended(7, 'qq'))).taken).toBe(0);
});

test('numbers are said as spans', () => {
  expect(spansOf([1, 2, 3, 7, 9, 10])).toEqual([
    [1, 3],
    [7, 7],
    [9, 10],
  ]);
  expect(spansOf([])).toEqual([]);
});
