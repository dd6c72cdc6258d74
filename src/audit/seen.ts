import type { Listed, Listing } from '../connectors/connector.ts';
import type { Posture } from '../connectors/posture.ts';
import type { Inventory } from '../model/inventory.ts';

/** What the configured systems say exists, and which row of the inventory stands for each thing. */

/** One instance, asked or not. `why` is a sentence for a person. */
export type Seen = Readonly<{ instance: string; kind: string }> &
  (
    | Readonly<{ is: 'asked'; listing: Listing; posture: Posture }>
    /** Nothing of it can be listed, by anybody: not a failure. */
    | Readonly<{ is: 'unlisted' }>
    | Readonly<{ is: 'not-asked'; why: string; fix: string }>
  );

/** A row of the inventory that a system could know of. */
export type Row = Readonly<{
  id: string;
  title: string;
  kind: 'integration' | 'credential';
  instance: string | null;
  params: Readonly<Record<string, string>>;
  vendorId: string | null;
  /** Null where nobody has written them down. */
  scopes: readonly string[] | null;
  owner: string;
}>;

export const rowsOf = (inventory: Inventory): readonly Row[] =>
  (['integrations', 'credentials'] as const).flatMap((part) =>
    inventory[part].map((row): Row => ({
      id: row.id,
      title: row.title,
      kind: part === 'integrations' ? 'integration' : 'credential',
      instance: row.connector ?? null,
      params: row.params ?? {},
      vendorId: row.vendor_id ?? null,
      scopes: row.scopes ?? null,
      owner: row.owner,
    })),
  );

const sameParams = (item: Listed, row: Row): boolean => {
  const wanted = Object.entries(item.params ?? {});
  return wanted.length > 0 && wanted.every(([name, value]) => row.params[name] === value);
};

type Index = (key: string) => readonly Row[];

/** Rows by what they could be known by, in their order: a system may list tens of thousands of things. */
const indexed = (rows: readonly Row[], keysOf: (row: Row) => Iterable<string>): Index => {
  const found = new Map<string, Row[]>();
  for (const row of rows)
    for (const key of new Set(keysOf(row))) {
      const there = found.get(key);
      if (there === undefined) found.set(key, [row]);
      else there.push(row);
    }
  return (key) => found.get(key) ?? [];
};

const pairKey = ([name, value]: readonly [string, string]): string => `${name}\0${value}`;

/** Of lists that each hold every row in question, the one that is looked through fastest. */
const shortest = (lists: readonly (readonly Row[])[]): readonly Row[] =>
  lists.reduce<readonly Row[]>((best, one, i) => (i === 0 || one.length < best.length ? one : best), []);

/** What a thing could be in the inventory: rows in their order, of which the first that is free stands for it. */
type Way = (item: Listed) => readonly Row[];

/** Strongest first: a thing that only bears the name of a row must not take the place of the one it was written for. */
const waysTo = (rows: readonly Row[]): readonly Way[] => {
  const unnumbered = rows.filter(({ vendorId }) => vendorId === null);
  const place = new Map(rows.map((row, i) => [row, i]));
  const byId = indexed(rows, ({ vendorId }) => (vendorId === null ? [] : [vendorId]));
  const byParam = indexed(unnumbered, ({ params }) => Object.entries(params).map(pairKey));
  const byName = indexed(unnumbered, ({ id, title, params }) => [id, title, ...Object.values(params)]);
  return [
    (item) => byId(item.id),
    (item) =>
      shortest(Object.entries(item.params ?? {}).map((pair) => byParam(pairKey(pair)))).filter((row) =>
        sameParams(item, row),
      ),
    (item) => {
      if (item.params !== undefined) return [];
      const named = [...byName(item.id), ...byName(item.title)].filter(({ kind }) => kind === item.kind);
      return named.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    },
  ];
};

/** One row stands for one thing: whatever else answers to it is unknown. */
const matched = (items: readonly Listed[], rows: readonly Row[]): ReadonlyMap<Listed, Row> => {
  const found = new Map<Listed, Row>();
  const taken = new Set<Row>();
  for (const candidates of waysTo(rows)) {
    for (const item of items) {
      if (found.has(item)) continue;
      const row = candidates(item).find((one) => !taken.has(one));
      if (row === undefined) continue;
      found.set(item, row);
      taken.add(row);
    }
  }
  return found;
};

/** Every listed thing with its row, where it has one. */
export type Thing = Readonly<{ instance: string; kind: string; item: Listed; row: Row | null }>;

export const thingsOf = (seen: readonly Seen[], inventory: Inventory): readonly Thing[] => {
  const rows = rowsOf(inventory);
  return seen.flatMap((one) => {
    if (one.is !== 'asked') return [];
    const { instance, kind, listing } = one;
    const found = matched(
      listing.items,
      rows.filter((row) => row.instance === instance),
    );
    return listing.items.map((item): Thing => ({ instance, kind, item, row: found.get(item) ?? null }));
  });
};

/** What the listings cannot show, and the systems that were not asked: said with every result. */
export const blindSpotsOf = (seen: readonly Seen[], inventory: Inventory): readonly string[] => {
  const nameless = rowsOf(inventory).filter(
    (row) =>
      row.vendorId === null &&
      Object.keys(row.params).length === 0 &&
      seen.some((one) => one.is === 'asked' && one.instance === row.instance),
  );
  const known = new Set(thingsOf(seen, inventory).flatMap(({ row }) => (row === null ? [] : [row.id])));
  return [
    ...seen.flatMap((one) => {
      if (one.is === 'asked') return one.listing.blindSpots.map((spot) => `${one.instance}: ${spot}`);
      if (one.is === 'unlisted')
        return [`${one.instance}: a connector of the kind ${one.kind} cannot list anything`];
      return [`${one.instance} was not asked: ${one.why}`];
    }),
    ...nameless
      .filter(({ id }) => !known.has(id))
      .map(
        ({ id }) =>
          `${id}: the inventory names no id of it (params or vendor_id), so nothing can be compared`,
      ),
  ];
};
