import fc from 'fast-check';
import type { Events } from '../../src/model/event.ts';
import { place, time, word } from './words.ts';

type Kind = 'item.opened' | 'item.closed' | 'drill.begun';

/** What a drill keeps of its beginning and of what came of it. */
export const itemPubs: { readonly [One in Kind]: fc.Arbitrary<Events[One]> } = {
  'item.opened': fc.record({
    item: place,
    owner: word,
    due: fc.constant('2026-12-10'),
    priority: fc.constantFrom('high', 'low' as const),
    at: time,
  }),
  'item.closed': fc.record({
    item: place,
    how: fc.constantFrom('evidence', 'retest' as const),
    retest: fc.option(word, { nil: null }),
    at: time,
  }),
  'drill.begun': fc.record({
    at: time,
    by: fc.constantFrom('people', 'script' as const),
    scenario: word,
    pci: fc.array(word),
    gdpr: fc.array(word),
  }),
};
