import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textOf } from '../../src/tui/parts/line.ts';
import { packageRoot } from '../rig/app.ts';
import { places } from '../rig/places.ts';
import { exhibits, type Exhibit } from './exhibits.ts';
import { moved } from './interactive.tsx';
import { modes, pictured } from './modes.ts';
import { parts } from './parts.ts';
import { pictureOf } from './picture.tsx';
import { chosen, fileName, printed } from './print.ts';
import { states } from './states.ts';

/** Nobody looks at what is not in the kitchen: whatever the app has must be there, and in every state. */

const folder = join(packageRoot, 'src/tui/parts');
const files = readdirSync(folder).map((file) => file.replace(/\.tsx?$/, ''));
const DRAWS = /export const (\w+) = \((?:(?!=>)[\s\S])*?\): (?:readonly Line\[\]|Line|FieldPage) =>/g;
const drawing = (source: string): readonly string[] =>
  [...source.matchAll(DRAWS)].map(([, name = '']) => name);

const missing = (wanted: readonly string[], had: readonly string[]): readonly string[] =>
  wanted.filter((one) => !had.includes(one));
const placesOf = (all: readonly Exhibit[]): readonly string[] => all.flatMap(({ place }) => place ?? []);

test('every screen, form and overlay is in the kitchen, and every part', () => {
  expect(missing(places(), placesOf(exhibits))).toEqual([]);
  expect(missing(files, Object.keys(parts))).toEqual([]);
  expect(missing(Object.keys(parts), files)).toEqual([]);
});

test('whatever of a part draws lines is drawn here', () => {
  const shown = ['parts.ts', 'parts-words.ts']
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  const draws = files.flatMap((file) => drawing(readFileSync(join(folder, `${file}.ts`), 'utf8')));
  expect(draws.length).toBeGreaterThan(20);
  // Once where it is imported, and once where it is drawn.
  const times = (name: string): number => shown.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  expect(draws.filter((name) => times(name) < 2)).toEqual([]);
});

test('one that is left out is missed', () => {
  const without = exhibits.filter(({ place }) => place !== 'clocks' && place !== 'form note');
  expect(missing(places(), placesOf(without))).toEqual(['clocks', 'form note']);
  expect(missing([...files, 'gauge'], Object.keys(parts))).toEqual(['gauge']);
  expect(drawing('export const gauge = (far: Far, width: number): readonly Line[] => [];')).toEqual([
    'gauge',
  ]);
});

test('each is where it says it is, in every mode', { timeout: 120_000 }, async () => {
  const lost: string[] = [];
  for (const mode of Object.values(modes))
    for (const exhibit of exhibits) {
      const [usual = ''] = exhibit.states;
      const { at, lines } = await exhibit.show(usual, mode);
      if (exhibit.place !== null && at !== exhibit.place) lost.push(`${exhibit.name}: ${at}`);
      if (lines.length === 0 && exhibit.place !== null) lost.push(`${exhibit.name}: nothing`);
    }
  expect(lost).toEqual([]);
});

const words = async (state: string, only: string): Promise<string> => {
  const [[exhibit] = []] = chosen(exhibits, { only, state });
  const served = await exhibit?.show(state, modes['80x24']);
  return (served?.lines ?? []).map(textOf).join('\n');
};

test.each([
  ['drill', 'incident', 'DRILL'],
  ['read-only', 'incident', 'READ-ONLY'],
  ['sealed', 'timeline', '[sealed]'],
  ['overdue', 'incident', 'LATE'],
  ['error', 'form note', 'the disk is full'],
  ['offline', 'preview', 'no route to this host'],
  ['hostile', 'incident', '\\u{'],
  ['empty', 'doctor', 'Nothing was checked'],
])('the state %s makes a difference on %s', async (state, name, says) => {
  expect(Object.keys(states)).toContain(state);
  expect(await words(state, name)).toContain(says);
  expect(await words('usual', name)).not.toContain(says);
});

test('pictures have names of their own, and a colour where there is colour', async () => {
  const names = pictured.flatMap((mode) =>
    chosen(exhibits, { only: '', state: '' }).map(([exhibit, state]) => fileName(exhibit, state, mode)),
  );
  expect(new Set(names).size).toBe(names.length);
  const home = exhibits.find(({ name }) => name === 'home');
  const mono = await home?.show('usual', modes.monochrome);
  const svg = await pictureOf(mono?.lines ?? [], modes.monochrome, 'home');
  expect(svg).toContain('firebreak');
  expect(svg).not.toContain('font-weight="bold"');
});

test('text is asked for by name, state and mode', async () => {
  const out: string[] = [];
  for await (const one of printed(exhibits, { only: 'form note', state: 'usual', mode: 'monochrome' }))
    out.push(one);
  expect(out).toHaveLength(1);
  expect(out[0]).toContain('== form note (usual, monochrome)');
});

test('keys go round the exhibits, states and modes', () => {
  const at = { exhibit: 0, state: 0, mode: 0 };
  expect(moved(at, 'left', exhibits)).toEqual({ ...at, exhibit: exhibits.length - 1 });
  expect(moved({ ...at, state: 1 }, 'n', exhibits)).toEqual({ ...at, exhibit: 1 });
  expect(moved(at, 's', exhibits).state).toBe(1);
  expect(moved(moved(at, 'm', exhibits), 'z', exhibits).mode).toBe(1);
});
