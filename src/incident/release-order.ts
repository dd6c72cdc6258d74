import type { Inventory } from '../model/inventory.ts';
import type { Contained } from './release.ts';

/**
 * The order in which things may go on again. What receives goes before what sends to it, what is opened before the credential that
 * opens it; among those that are free, the least dangerous first. Pure.
 */

/** `after`: items of the same list that must be on, and proved so, before this one. */
export type Ordered = Contained & Readonly<{ after: readonly string[] }>;

type Row = Readonly<{ feeds: readonly string[]; channel: string | null; danger: number }>;

/** A credential serves whoever holds it; beside that, what reads more and may do more is worse in wrong hands. */
const CREDENTIAL = 1000;

const rowOf = ({ integrations, credentials }: Inventory, item: string): Row => {
  const integration = integrations.find(({ id }) => id === item);
  if (integration !== undefined) {
    const { feeds = [], channel = null, holds = [], scopes = [] } = integration;
    return { feeds, channel, danger: holds.length + scopes.length };
  }
  const credential = credentials.find(({ id }) => id === item);
  if (credential === undefined) return { feeds: [], channel: null, danger: 0 };
  const { opens, scopes = [] } = credential;
  return { feeds: opens, channel: null, danger: CREDENTIAL + scopes.length + opens.length };
};

/** What an item passes data on to, or opens, among those that are to go on: named itself, or by its channel. */
const receiversOf = (item: string, rows: ReadonlyMap<string, Row>): readonly string[] => {
  const own = rows.get(item);
  if (own === undefined) return [];
  return [...rows].flatMap(([id, { channel }]) =>
    id !== item && (own.feeds.includes(id) || (channel !== null && own.feeds.includes(channel))) ? [id] : [],
  );
};

export const inSafeOrder = (held: readonly Contained[], inventory: Inventory): readonly Ordered[] => {
  const rows = new Map(held.map(({ item }) => [item, rowOf(inventory, item)]));
  const receivers = new Map([...rows.keys()].map((item) => [item, receiversOf(item, rows)]));
  // Last stopped, first restored, where nothing else decides.
  const left = held.toReversed();
  const ordered: Ordered[] = [];
  const placed = new Set<string>();
  // Nobody waits for what was off before us, or is gone for good.
  const awaited = new Set(
    held.filter(({ way }) => way === 'undo' || way === 'by-hand').map(({ item }) => item),
  );
  const isFree = ({ item }: Contained): boolean =>
    (receivers.get(item) ?? []).every((one) => placed.has(one));
  const danger = ({ item }: Contained): number => rows.get(item)?.danger ?? 0;
  while (left.length > 0) {
    const free = left.filter(isFree);
    // Two that feed each other: somebody must be first, and the less dangerous is.
    const [next] = (free.length > 0 ? free : left).toSorted((a, b) => danger(a) - danger(b));
    if (next === undefined) break;
    left.splice(left.indexOf(next), 1);
    const after = (receivers.get(next.item) ?? []).filter((one) => awaited.has(one) && placed.has(one));
    ordered.push({ ...next, after });
    placed.add(next.item);
  }
  return ordered;
};
