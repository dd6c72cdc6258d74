import { afterEach, expect, test } from 'vitest';
import { fakeApp, type FakeApp } from '../fakes/app.ts';
import { keys, openScreen, type Screen } from '../rig/screen.ts';

let open: Screen | null = null;
afterEach(async () => {
  await open?.type(keys.esc, keys.esc, keys.ctrlC, keys.ctrlC);
  await open?.result;
  open = null;
});

const people = async () => {
  const app: FakeApp = fakeApp();
  const incident = app.incident();
  const at = openScreen(app, { columns: 80, rows: 24, start: { screen: 'incident', incident } });
  open = at;
  await at.still();
  await at.type('H');
  return { at, state: () => incident.view().state };
};

test('a role is handed over: it moves once the other has read the page and said it back', async () => {
  const { at, state } = await people();
  expect(at.text()).toMatch(/> commander +ada/);
  await at.type(keys.enter, 'ben', keys.enter, 'The vendor rings back at three', keys.enter);
  expect(at.text()).toContain('on its way to ben');
  expect(at.text()).toContain('The vendor rings back at three');
  expect(state().roles.get('commander')).toBe('ada');
  await at.type(keys.enter);
  expect(at.text()).toContain('How it stands');
  await at.type(keys.enter, 'ok', keys.enter);
  expect(at.text()).toMatch(/! say back in your own words how it stands/);
  expect(state().roles.get('commander')).toBe('ada');
  await at.type(', vendor at three, then letters', keys.enter);
  expect(state().roles.get('commander')).toBe('ben');
  expect(at.text()).toMatch(/> commander +ben/);
});

test('one person is asked for one thing, says yes, and says what came of it', async () => {
  const { at, state } = await people();
  await at.type('a', 'ada', keys.enter, 'Pull the audit log', keys.enter, keys.enter);
  expect(at.text()).toMatch(/WAIT +ada, 20 min 00 s left/);
  await at.type('G', keys.enter);
  expect(at.text()).toMatch(/NOW +ada/);
  await at.type(keys.enter, 'Kept as evidence', keys.enter);
  expect(at.text()).toMatch(/DONE +ada/);
  expect([...state().team.tasks.values()].map(({ ended }) => ended?.how)).toEqual(['done']);
});

test('everybody is nobody', async () => {
  const { at, state } = await people();
  await at.type('a', 'team', keys.enter);
  expect(at.text()).toContain('"team" is nobody');
  await at.type(keys.enter, keys.enter, keys.enter);
  expect(state().team.tasks.size).toBe(0);
});

test('what to know is one key away, and an offer is taken back with a reason', async () => {
  const { at, state } = await people();
  await at.type('v');
  expect(at.text()).toContain('How it stands');
  await at.type(keys.esc, keys.enter, 'ben', keys.enter, 'Nothing else', keys.enter);
  expect(state().team.offers.size).toBe(1);
  await at.type('x', 'He does not answer', keys.enter);
  expect(state().team.offers.size).toBe(0);
  expect(state().roles.get('commander')).toBe('ada');
});
