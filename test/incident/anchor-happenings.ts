import fc from 'fast-check';
import type { Events } from '../../src/model/event.ts';
import { place, time, word } from './words.ts';

type Kind =
  | 'anchor.made'
  | 'anchor.copied'
  | 'anchor.failed'
  | 'anchor.lost'
  | 'journal.acknowledged'
  | 'key.lost'
  | 'key.accepted'
  | 'journal.contradicted';

const made = fc.record({
  anchor: word,
  type: fc.constantFrom('slack', 'folder' as const),
  size: place,
  seals: place,
  receipt_sha256: word,
  at: time,
});

export const anchorPubs: { readonly [One in Kind]: fc.Arbitrary<Events[One]> } = {
  'anchor.made': made,
  'anchor.copied': made,
  'anchor.failed': fc.record({
    anchor: word,
    type: fc.constantFrom('slack', 'timestamp' as const),
    size: place,
    fault: fc.constantFrom('unreachable', 'differs' as const),
  }),
  'anchor.lost': fc.record({
    anchor: word,
    type: fc.constantFrom('slack', 'folder' as const),
    size: place,
    found: fc.constantFrom('changed', 'gone' as const),
  }),
  'journal.acknowledged': fc.record({ known_size: place, known_root: word }),
  'key.lost': fc.record({ epoch: word, was: word }),
  'key.accepted': fc.record({ lost: place }),
  'journal.contradicted': fc.record({
    known_size: place,
    known_root: word,
    story: fc.constantFrom('shorter', 'other' as const),
  }),
};
