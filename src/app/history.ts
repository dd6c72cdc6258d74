import { toHex } from '../base/hash.ts';
import type { Instant } from '../base/instant.ts';
import type { Window } from '../incident/anchored.ts';
import { toRecorded } from '../incident/recorded.ts';
import type { IncidentState } from '../incident/state.ts';
import { encodeEntry, type Entry } from '../journal/entry.ts';
import { leafHash } from '../journal/merkle.ts';
import type { Journal } from '../journal/store.ts';
import type { Recorded } from '../model/event.ts';
import { remember, type Found, type Remembered, type Sought } from './remembering.ts';

/** The events of an incident. It can be longer than memory: what is not among the newest is read from the disk each time. */
export interface History {
  /** In order, from entry number `from` on, up to what is known when it is asked. */
  entries: (from?: number) => Iterable<Recorded>;
  /** From the newest on, or from the one before entry number `before`. */
  newestFirst: (before?: number) => Iterable<Recorded>;
  /** The entry with this number; null for the journal's own book-keeping and for what is not there. */
  entry: (n: number) => Recorded | null;
  /** What is looked for again and again, in order; found without reading the rest. */
  sought: <Name extends Sought>(name: Name) => readonly Found[Name][];
  newest: () => Recorded | null;
  /** The latest time that was ever recorded: a clock may have gone back since. */
  latest: () => Instant | null;
  /** Entries of kinds that only a newer version knows: they are told nowhere, so it has to be said that there are some. */
  unknown: () => number;
  /** What of it does not stand elsewhere, where the first `size` entries do. `total`: entries in the journal. */
  window: (size: number, total: number) => Window;
}

/** As the fold sees it: entry by entry, and what is to be kept of those that were let go of. */
export type Keeping = History &
  Readonly<{
    /** `left`: so many more are about to be taken, which will push this one out where they are many. */
    take: (entry: Recorded, left: number) => void;
    passOver: (kind: string) => void;
    remembered: () => Remembered;
  }>;

/** What has been folded so far. */
export type Folded = Readonly<{ state: () => IncidentState; size: () => number }>;

/** The newest stay in memory, between so many and twice as many: screens and drills look at these again and again. */
const KEPT = 2048;

export const recordedOf = (journal: Pick<Journal, 'walkedHash'>, entry: Entry): Recorded | null =>
  toRecorded(entry, () => journal.walkedHash(entry.n) ?? toHex(leafHash(encodeEntry(entry))));

export const keepHistory = (
  journal: Pick<Journal, 'walk' | 'walkedHash'>,
  { state, size }: Folded,
  before: Remembered,
): Keeping => {
  const memory = remember(before);
  let kept: readonly Recorded[] = [];
  let growing: Recorded[] = [];
  /** Every event from here on is in `kept` and `growing`. */
  let from = size();
  const near = (): readonly Recorded[] => [...kept, ...growing];
  const entries = (start = 0): Iterable<Recorded> =>
    start < from ? read(journal, start, size()) : start >= size() ? [] : after(near(), start);
  const entry = (n: number): Recorded | null => {
    if (n >= from) return after(near(), n).find((one) => one.n === n) ?? null;
    const [one] = read(journal, n, n + 1);
    return one ?? null;
  };
  return {
    take(recorded, left) {
      memory.take(recorded, state().acts);
      if (left >= KEPT) {
        // Kept for a while and then let go of, an entry costs the collector more than all else that is done with it.
        [kept, growing, from] = [[], [], recorded.n + 1];
        return;
      }
      growing.push(recorded);
      if (growing.length < KEPT) return;
      kept = growing;
      growing = [];
      from = kept[0]?.n ?? from;
    },
    passOver: memory.passOver,
    remembered: memory.remembered,
    unknown: () => memory.remembered().unknown,
    entries,
    *newestFirst(before = size()) {
      const end = from;
      for (const one of near().toReversed()) if (one.n < before) yield one;
      yield* read(journal, 0, Math.min(end, before), true);
    },
    entry,
    // The memory holds a number only under what that entry is.
    sought: (name) =>
      memory.numbers(name).flatMap((n) => entry(n) ?? []) as unknown as readonly Found[typeof name][],
    newest() {
      const { newest } = memory.remembered();
      return growing.at(-1) ?? kept.at(-1) ?? (newest === null ? null : entry(newest));
    },
    latest: () => memory.remembered().latest,
    window: (covered, total) =>
      memory.window({ size: covered, total, end: size(), acts: state().acts, entries }),
  };
};

const after = (entries: readonly Recorded[], start: number): readonly Recorded[] => {
  const at = entries.findIndex(({ n }) => n >= start);
  return at < 0 ? [] : entries.slice(at);
};

function* read(
  journal: Pick<Journal, 'walk' | 'walkedHash'>,
  start: number,
  to: number,
  newestFirst = false,
): Generator<Recorded> {
  for (const entry of journal.walk({ from: start, to, newestFirst })) {
    const recorded = recordedOf(journal, entry);
    if (recorded !== null) yield recorded;
  }
}
