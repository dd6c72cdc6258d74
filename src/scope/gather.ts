import { utf8 } from '../base/hash.ts';
import type { Instant } from '../base/instant.ts';
import { isNobody, type Seen, type Sighting } from './sighting.ts';
import { floats, keyOf, keyTable, texts, type Column } from './table.ts';

/** What stays of an export: each way in which somebody stands in it once, with how often and from when to when. */
export type Kept = Readonly<{
  sighting: Sighting;
  records: number;
  /** Null where no row of it had a time. */
  first: Instant | null;
  last: Instant | null;
}>;

export interface Gatherer {
  take(seen: Seen): void;
  /** So much was taken that it should be written down before more comes. */
  full(): boolean;
  /** What was taken since the last time, as lines in pieces of about `bytes`. */
  pieces(bytes: number): Generator<Readonly<{ content: Uint8Array; records: number }>>;
  /** Of all that was taken. */
  readonly tally: Readonly<{ rows: number; nobody: number; first: Instant | null; last: Instant | null }>;
}

/** Ways kept before they are written down: what bounds memory whatever the size of the file. */
const WAYS_MAX = 250_000;

export function gatherer(waysMax = WAYS_MAX): Gatherer {
  const tally = { rows: 0, nobody: 0, first: null as Instant | null, last: null as Instant | null };
  let ways = fresh();
  return {
    tally,
    take({ sighting, at }) {
      tally.rows += 1;
      if (at !== null) {
        tally.first = tally.first === null || at < tally.first ? at : tally.first;
        tally.last = tally.last === null || at > tally.last ? at : tally.last;
      }
      if (isNobody(sighting)) tally.nobody += 1;
      else take(ways, sighting, at);
    },
    full: () => ways.records.size() >= waysMax,
    *pieces(bytes) {
      const done = ways;
      ways = fresh();
      let [lines, size]: [string[], number] = [[], 0];
      for (let i = 0; i < done.records.size(); i += 1) {
        const line = `${done.lines.get(done.line.get(i)).slice(0, -1)},${done.records.get(i)},${time(done.first, i)},${time(done.last, i)}]\n`;
        lines.push(line);
        size += line.length;
        if (size < bytes) continue;
        yield { content: utf8(lines.join('')), records: lines.length };
        [lines, size] = [[], 0];
      }
      if (lines.length > 0) yield { content: utf8(lines.join('')), records: lines.length };
    },
  };
}

type Ways = ReturnType<typeof fresh>;
const fresh = () => ({
  known: keyTable(),
  lines: texts(),
  line: floats(),
  records: floats(),
  first: floats(),
  last: floats(),
});

function take(ways: Ways, one: Sighting, at: Instant | null): void {
  const line = JSON.stringify([
    one.email,
    one.phone,
    one.ids,
    one.name,
    one.language,
    one.country,
    one.brand,
    one.card,
  ]);
  const next = ways.records.size();
  const i = ways.known.put(keyOf(line), next);
  if (i === next) {
    ways.line.push(ways.lines.put(line));
    ways.records.push(0);
    ways.first.push(at ?? NaN);
    ways.last.push(at ?? NaN);
  }
  ways.records.set(i, ways.records.get(i) + 1);
  if (at === null) return;
  // NaN is neither: the first time that is known replaces it.
  if (!(ways.first.get(i) <= at)) ways.first.set(i, at);
  if (!(ways.last.get(i) >= at)) ways.last.set(i, at);
}

const time = (column: Column, i: number): string => {
  const at = column.get(i);
  return Number.isNaN(at) ? 'null' : String(at);
};

type Line = readonly [
  string,
  string,
  readonly string[],
  string,
  string,
  string,
  string,
  string,
  number,
  Instant | null,
  Instant | null,
];

/** The lines of a piece, as they were written. */
export function* keptIn(piece: string): Generator<Kept> {
  for (const text of piece.split('\n')) {
    if (text === '') continue;
    const [email, phone, ids, name, language, country, brand, card, records, first, last] = JSON.parse(
      text,
    ) as Line;
    yield { sighting: { email, phone, ids, name, language, country, brand, card }, records, first, last };
  }
}
