import type { Instant } from '../base/instant.ts';
import { alsoOpen, nothingOpen, openIn, windowOf, type Open, type Window } from '../incident/anchored.ts';
import { isUnknown } from '../incident/recorded.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Recorded } from '../model/event.ts';
import { isPrivileged } from '../projections/privileged.ts';

/** What is asked of entries long after they were let go of: where some are, when the latest was, what is open since when. */

/** The entries that are looked for again and again, by what they are. */
export type Found = {
  'incident.opened': Recorded<'incident.opened'>;
  'definition.frozen': Recorded<'definition.frozen'>;
  'export.written': Recorded<'export.written'>;
  'journal.acknowledged': Recorded<'journal.acknowledged'>;
  'key.accepted': Recorded<'key.accepted'>;
  'drill.begun': Recorded<'drill.begun'>;
  'drill.directed': Recorded<'drill.directed'>;
  'drill.scored': Recorded<'drill.scored'>;
  privileged: Recorded;
};
export type Sought = keyof Found;

const KINDS: ReadonlySet<string> = new Set<Exclude<Sought, 'privileged'>>([
  'incident.opened',
  'definition.frozen',
  'export.written',
  'journal.acknowledged',
  'key.accepted',
  'drill.begun',
  'drill.directed',
  'drill.scored',
]);

/** Small, however long the incident: numbers of entries, and few of them. */
export type Remembered = Readonly<{
  sought: ReadonlyMap<Sought, readonly number[]>;
  /** By the size that stands elsewhere: what is open of the entries from there up to `next`. */
  open: ReadonlyMap<number, Readonly<{ next: number; open: Open }>>;
  newest: number | null;
  latest: Instant | null;
  /** Entries of kinds that only a newer version knows. */
  unknown: number;
}>;

export const nothingRemembered: Remembered = {
  sought: new Map(),
  // Until something stands elsewhere, everything is open.
  open: new Map([[0, { next: 0, open: nothingOpen }]]),
  newest: null,
  latest: null,
  unknown: 0,
};

export interface Memory {
  /** The next entry, in order, after the state has moved on with it. */
  take(entry: Recorded, acts: IncidentState['acts']): void;
  /** An entry that is no event for this version. */
  passOver: (kind: string) => void;
  numbers(name: Sought): readonly number[];
  /** `entries`: those from a number on, for what was not asked about before. `end`: the number after the last one taken. */
  window(of: WindowAsked): Window;
  remembered: () => Remembered;
}

type WindowAsked = Readonly<{
  size: number;
  total: number;
  end: number;
  acts: IncidentState['acts'];
  entries: (from: number) => Iterable<Recorded>;
}>;

/** Places that hold different sizes, and the backup. */
const WINDOWS = 8;

export const remember = (before: Remembered): Memory => {
  const sought = new Map([...before.sought].map(([name, numbers]) => [name, [...numbers]]));
  const open = new Map(before.open);
  let { newest, latest, unknown } = before;
  const find = (name: Sought, n: number): void => {
    const numbers = sought.get(name);
    if (numbers === undefined) sought.set(name, [n]);
    else numbers.push(n);
  };
  return {
    take(entry, acts) {
      const { n, kind, recorded_at: at } = entry;
      newest = n;
      if (latest === null || at > latest) latest = at;
      if (KINDS.has(kind)) find(kind as Sought, n);
      if (isPrivileged(entry)) find('privileged', n);
      for (const [size, { next, open: so }] of open)
        if (n >= next) open.set(size, { next: n + 1, open: alsoOpen(so, entry, acts) });
    },
    passOver(kind) {
      if (isUnknown(kind)) unknown += 1;
    },
    numbers: (name) => sought.get(name) ?? [],
    window({ size, total, end, acts, entries }) {
      const known = open.get(size) ?? { next: size, open: nothingOpen };
      const so = openIn(entries(known.next), acts, known.open);
      open.delete(size);
      open.set(size, { next: Math.max(known.next, end), open: so });
      for (const oldest of open.keys()) if (open.size > WINDOWS) open.delete(oldest);
      return windowOf(size, so, total);
    },
    remembered: () => ({ sought, open, newest, latest, unknown }),
  };
};
