import { expect, test } from 'vitest';
import { releasedLetter } from '../../src/projections/released.ts';
import { at, told, type Happening } from '../fixtures/incident.ts';

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
