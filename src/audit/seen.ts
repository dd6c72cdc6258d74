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

const sameName = (item: Listed, row: Row): boolean =>
  item.params === undefined &&
  item.kind === row.kind &&
  [row.id, row.title, ...Object.values(row.params)].some((name) => name === item.id || name === item.title);

/** Strongest first: a thing that only bears the name of a row must not take the place of the one it was written for. */
const ways = [
  (item: Listed, row: Row): boolean => row.vendorId !== null && row.vendorId === item.id,
  (item: Listed, row: Row): boolean => row.vendorId === null && sameParams(item, row),
  (item: Listed, row: Row): boolean => row.vendorId === null && sameName(item, row),
];

/** One row stands for one thing: whatever else answers to it is unknown. */
const matched = (items: readonly Listed[], rows: readonly Row[]): ReadonlyMap<Listed, Row> => {
  const found = new Map<Listed, Row>();
  const taken = new Set<Row>();
  for (const same of ways) {
    for (const item of items) {
      if (found.has(item)) continue;
      const row = rows.find((one) => !taken.has(one) && same(item, one));
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
