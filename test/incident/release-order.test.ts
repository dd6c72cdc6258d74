import { describe, expect, test } from 'vitest';
import { inSafeOrder } from '../../src/incident/release-order.ts';
import type { Contained, Way } from '../../src/incident/release.ts';
import type { Inventory } from '../../src/model/inventory.ts';

const row = (id: string, more: Partial<Inventory['integrations'][number]> = {}) => ({
  id,
  title: id,
  stops: 'x',
  owner: 'y',
  ...more,
});
const inventory: Inventory = {
  channels: [],
  integrations: [
    row('hook', { feeds: ['inbox'], scopes: ['read'] }),
    row('inbox', { feeds: ['sync'] }),
    row('sync', { feeds: ['crm'], scopes: ['a', 'b', 'c'] }),
    row('in-crm', { channel: 'crm', scopes: ['a', 'b', 'c', 'd'] }),
    row('loose', { scopes: ['a', 'b'] }),
    row('round-a', { feeds: ['round-b'], scopes: ['a'] }),
    row('round-b', { feeds: ['round-a'] }),
  ],
  credentials: [{ id: 'token', title: 't', kind: 'bot token', opens: ['hook'], stops: 'x', owner: 'y' }],
};
const held = (item: string, way: Way = 'undo'): Contained => ({
  item,
  step: null,
  instance: 'one',
  action: 'one.pause',
  way,
  intent: 1,
});
const order = (...items: readonly (string | Contained)[]) =>
  inSafeOrder(
    items.map((one) => (typeof one === 'string' ? held(one) : one)),
    inventory,
  );

describe('the order of a release', () => {
  test('what receives goes before what sends to it, by row or by channel, and credentials after what they open', () => {
    const found = order('token', 'hook', 'inbox', 'sync', 'in-crm');
    expect(found.map(({ item }) => item)).toEqual(['in-crm', 'sync', 'inbox', 'hook', 'token']);
    expect(found.map(({ after }) => after)).toEqual([[], ['in-crm'], ['sync'], ['inbox'], ['hook']]);
  });

  test('among those that are free the least dangerous goes first', () => {
    expect(order('loose', 'sync', 'hook').map(({ item }) => item)).toEqual(['hook', 'loose', 'sync']);
  });

  test('nobody waits for what was off before us or is gone for good', () => {
    const found = order('hook', held('inbox', 'stays-off'));
    expect(found.map(({ item, after }) => [item, after])).toEqual([
      ['inbox', []],
      ['hook', []],
    ]);
    expect(order('hook', held('inbox', 'by-hand')).at(-1)?.after).toEqual(['inbox']);
  });

  test('two that feed each other do not wait for ever', () => {
    expect(order('round-a', 'round-b').map(({ item, after }) => [item, after])).toEqual([
      ['round-b', []],
      ['round-a', ['round-b']],
    ]);
  });
});
