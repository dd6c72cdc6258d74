import { describe, expect, test } from 'vitest';
import { doubts } from '../../src/projections/doubts.ts';
import { itemRef } from '../../src/model/item.ts';
import type { Fresh } from '../../src/model/event.ts';
import type { RetryClass } from '../../src/model/action.ts';
import { act, intent, outcome, story, verified, type Story } from '../incident/story.ts';

const names = ['t0', 't1', 't2', 't3'];
const begun = (retry: RetryClass, direction: 'do' | 'undo' = 'do'): Fresh<'batch.intent'> => ({
  kind: 'batch.intent',
  pub: {
    step: 'stop',
    direction,
    plan_sha256: 'ab'.repeat(32),
    ways: [{ instance: 'tiny', action: 'tiny.stop', effect: 'reversible', retry, confidence: 'confirmed' }],
    targets: names,
    way: names.map(() => 0),
    rows: 4,
    rows_root: '',
  },
});
const ended = (batch: number, results: string, proofs: string): Fresh<'batch.outcome'> => ({
  kind: 'batch.outcome',
  pub: { batch, step: 'stop', results, proofs, ended: 'cut', rows: 8, rows_root: '' },
});
const told = (): Story => story([act('stop', names)]);

describe('what may have happened', () => {
  test('of a batch is named by its place, and only what was begun is in doubt once it has ended', () => {
    const one = told();
    const batch = one.happens(begun('D'));
    expect(doubts(one.state()).map(({ ref }) => ref)).toEqual(
      [0, 1, 2, 3].map((place) => `${batch}.${place}`),
    );
    expect(doubts(one.state())[0]?.known).toContain('may not even have been begun');
    one.happens(ended(batch, 'du--', 'p---'));
    const [only, ...others] = doubts(one.state());
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      ref: `${batch}.1`,
      act: { target: 't1', intent: itemRef(batch, 1) },
      known: `target 2 of the batch of entry ${batch}: it was begun, and no answer says how it ended`,
      check: 'It is known.',
      again: 'the tool does not run it again before a person said what became of it',
    });
  });

  test.each([
    ['A', 'under the same key'],
    ['B', 'only what is missing'],
    ['C', 'asks the system first'],
    ['D', 'before a person said'],
  ] as const)('of class %s says what running it again does', (retry, words) => {
    const one = told();
    one.happens(intent('stop', 't0', { retry }));
    expect(doubts(one.state())[0]?.again).toContain(words);
  });

  test('of an undo is never run again by the tool, whatever its class', () => {
    const one = told();
    one.happens(intent('stop', 't0', { retry: 'B', direction: 'undo', of: 1 }));
    expect(doubts(one.state())[0]?.again).toContain('before a person said');
  });

  test('says what the system answered when it was asked', () => {
    const one = told();
    const first = one.happens(intent('stop', 't0', { retry: 'D' }));
    expect(doubts(one.state())[0]?.known).toBe(
      'no outcome was recorded: the tool or the line died in between',
    );
    one.happens(outcome(first, 'stop', 't0', 'unknown'), verified(first, 'stop', 't0', 'unproved'));
    expect(doubts(one.state())[0]?.known).toBe(
      'no answer came that says how it ended; the system was asked and could not tell',
    );
  });

  test('is of one step where one is asked about, and nothing once a person has said what became of it', () => {
    const one = told();
    const batch = one.happens(begun('D'));
    one.happens(ended(batch, 'uu--', '----'));
    expect(doubts(one.state(), 'other')).toEqual([]);
    one.does({ do: 'settle', intent: itemRef(batch, 1), result: 'failed', reason: 'the panel is lit' });
    expect(doubts(one.state(), 'stop').map(({ ref }) => ref)).toEqual([`${batch}.0`]);
    expect(() =>
      one.does({ do: 'settle', intent: itemRef(batch, 1), result: 'done', reason: 'no, dark' }),
    ).toThrow(/known already/);
  });

  test('named by its batch alone is refused with the targets that wait for an answer', () => {
    const one = told();
    const batch = one.happens(begun('D'));
    one.happens(ended(batch, 'u-u-', '----'));
    expect(() => one.does({ do: 'settle', intent: batch, result: 'done', reason: 'seen' })).toThrow(
      `near=${batch}.0, ${batch}.2`,
    );
  });
});
