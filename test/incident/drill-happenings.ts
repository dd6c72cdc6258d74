import fc from 'fast-check';
import { place, time, word } from './words.ts';

/** What happens only in a drill. */
export const drillPubs = {
  'drill.injected': fc.record({ inject: word, channel: word, to: word }),
  'drill.acknowledged': fc.record({ at: time }),
  'drill.sprung': fc.record({ trap: word, kind: fc.constantFrom('harmful', 'leak' as const), points: place }),
  'drill.attacked': fc.record({ attacker: word, gets_in: fc.boolean(), tries: place, taken: place }),
  'drill.directed': fc.record({
    what: fc.constantFrom('fire', 'hold', 'end' as const),
    inject: fc.option(word),
    speed: fc.option(place),
  }),
  'drill.stopped': fc.record({ rule: word }),
  'drill.slept': fc.record({ ms: place }),
  'drill.consented': fc.record({ consent: word, given: time, until: word }),
  'drill.paged': fc.record({ way: fc.constant('mail' as const), taken: fc.boolean() }),
  'drill.lost': fc.record({ instance: word }),
  'drill.called': fc.record({
    contact: word,
    result: fc.constantFrom('reached', 'wrong-number' as const),
    rung: time,
    answered: fc.option(time),
    at: time,
  }),
  'drill.scored': fc.record({ passed: fc.boolean(), seed: place }),
};
