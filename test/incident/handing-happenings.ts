import fc from 'fast-check';
import type { Events } from '../../src/model/event.ts';
import type { HandingEvents } from '../../src/model/handing-event.ts';
import { place, word } from './words.ts';

export const handingPubs: { readonly [One in keyof HandingEvents]: fc.Arbitrary<Events[One]> } = {
  'journal.handed': fc.record({ to: word, to_age: word, to_key: word }),
  'journal.kept': fc.record({ handed: place }),
  'origin.changed': fc.record({
    from_key: word,
    from_log: word,
    handed: place,
    incident: word,
    key: word,
    root: word,
    size: place,
    tool: word,
  }),
};
