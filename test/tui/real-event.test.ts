import { afterEach, expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import type { OpenDrill } from '../../src/app/contract.ts';
import { fakeApp, type FakeApp } from '../fakes/app.ts';
import { keys, openScreen, type Screen } from '../rig/screen.ts';

let open: Screen | null = null;
afterEach(async () => {
  await open?.type(keys.esc, keys.esc, keys.ctrlC, keys.ctrlC);
  await open?.result;
  open = null;
});

type Played = Readonly<{ at: Screen; said: readonly string[]; app: FakeApp }>;

const playing = async (more: Partial<FakeApp> = {}, fails: Problem | null = null): Promise<Played> => {
  const app: FakeApp = { ...fakeApp({ drill: true, title: 'Practised title' }), ...more };
  const said: string[] = [];
  const drill: OpenDrill = {
    ...app.incident(),
    realEvent: async () => {
      said.push('ended');
      if (fails !== null) throw fails;
      await Promise.resolve();
    },
    leave: async () => await Promise.resolve(void said.push('left')),
  };
  const at = openScreen(app, { columns: 80, rows: 24, start: { screen: 'drill', drill } });
  open = at;
  await at.still();
  await at.type(keys.enter);
  return { at, said, app };
};

const LEAVE = ['!', 'real', keys.enter] as const;

test('one key and a typed word lead out of a drill; Enter alone does not', async () => {
  const { at, said } = await playing();
  expect(at.text()).toContain('!: REAL EVENT');
  await at.type('!', keys.enter, 'yes', keys.enter);
  expect(at.text()).toContain('not "real": the drill goes on');
  expect(said).toEqual([]);
  await at.type(keys.ctrlU, 'REAL', keys.enter);
  expect(said).toEqual(['ended', 'left']);
});

test('the form for the real incident is empty, whatever was typed in the drill', async () => {
  const { at } = await playing();
  await at.type('n', 'practised words', keys.esc, ...LEAVE);
  expect(at.text()).toContain('Declare an incident');
  expect(at.text()).not.toContain('DRILL ');
  expect(at.text()).not.toContain('ractised');
  expect(at.text()).toContain('is ended and kept');
});

test('a drill that cannot be ended in its journal keeps nobody from declaring', async () => {
  const { at, said } = await playing({}, new Problem('storage-full'));
  await at.type(...LEAVE);
  expect(said).toEqual(['ended', 'left']);
  expect(at.text()).toContain('Declare an incident');
  expect(at.text()).toContain('the disk is full');
});

test('where no live part exists the program ends, and says that a real incident comes next', async () => {
  const { at } = await playing({ live: false });
  await at.type(...LEAVE);
  expect((await at.result).next).toMatchObject({ declare: true });
  open = null;
});

test('outside a drill there is no such key', async () => {
  const app = fakeApp();
  const at = openScreen(app, { start: { screen: 'incident', incident: app.incident() } });
  open = at;
  await at.still();
  expect(at.text()).not.toContain('REAL EVENT');
  await at.type('!');
  expect(at.text()).toContain('Not now: this is not a drill.');
});
