import { expect, test } from 'vitest';
import type { KeyReport } from '../../src/app/contract.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { fakeKey } from '../cli/fake-keys.ts';
import { fakeApp } from '../fakes/app.ts';

// While one way alone leads to what is sealed, every screen says so; before anything is sealed there is nothing to lose.

const size = { columns: 80, rows: 24 };
const look = { color: false, ascii: true, screenReader: false };

const homeWith = (key: Partial<KeyReport>): string => {
  const store = openStore({ ...fakeApp(), key: () => fakeKey(key) }, { screen: 'home' }, look, size);
  store.tick();
  const [first] = store.lines(size);
  return (first?.spans ?? []).map(({ text }) => text).join('');
};

test.each([
  { key: { alone: true, made: true }, says: true },
  { key: { alone: false, made: true }, says: false },
  { key: { alone: true, made: false }, says: false },
])('a lone key is named on the first line: $key', ({ key, says }) => {
  expect(homeWith(key).includes('ONE KEY')).toBe(says);
});

test('it stands behind the name of where somebody is', () => {
  expect(homeWith({ alone: true, made: true })).toMatch(/^firebreak +\[ONE KEY: firebreak keys init\]$/);
});
