import { canonicalJson } from '../base/canonical.ts';
import { visible } from '../base/text.ts';
import type { Listed } from '../connectors/connector.ts';
import type { Inventory } from '../model/inventory.ts';
import { rowsOf, thingsOf } from './seen.ts';
import type { Row, Seen } from './seen.ts';

/** The inventory against what exists. Pure: who asks and who writes is somebody else. */
export type Difference =
  | Readonly<{ is: 'unknown'; instance: string; item: Listed }>
  /** `sure`: the system listed others of its kind, so it would have listed this one. */
  | Readonly<{ is: 'gone'; instance: string; row: string; title: string; sure: boolean }>
  /** `recorded`: false where the inventory had no scopes to compare with. */
  | Readonly<{
      is: 'scopes';
      instance: string;
      row: string;
      item: Listed;
      more: readonly string[];
      recorded: boolean;
    }>
  | Readonly<{ is: 'paused'; instance: string; row: string; item: Listed }>;

export const differences = (seen: readonly Seen[], inventory: Inventory): readonly Difference[] => {
  const things = thingsOf(seen, inventory);
  const known = new Set(things.flatMap(({ row }) => (row === null ? [] : [row.id])));
  const rows = rowsOf(inventory);
  return [
    ...things.flatMap(({ instance, item, row }): readonly Difference[] =>
      row === null ? [{ is: 'unknown', instance, item }] : changesOf(instance, item, row),
    ),
    ...seen.flatMap((one) => {
      if (one.is !== 'asked') return [];
      const kinds = kindsOf(one.listing.items);
      return rows
        .filter((row) => row.instance === one.instance && !known.has(row.id) && identified(row))
        .map((row): Difference => ({
          is: 'gone',
          instance: one.instance,
          row: row.id,
          title: row.title,
          sure: kinds.some((item) => likeIt(item, row)),
        }));
    }),
  ];
};

const changesOf = (instance: string, item: Listed, row: Row): readonly Difference[] => {
  const before = new Set(row.scopes);
  const more = (item.scopes ?? []).filter((scope) => !before.has(scope));
  return [
    ...(more.length === 0
      ? []
      : [{ is: 'scopes' as const, instance, row: row.id, item, more, recorded: row.scopes !== null }]),
    ...(item.state === 'paused' ? [{ is: 'paused' as const, instance, row: row.id, item }] : []),
  ];
};

const identified = (row: Row): boolean => row.vendorId !== null || Object.keys(row.params).length > 0;

/** One thing of each kind that a listing has: of ten thousand there are a handful. */
const kindsOf = (items: readonly Listed[]): readonly Listed[] => [
  ...new Map(items.map((item) => [[item.kind, ...Object.keys(item.params ?? {})].join('\0'), item])).values(),
];

const likeIt = (item: Listed, row: Row): boolean => {
  const names = Object.keys(item.params ?? {});
  return row.vendorId !== null && names.length === 0
    ? item.kind === row.kind
    : names.length > 0 && names.every((name) => Object.hasOwn(row.params, name));
};

/** What a person may have written into the inventory: the rest wants somebody who knows. */
export type Amendment =
  | Readonly<{ do: 'add'; part: 'integrations' | 'credentials'; row: Readonly<Record<string, unknown>> }>
  | Readonly<{ do: 'scopes'; part: 'integrations' | 'credentials'; id: string; scopes: readonly string[] }>;

/** How much of it `amendmentsFor` would write, without making it. */
export const writesIn = (found: readonly Difference[]): number =>
  found.filter(({ is }) => is === 'unknown' || is === 'scopes').length;

/** Words for what nobody knows yet; an audit finds them again. */
const UNCLAIMED = 'not claimed';

/**
 * Unknown things become rows without an owner, and what a thing may do is written down. What is gone stays: a row also says
 * whom to ask, and only a person knows whether it was the last of its kind.
 */
export const amendmentsFor = (
  found: readonly Difference[],
  inventory: Inventory,
  today: string,
): readonly Amendment[] => {
  const taken = new Set([
    ...inventory.channels.map(({ id }) => id),
    ...inventory.integrations.map(({ id }) => id),
    ...inventory.credentials.map(({ id }) => id),
  ]);
  const kinds = new Map(rowsOf(inventory).map(({ id, kind }) => [id, kind]));
  const shared = sharedParams(found);
  return found.flatMap((one): readonly Amendment[] => {
    if (one.is === 'unknown') {
      const id = freeId(`${one.instance}-${one.item.title}`, taken);
      const row = newRow(id, one.instance, one.item, today);
      // What the actions take may stand for several things: then only the vendor's id tells which this is.
      const own = shared.has(paramsKey(one)) ? { ...row, vendor_id: one.item.id } : row;
      return [{ do: 'add', part: `${one.item.kind}s`, row: own }];
    }
    if (one.is !== 'scopes') return [];
    const part = kinds.get(one.row) === 'credential' ? 'credentials' : 'integrations';
    return [{ do: 'scopes', part, id: one.row, scopes: one.item.scopes ?? [] }];
  });
};

type Unknown = Extract<Difference, { is: 'unknown' }>;
const paramsKey = ({ instance, item }: Unknown): string => canonicalJson([instance, { ...item.params }]);

/** Parameters that more than one unknown thing would be written with. */
const sharedParams = (found: readonly Difference[]): ReadonlySet<string> => {
  const [once, more] = [new Set<string>(), new Set<string>()];
  for (const one of found) {
    if (one.is !== 'unknown' || one.item.params === undefined) continue;
    const key = paramsKey(one);
    if (once.has(key)) more.add(key);
    once.add(key);
  }
  return more;
};

const freeId = (text: string, taken: Set<string>): string => {
  const words = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
  const base = words === '' ? 'found' : words;
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  taken.add(id);
  return id;
};

const newRow = (
  id: string,
  instance: string,
  item: Listed,
  today: string,
): Readonly<Record<string, unknown>> => ({
  id,
  title: visible(item.title.trim() === '' ? item.id : item.title).slice(0, 300),
  ...(item.kind === 'credential' ? { kind: 'credential', opens: [] } : {}),
  connector: instance,
  ...(item.params === undefined ? { vendor_id: item.id } : { params: item.params }),
  ...(item.scopes === undefined || item.scopes.length === 0 ? {} : { scopes: item.scopes }),
  stops: `not known yet; ${instance} listed it on ${today}`,
  owner: UNCLAIMED,
});
