import fc from 'fast-check';
import { place, time, word } from './words.ts';

/** What can happen to letters, as far as it is public. */
export const letterPubs = {
  'letter.released': fc.record({
    letter: word,
    language: word,
    duty: fc.option(word, { nil: null }),
    sha256: word,
    at: time,
    missing: fc.array(word, { maxLength: 2 }),
    refused: fc.array(word, { maxLength: 2 }),
    override: fc.boolean(),
  }),
  'letters.merged': fc.record({
    letter: word,
    format: word,
    versions: fc.dictionary(word, word, { maxKeys: 3 }),
    rows: place,
    written: place,
    rejected: place,
    duplicates: place,
    bytes: place,
    sha256: word,
    list_sha256: word,
  }),
} as const;
