import type { Instant } from '../base/instant.ts';

/** What can have happened to the knowledge of who is affected: a part of `Events`. */
export type ScopeEvents = {
  /** A piece of what `scope` keeps of people, sealed: of an export as it was read, or of the list of those to be written to. */
  'scope.kept': {
    scope: string;
    list: 'sightings' | 'recipients';
    part: number;
    sha256: string;
    size: number;
    records: number;
  };
  /** An export was read to its end; its pieces stand before it. `sha256` and `size` are of the file as it was, which is not kept. */
  'scope.imported': {
    scope: string;
    mapping: string;
    channel: string | null;
    data: readonly string[];
    sha256: string;
    size: number;
    rows: number;
    bad: number;
    /** Rows that name nobody, and cells that held a secret or a card number and were left out. */
    nobody: number;
    hidden: number;
    ways: number;
    parts: number;
    first: Instant | null;
    last: Instant | null;
  };
  /** Who is affected, in a window, by these imports. Counts alone: [least, likely, most]. The list is in pieces before it. */
  'scope.counted': {
    scope: string;
    imports: readonly string[];
    since: Instant;
    until: Instant;
    people_counted: Counted;
    records_counted: Counted;
    groups: readonly CountedGroup[];
    listed: number;
    parts: number;
    list_sha256: string;
    gaps: number;
  };
};

/** At least, likely, at most. */
export type Counted = readonly [number, number, number];
/** Of one country or kind of data in public; brands are words of an export, which could be anybody's name, and are sealed. */
export type CountedGroup = Readonly<{
  by: 'country' | 'data' | 'brand' | 'card';
  name: string;
  people: Counted;
}>;
