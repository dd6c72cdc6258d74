import { expect, test } from 'vitest';
import { amendmentsFor, differences } from '../../src/audit/difference.ts';
import { blindSpotsOf } from '../../src/audit/seen.ts';
import type { Seen } from '../../src/audit/seen.ts';
import type { Listed } from '../../src/connectors/connector.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { item, inventoryOf } from './rig.ts';

const asked = (...items: readonly Listed[]): readonly Seen[] => [
  { is: 'asked', instance: 'crm', kind: 'http', listing: { items, blindSpots: ['sessions'] }, posture: {} },
];
const row = (more: Readonly<Record<string, unknown>> = {}): Inventory =>
  inventoryOf({ integrations: [{ id: 'sync', title: 'Sync', connector: 'crm', ...more }] });
const kinds = (seen: readonly Seen[], inventory: Inventory): readonly string[] =>
  differences(seen, inventory).map(({ is }) => is);

test('a thing is known by what the actions know it by, and by nothing that its maker could choose', () => {
  const named = item({ id: '5', title: 'Sync', params: { hook: '5' } });
  expect(kinds(asked(named), row({ params: { hook: '5' } }))).toEqual([]);
  // The same number of another kind of thing, and the same title, are strangers.
  expect(kinds(asked(named), row({ params: { inbox: '5' } }))).toEqual(['unknown', 'gone']);
  expect(kinds(asked(named), row())).toEqual(['unknown']);
});

test('one row stands for one thing: a copy of it is unknown', () => {
  const one = item({ id: 'a', title: 'Sync' });
  const copy = item({ id: 'b', title: 'Sync' });
  expect(kinds(asked(one, copy), row())).toEqual(['unknown']);
  expect(differences(asked(copy, one), row({ vendor_id: 'a' }))).toMatchObject([{ item: { id: 'b' } }]);
});

test('what is gone is sure only where others of its kind are listed', () => {
  const inventory = row({ params: { hook: '5' } });
  const gone = (seen: readonly Seen[]) => differences(seen, inventory).find(({ is }) => is === 'gone');
  expect(gone(asked())).toMatchObject({ sure: false });
  expect(gone(asked(item({ params: { hook: '6' } })))).toMatchObject({ sure: true });
  const shut: readonly Seen[] = [
    { is: 'not-asked', instance: 'crm', kind: 'http', why: 'no token', fix: '' },
  ];
  expect(gone(shut)).toBeUndefined();
  expect(blindSpotsOf(shut, inventory)).toEqual(['crm was not asked: no token']);
});

test('wider scopes are told, fewer are not, and a pause is', () => {
  const inventory = row({ params: { hook: '5' }, scopes: ['read', 'write'] });
  const with_ = (more: Partial<Listed>): readonly Seen[] => asked(item({ params: { hook: '5' }, ...more }));
  expect(kinds(with_({ scopes: ['read'] }), inventory)).toEqual([]);
  expect(differences(with_({ scopes: ['read', 'admin'] }), inventory)).toMatchObject([
    { is: 'scopes', more: ['admin'], recorded: true },
  ]);
  expect(kinds(with_({ state: 'paused' }), inventory)).toEqual(['paused']);
});

test('a new row has an id of its own, no owner, and no sign that a terminal could act on', () => {
  const found = differences(
    asked(item({ id: '1', title: 'Sync' }), item({ id: '2', title: 'a\u001b[31m b' })),
    inventoryOf({}),
  );
  const rows = amendmentsFor(found, row(), '2026-11-27');
  expect(rows).toMatchObject([
    { do: 'add', part: 'integrations', row: { id: 'crm-sync', vendor_id: '1', owner: 'not claimed' } },
    { row: { id: 'crm-a-31m-b' } },
  ]);
  expect(JSON.stringify(rows)).not.toContain('\\u001b');
  expect(amendmentsFor([...found, ...found], row(), '')).toMatchObject([
    {},
    {},
    { row: { id: 'crm-sync-2' } },
    {},
  ]);
});

test('where an action would take several things by the same words, the row says which one it is', () => {
  const app = item({ id: 'app-1', title: 'App', params: { app: '1' } });
  const consent = item({ kind: 'credential', id: 'consent-9', title: 'Consent', params: { app: '1' } });
  const other = item({ id: 'app-2', title: 'Other', params: { app: '2' } });
  const found = differences(asked(app, consent, other), row());
  const rows = amendmentsFor(
    found.filter(({ is }) => is === 'unknown'),
    row(),
    '2026-11-27',
  );
  expect(rows).toMatchObject([
    { part: 'integrations', row: { params: { app: '1' }, vendor_id: 'app-1' } },
    { part: 'credentials', row: { params: { app: '1' }, vendor_id: 'consent-9' } },
    { row: { params: { app: '2' } } },
  ]);
  expect(JSON.stringify(rows[2])).not.toContain('vendor_id');
});

test('a row that names no id of its thing is a blind spot, not a difference', () => {
  const inventory = row();
  expect(kinds(asked(), inventory)).toEqual([]);
  expect(blindSpotsOf(asked(), inventory).join()).toContain('sync: the inventory names no id');
});
