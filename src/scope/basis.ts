import { grouped } from '../base/grouped.ts';
import { formatUtc, type Instant } from '../base/instant.ts';
import { HOUR } from '../base/duration.ts';
import type { Counts } from './count.ts';
import type { Window } from './people.ts';

/** What the counts rest on and what is missing, in sentences: a number without them is a guess. */

export type Source = Readonly<{
  channel: string | null;
  mapping: string;
  rows: number;
  bad: number;
  first: Instant | null;
  last: Instant | null;
}>;
/** A channel of the data map that nothing came from; `people` at most, null where the data map does not say. */
export type Unseen = Readonly<{ title: string; people: number | null }>;

export type Basis = Readonly<{ basis: readonly string[]; gaps: readonly string[] }>;

export function basisOf(
  counts: Counts,
  sources: readonly Source[],
  unseen: readonly Unseen[],
  window: Window,
): Basis {
  const { joined } = counts;
  const some = (count: number, words: string): readonly string[] => (count === 0 ? [] : [words]);
  return {
    basis: [
      `${sources.length} ${sources.length === 1 ? 'export' : 'exports'}, ${formatUtc(window.since)} to ${formatUtc(window.until)}. People are joined by the same e-mail address (${grouped(joined.email)}), telephone number (${grouped(joined.phone)}) or id of a vendor (${grouped(joined.id)}), never by a name.`,
      `At least ${grouped(counts.minimum)}: those seen in that time who are known by the same kind of key, so that nobody is in it twice.`,
      `Likely ${grouped(counts.likely)}: everybody seen in that time${counts.untimed === 0 ? '' : `, and ${grouped(counts.untimed)} of whom nobody knows whether they were`}.`,
      `At most ${grouped(counts.maximum)}: with ${grouped(counts.nobody)} rows that name nobody, ${grouped(counts.names)} further names under shared addresses or numbers, and ${grouped(counts.unseen)} people of channels that nothing came from.`,
      ...some(counts.outside, `Not counted: ${grouped(counts.outside)} seen only at other times.`),
    ],
    gaps: [
      ...sources.flatMap((source) => gapsOf(source, window)),
      ...unseen.map(({ title, people }) =>
        people === null
          ? `Nothing came from ${title}, and the data map does not say how many people it holds: the most is not the most.`
          : `Nothing came from ${title}: the data map counts ${grouped(people)} people at most.`,
      ),
      ...some(
        counts.phoneOnly + counts.idOnly,
        `No mail reaches ${grouped(counts.phoneOnly + counts.idOnly)}: ${grouped(counts.phoneOnly)} are known by a telephone number alone, ${grouped(counts.idOnly)} by an id alone.`,
      ),
    ],
  };
}

function gapsOf(
  { channel, mapping, rows, bad, first, last }: Source,
  { since, until }: Window,
): readonly string[] {
  const name = channel ?? mapping;
  if (rows === 0) return [`${name}: the export holds no row that can be read.`];
  return [
    ...(first === null || last === null
      ? [`${name}: no row has a time, so nobody knows whether they fall into the window.`]
      : [
          ...(first - since > HOUR
            ? [`${name}: nothing before ${formatUtc(first)}, and the window begins earlier.`]
            : []),
          ...(until - last > HOUR
            ? [`${name}: nothing after ${formatUtc(last)}, and the window ends later.`]
            : []),
        ]),
    ...(bad === 0 ? [] : [`${name}: ${grouped(bad)} rows could not be read and are in no count.`]),
  ];
}
