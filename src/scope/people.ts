import type { Instant } from '../base/instant.ts';
import type { Kept } from './gather.ts';
import { bits, floats, keyOf, keyTable, numberOf, texts, whole, type Column } from './table.ts';

/**
 * The same person in several exports: joined by what they have in common, an e-mail address, a telephone number, or the id of a
 * vendor, and by nothing else. Two people of one name stay two. The order of the exports changes nothing.
 */

export const EMAIL = 1;
export const PHONE = 2;
export const ID = 4;

export type Window = Readonly<{ since: Instant; until: Instant }>;

/** Where a person stands to the window. */
export type When = 'inside' | 'unknown' | 'outside';

export type Person = Readonly<{
  /** Of the least of their keys: the same however often they are counted. */
  id: string;
  email: string;
  phone: string;
  name: string;
  language: string;
  country: string;
  brands: readonly string[];
  cards: readonly string[];
  /** Places in `sources`. */
  sources: readonly number[];
  records: number;
  when: When;
  /** Kinds of keys they are known by, and kinds that brought two sightings together: EMAIL, PHONE, ID, added up. */
  keys: number;
  joined: number;
  /** Different names under which they stand, at least one. */
  names: number;
}>;

export interface Joining {
  /** `place`: of what stands for this export among `sources`, 31 at most. */
  take(kept: Kept, source: number, place?: number): void;
  /** Everybody, by id. Null now and then, also while it is still being sorted: whoever must not stand still takes a breath there. */
  people(): Generator<Person | null>;
  readonly sightings: () => number;
}

/** More brands or kinds of cards than this are one: a column of ids is no column of brands. */
const FEW = 31;

export function joining(window: Window): Joining {
  const all = columns();
  const [brands, cards] = [few(), few()];
  const words = { country: many(), language: many() };
  return {
    sightings: () => all.parent.size(),
    take(kept, source, place = source) {
      const { sighting } = kept;
      const i = all.parent.size();
      // The same way in the same export, written down in two pieces, is no second meeting.
      const same = all.ways.put(keyOf(`${source} ${JSON.stringify(sighting)}`), i);
      if (same !== i) return again(all, same, kept);
      all.parent.push(i);
      all.email.push(all.texts.put(sighting.email));
      all.phone.push(all.texts.put(sighting.phone));
      all.name.push(all.texts.put(sighting.name));
      all.country.push(words.country.put(sighting.country));
      all.language.push(words.language.put(sighting.language));
      all.brands.push(brands.bit(sighting.brand));
      all.cards.push(cards.bit(sighting.card));
      all.sources.push(1 << Math.min(place, FEW));
      all.records.push(kept.records);
      all.first.push(kept.first ?? Infinity);
      all.last.push(kept.last ?? -Infinity);
      all.joined.push(0);
      all.least.push(Infinity);
      const keys = [
        [EMAIL, sighting.email],
        [PHONE, sighting.phone],
        ...sighting.ids.map((id) => [ID, id] as const),
      ] as const;
      for (const [kind, key] of keys) if (key !== '') meet(all, i, kind, key);
    },
    people: () => peopleOf(all, window, { brands, cards, ...words }),
  };
}

type Columns = ReturnType<typeof columns>;
const columns = () => ({
  parent: whole(),
  ways: keyTable(),
  table: keyTable(),
  texts: texts(),
  email: floats(),
  phone: floats(),
  name: floats(),
  country: whole(),
  language: whole(),
  brands: bits(),
  cards: bits(),
  sources: bits(),
  records: floats(),
  first: floats(),
  last: floats(),
  joined: whole(),
  /** The least number of the keys of a sighting. */
  least: floats(),
});

function again(all: Columns, i: number, { records, first, last }: Kept): void {
  all.records.set(i, all.records.get(i) + records);
  all.first.set(i, Math.min(all.first.get(i), first ?? Infinity));
  all.last.set(i, Math.max(all.last.get(i), last ?? -Infinity));
}

/**
 * 0 outside of the window, 1 not known, 2 inside: the more certain of two is the larger. Of all the times at which somebody stands in an
 * export the first and the last are kept: before the window and after it says nothing of the time between.
 */
const whenOf = (first: number, last: number, { since, until }: Window): number => {
  if (first > last) return 1;
  if (last < since || first > until) return 0;
  return first >= since || last <= until ? 2 : 1;
};

function meet(all: Columns, i: number, kind: number, key: string): void {
  const named = keyOf(`${kind}:${key}`);
  const other = all.table.put(named, i);
  all.least.set(i, Math.min(all.least.get(i), numberOf(named)));
  if (other === i) return;
  all.joined.set(i, all.joined.get(i) | kind);
  const [a, b] = [rootOf(all, i), rootOf(all, other)];
  if (a !== b) all.parent.set(Math.max(a, b), Math.min(a, b));
}

function rootOf({ parent }: Pick<Columns, 'parent'>, from: number): number {
  let at = from;
  for (let up = parent.get(at); up !== at; up = parent.get(at)) {
    parent.set(at, parent.get(up));
    at = parent.get(at);
  }
  return at;
}

type Words = Readonly<{ brands: Few; cards: Few; country: Many; language: Many }>;

/** So many sightings take a few milliseconds. */
const BREATH = 8192;

function* peopleOf(all: Columns, window: Window, words: Words): Generator<Person | null> {
  const names = yield* namesOf(all);
  const best = yield* bestOf(all, window, words);
  const roots = yield* sorted(Float64Array.from(best.roots), (a, b) => best.least.get(a) - best.least.get(b));
  for (const [at, i] of roots.entries()) {
    if (at % BREATH === BREATH - 1) yield null;
    yield {
      id: `p-${best.least.get(i).toString(16).padStart(13, '0')}`,
      email: all.texts.get(best.email.get(i)),
      phone: all.texts.get(best.phone.get(i)),
      name: all.texts.get(best.name.get(i)),
      language: words.language.get(best.language.get(i)),
      country: words.country.get(best.country.get(i)),
      brands: words.brands.names(best.brands.get(i)),
      cards: words.cards.names(best.cards.get(i)),
      sources: placesIn(best.sources.get(i)),
      records: best.records.get(i),
      when: (['outside', 'unknown', 'inside'] as const)[best.when.get(i)] ?? 'unknown',
      keys: best.keys.get(i),
      joined: best.joined.get(i),
      names: Math.max(1, names.get(i)),
    };
  }
}

/** Each number below `size`, with a null now and then. */
function* eachBelow(size: number, work: (i: number) => void): Generator<null, void> {
  for (let i = 0; i < size; i += 1) {
    work(i);
    if (i % BREATH === BREATH - 1) yield null;
  }
}

type Order = (a: number, b: number) => number;

/** Sorts in runs, and merges two neighbours at a time: the sort of the language would not let go before its end. */
function* sorted(values: Float64Array, order: Order): Generator<null, Float64Array> {
  let from = values;
  for (let at = 0; at < from.length; at += BREATH) {
    from.subarray(at, at + BREATH).sort(order);
    yield null;
  }
  for (let run = BREATH; run < values.length; run *= 2) {
    const to = new Float64Array(from.length);
    for (let at = 0; at < from.length; at += 2 * run) yield* mergeRuns(from, to, { at, run }, order);
    from = to;
  }
  return from;
}

function* mergeRuns(
  from: Float64Array,
  to: Float64Array,
  { at, run }: Readonly<{ at: number; run: number }>,
  order: Order,
): Generator<null, void> {
  const [middle, end] = [Math.min(at + run, from.length), Math.min(at + 2 * run, from.length)];
  let [left, right] = [at, middle];
  for (let place = at; place < end; place += 1) {
    const [a, b] = [from[left] ?? 0, from[right] ?? 0];
    const takesLeft = left < middle && (right >= end || !(order(a, b) > 0));
    to[place] = takesLeft ? a : b;
    if (takesLeft) left += 1;
    else right += 1;
    if (place % BREATH === BREATH - 1) yield null;
  }
}

/** How many different names stand under each root. */
function* namesOf(all: Columns): Generator<null, Column> {
  const size = all.parent.size();
  const [count, seen, met] = [whole(), keyTable(), whole()];
  yield* eachBelow(size, () => {
    for (const one of [count, met]) one.push(0);
  });
  yield* eachBelow(size, (i) => met.set(rootOf(all, i), met.get(rootOf(all, i)) + 1));
  yield* eachBelow(size, (i) => {
    const root = rootOf(all, i);
    // Who was seen once has one name.
    if (all.name.get(i) === 0 || met.get(root) === 1) return;
    const before = seen.size();
    seen.put(keyOf(`${root} ${all.texts.get(all.name.get(i)).toLowerCase()}`), i);
    if (seen.size() > before) count.set(root, count.get(root) + 1);
  });
  return count;
}

/**
 * What is said of a person is what was said last; of two things said at the same time it is the one that comes first in the
 * alphabet, so that no order of exports matters.
 */
function* bestOf(all: Columns, window: Window, words: Words): Generator<null, Best> {
  const best = { ...columns(), keys: bits(), when: whole(), roots: [] as number[] };
  const size = all.parent.size();
  const said = { email: floats(), phone: floats(), name: floats(), country: floats(), language: floats() };
  yield* eachBelow(size, () => {
    for (const to of [best.email, best.phone, best.name, best.country, best.language]) to.push(0);
    for (const to of [best.brands, best.cards, best.sources, best.keys, best.when]) to.push(0);
    for (const to of [best.records, best.joined]) to.push(0);
    best.least.push(Infinity);
    for (const one of Object.values(said)) one.push(-Infinity);
  });
  const word = {
    email: (at: number) => all.texts.get(at),
    phone: (at: number) => all.texts.get(at),
    name: (at: number) => all.texts.get(at),
    country: (at: number) => words.country.get(at),
    language: (at: number) => words.language.get(at),
  };
  const fields = ['email', 'phone', 'name', 'country', 'language'] as const;
  yield* eachBelow(size, (i) => {
    const root = rootOf(all, i);
    if (root === i) best.roots.push(i);
    for (const field of fields) {
      const [value, at] = [all[field].get(i), all.last.get(i)];
      if (value === 0) continue;
      const before = best[field].get(root);
      const [newest, newer] = [said[field].get(root), word[field](value)];
      if (before !== 0 && (at < newest || (at === newest && newer >= word[field](before)))) continue;
      best[field].set(root, value);
      said[field].set(root, at);
    }
    addUp(all, best, i, root, window);
  });
  return best;
}

type Best = Columns & Readonly<{ keys: Column; when: Column; roots: readonly number[] }>;

/** What is added up over all sightings of a person, whichever was the last. */
function addUp(all: Columns, best: Best, i: number, root: number, window: Window): void {
  for (const field of ['brands', 'cards', 'sources', 'joined'] as const)
    best[field].set(root, best[field].get(root) | all[field].get(i));
  best.keys.set(
    root,
    best.keys.get(root) |
      (all.email.get(i) === 0 ? 0 : EMAIL) |
      (all.phone.get(i) === 0 ? 0 : PHONE) |
      (all.email.get(i) === 0 && all.phone.get(i) === 0 ? ID : 0),
  );
  best.records.set(root, best.records.get(root) + all.records.get(i));
  best.when.set(root, Math.max(best.when.get(root), whenOf(all.first.get(i), all.last.get(i), window)));
  best.least.set(root, Math.min(best.least.get(root), all.least.get(i)));
}

type Many = Readonly<{ put: (word: string) => number; get: (at: number) => string }>;
/** Words of which there are hundreds; 0 is the empty one. */
function many(): Many {
  const [at, words] = [new Map<string, number>([['', 0]]), ['']];
  return {
    put: (word) => {
      const found = at.get(word);
      if (found !== undefined) return found;
      at.set(word, words.length);
      return words.push(word) - 1;
    },
    get: (place) => words[place] ?? '',
  };
}

type Few = Readonly<{ bit: (word: string) => number; names: (bits: number) => readonly string[] }>;
function few(): Few {
  const words: string[] = [];
  return {
    bit: (word) => {
      if (word === '') return 0;
      const at = words.indexOf(word);
      if (at !== -1) return (1 << at) >>> 0;
      return words.length >= FEW ? (1 << FEW) >>> 0 : (1 << (words.push(word) - 1)) >>> 0;
    },
    names: (set) => placesIn(set).map((at) => words[at] ?? 'others'),
  };
}

const placesIn = (set: number): readonly number[] =>
  set === 0 ? [] : Array.from({ length: 32 }, (_, at) => at).filter((at) => (set & ((1 << at) >>> 0)) !== 0);
