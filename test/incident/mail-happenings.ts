import fc from 'fast-check';
import { place, word } from './words.ts';

/** What can happen to merged letters on their way out, in any order. */
const spans = fc.array(fc.tuple(place, place), { maxLength: 3 });

export const mailPubs = {
  'mail.intent': fc.record({
    mailing: word,
    letter: word,
    to: fc.constantFrom('seed', 'list' as const),
    instance: word,
    letters: spans,
    rows: place,
    rows_root: word,
  }),
  'mail.outcome': fc.record({
    batch: place,
    results: fc.constantFrom('', 'qq', 'qxfu-'),
    ended: fc.constantFrom('whole', 'stopped', 'cut' as const),
    rows: place,
    rows_root: word,
  }),
  'mail.settled': fc.record({ mailing: word, letters: spans, taken: fc.boolean() }),
  'mail.again': fc.record({ mailing: word, letters: spans }),
  'mail.bounced': fc.record({ mailing: word, letter: place, status: word, lasting: fc.boolean() }),
  'mail.handed': fc.record({ mailing: word, count: place }),
} as const;
