/**
 * What is remembered of where a person was found: the channel and the kinds of data, and not the file. Exports of a month, one a day, are
 * one source; of more different ones than there is room for, the last place holds the kinds of all the others.
 */

type Export = Readonly<{ channel: string | null; mapping: string; data: readonly string[] }>;

export type Sources = Readonly<{
  names: readonly string[];
  /** Kinds of data by source. */
  classes: readonly (readonly string[])[];
  /** The source of each export. */
  of: readonly number[];
}>;

export const SOURCES_MAX = 32;

export function sourcesOf(exports: readonly Export[]): Sources {
  const known = new Map<string, Readonly<{ name: string; data: readonly string[] }>>();
  const keys = exports.map(({ channel, mapping, data }) => {
    const [name, kinds] = [channel ?? mapping, [...new Set(data)].toSorted()];
    const key = JSON.stringify([name, kinds]);
    known.set(key, { name, data: kinds });
    return key;
  });
  const all = [...known.values()];
  const places = new Map([...known.keys()].map((key, at) => [key, Math.min(at, SOURCES_MAX - 1)]));
  const of = keys.map((key) => places.get(key) ?? 0);
  if (all.length <= SOURCES_MAX)
    return { names: all.map(({ name }) => name), classes: all.map(({ data }) => data), of };
  const [own, others] = [all.slice(0, SOURCES_MAX - 1), all.slice(SOURCES_MAX - 1)];
  return {
    names: [...own.map(({ name }) => name), 'others'],
    classes: [...own.map(({ data }) => data), [...new Set(others.flatMap(({ data }) => data))]],
    of,
  };
}
