import { expect, test } from 'vitest';
import { releasedLetter, submittedUnreleased } from '../../src/projections/released.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import { at, told, type Happening } from '../fixtures/incident.ts';
import { byHand, planOf } from './story.ts';

const released = (language: string, sha256: string, override = false): Happening => ({
  kind: 'letter.released',
  pub: {
    letter: 'gdpr-art34',
    language,
    duty: 'gdpr.34',
    sha256,
    at: at('2026-11-20T06:00:00Z'),
    missing: override ? ['Art. 34(2) likely consequences'] : [],
    refused: [],
    override,
  },
});

test('nobody released it: null, in this language and in this letter alone', () => {
  const { state } = told([released('en', 'ab'.repeat(32))]);
  expect(releasedLetter(state, 'gdpr-art34', 'de')).toBeNull();
  expect(releasedLetter(state, 'gdpr-art33', 'en')).toBeNull();
  expect(releasedLetter(state, 'gdpr-art34', 'en')).toMatchObject({ sha256: 'ab'.repeat(32), n: 0 });
});

test('the newest release counts: the text that was looked at last', () => {
  const { state } = told([released('en', 'ab'.repeat(32), true), released('en', 'cd'.repeat(32))]);
  expect(releasedLetter(state, 'gdpr-art34', 'en')).toMatchObject({
    sha256: 'cd'.repeat(32),
    override: false,
    n: 1,
  });
});

test('a duty that was submitted in words that nobody let go is not passed over, and one without a letter is', () => {
  const write = {
    ...byHand('write'),
    kind: 'write',
    letter: 'gdpr-art34',
    duty: 'gdpr.34',
  } as unknown as PlannedStep;
  const plan = planOf([write, byHand('register', { submits: 'gdpr.33-5' })]);
  const submitted = (duty: string): Happening => ({
    kind: 'duty.submitted',
    pub: { duty, at: at('2026-11-20T07:00:00Z'), phase: 1 },
  });
  const after = (...happenings: readonly Happening[]) =>
    submittedUnreleased({ ...told(happenings).state, plan });
  expect(after()).toEqual([]);
  expect(after(submitted('gdpr.33-5'))).toEqual([]);
  expect(after(submitted('gdpr.34'))).toEqual([{ duty: 'gdpr.34', letter: 'gdpr-art34' }]);
  expect(after(submitted('gdpr.34'), released('en', 'ab'.repeat(32)))).toEqual([]);
});
