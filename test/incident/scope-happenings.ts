import fc from 'fast-check';
import { instant } from '../../src/base/instant.ts';

/** What can happen to who is affected, in any order. */
const word = fc.constantFrom('one', 'two');
const time = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(instant);
const place = fc.nat({ max: 40 });

export const scopeHappenings = {
  'scope.kept': fc.record({
    scope: word,
    list: fc.constantFrom('sightings', 'recipients' as const),
    part: place,
    sha256: word,
    size: place,
    records: place,
  }),
  'scope.imported': fc.record({
    scope: word,
    mapping: word,
    channel: fc.option(word, { nil: null }),
    data: fc.array(word),
    sha256: word,
    size: place,
    rows: place,
    bad: place,
    nobody: place,
    hidden: place,
    ways: place,
    parts: place,
    first: fc.option(time, { nil: null }),
    last: fc.option(time, { nil: null }),
  }),
  'scope.counted': fc.record({
    scope: word,
    imports: fc.array(word),
    since: time,
    until: time,
    people_counted: fc.tuple(place, place, place),
    records_counted: fc.tuple(place, place, place),
    groups: fc.array(
      fc.record({
        by: fc.constantFrom('country', 'data' as const),
        name: word,
        people: fc.tuple(place, place, place),
      }),
    ),
    listed: place,
    parts: place,
    list_sha256: word,
    gaps: place,
  }),
};
