import { expect, test } from 'vitest';
import { places } from '../../rig/places.ts';
import { walkAll } from './scenes.ts';
import type { Walked } from './screens.ts';
import { protections, without } from './without.ts';

// Whatever comes up through the door of the app is hostile, and the app is walked by its own table of keys.

const missing = (wanted: readonly string[], had: ReadonlySet<string>): readonly string[] =>
  wanted.filter((one) => !had.has(one));

const small = { columns: 60, rows: 18 };

test('no screen lets anything act, hide, forge a line or leave its row', { timeout: 600_000 }, async () => {
  const { seen, spoke, faults } = await walkAll(small);
  expect(faults).toEqual([]);
  // Reached by keys alone: what is missing here needs a scene that leads there.
  expect(missing(places(), seen)).toEqual([]);
  expect(missing(places(), spoke)).toEqual([]);
});

test.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
])('nor where there is more room: $columns x $rows', { timeout: 600_000 }, async (size) => {
  const { seen, faults } = await walkAll(size, 1);
  expect(faults).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
});

test('the places are all of them', () => {
  expect(places().length).toBeGreaterThan(30);
  expect(places()).toContain('form take-over');
});

type Scenes = Readonly<{ walkAll: typeof walkAll }>;

const walkedWithout = async (protection: keyof typeof protections, enough?: RegExp): Promise<Walked> => {
  const scenes = await without<Scenes>(protection, 'test/security/hostile/scenes.ts');
  return await scenes.walkAll(small, 1, enough);
};

test('without the neutraliser something is found on every screen', { timeout: 600_000 }, async () => {
  const { seen, faults } = await walkedWithout('the neutraliser');
  const found = new Set(faults.map(({ where }) => where));
  expect(missing([...seen], found)).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
});

test.each([
  ['the measure', /cells$/],
  ['the bottom of the frame', /rows$/],
  ['the place under the first line', /^forged line$/],
] as const)('without %s that is found', { timeout: 600_000 }, async (protection, what) => {
  const { faults } = await walkedWithout(protection, what);
  expect(faults.map((fault) => fault.what)).toContainEqual(expect.stringMatching(what));
});
