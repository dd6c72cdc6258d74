import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amendmentsFor, differences, writesIn } from '../../src/audit/difference.ts';
import { thingsOf, type Seen } from '../../src/audit/seen.ts';
import type { Listed } from '../../src/connectors/connector.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { processorMs } from '../rig/processor.ts';

// Of tens of thousands of things each finds its row as it would if all were compared with all, in a time that nobody notices.

type Row = Inventory['integrations'][number];
const inventoryOf = (rows: readonly Partial<Row>[]): Inventory =>
  ({ channels: [], credentials: [], integrations: rows }) as unknown as Inventory;
const asked = (items: readonly Listed[]): readonly Seen[] => [
  { is: 'asked', instance: 'parlo', kind: 'http', listing: { items, blindSpots: [] }, posture: {} },
];

/** All with all: strongest way first, and the first free row in each. */
const plainly = (items: readonly Listed[], rows: readonly Partial<Row>[]): readonly (string | null)[] => {
  const found = new Map<Listed, string>();
  const params = (row: Partial<Row>): Readonly<Record<string, string>> => row.params ?? {};
  for (const same of [
    (item: Listed, row: Partial<Row>) => row.vendor_id === item.id,
    ({ params: wanted = {} }: Listed, row: Partial<Row>) =>
      row.vendor_id === undefined &&
      Object.keys(wanted).length > 0 &&
      Object.entries(wanted).every(([name, value]) => params(row)[name] === value),
    (item: Listed, row: Partial<Row>) =>
      row.vendor_id === undefined &&
      item.params === undefined &&
      item.kind === 'integration' &&
      [row.id, row.title, ...Object.values(params(row))].some(
        (name) => name === item.id || name === item.title,
      ),
  ])
    for (const item of items) {
      const row = found.has(item)
        ? undefined
        : rows.find((one) => ![...found.values()].includes(one.id ?? '') && same(item, one));
      if (row !== undefined) found.set(item, row.id ?? '');
    }
  return items.map((item) => found.get(item) ?? null);
};

/** Few enough words that most things answer to several rows. */
const word = fc.constantFrom('a', 'b', 'c', 'd');
const someParams = fc.dictionary(fc.constantFrom('repo', 'key'), word, { maxKeys: 2 });
const anItem = fc.record(
  {
    kind: fc.constantFrom('integration' as const, 'credential' as const),
    id: word,
    title: word,
    params: someParams,
  },
  { requiredKeys: ['kind', 'id', 'title'] },
);
const aRow = fc.record({ title: word, params: someParams, vendor_id: word }, { requiredKeys: ['title'] });

test('each thing finds the row that it finds where all are compared with all', () => {
  fc.assert(
    fc.property(fc.array(anItem, { maxLength: 8 }), fc.array(aRow, { maxLength: 8 }), (some, given) => {
      const items = some.map((one): Listed => ({ state: 'active', detail: '', ...one }));
      const rows = given.map((one, i) => ({ ...one, id: `row-${i}`, connector: 'parlo', owner: 'ada' }));
      const things = thingsOf(asked(items), inventoryOf(rows));
      expect(things.map(({ row }) => row?.id ?? null)).toEqual(plainly(items, rows));
    }),
    { numRuns: 2000 },
  );
});

const crowd = (count: number): Readonly<{ seen: readonly Seen[]; inventory: Inventory }> => ({
  seen: asked(
    Array.from({ length: count }, (_, i): Listed => ({
      kind: 'integration',
      id: `item-${i}`,
      title: `Number ${i}`,
      params: { owner: 'lrh', integration_id: `item-${i}` },
      state: 'active',
      detail: '',
    })),
  ),
  inventory: inventoryOf(
    Array.from({ length: count / 8 }, (_, i) => ({
      id: `row-${i}`,
      title: `Row ${i}`,
      connector: 'parlo',
      owner: 'ada',
      params: { owner: 'lrh', integration_id: i % 2 === 0 ? `item-${i * 8}` : `gone-${i}` },
    })),
  ),
});

test('tens of thousands of things are compared with thousands of rows, and written down, within what nobody notices', () => {
  const { seen, inventory } = crowd(32_000);
  const took = processorMs(() => {
    const found = differences(seen, inventory);
    expect(writesIn(found)).toBe(amendmentsFor(found, inventory, '2026-11-28').length);
  });
  // A tenth of it, here; all with all takes six times as much.
  expect(took).toBeLessThan(4000);
});
