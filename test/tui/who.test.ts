import { afterEach, expect, test } from 'vitest';
import { fakeApp, type FakeApp } from '../fakes/app.ts';
import { keys, openScreen, type Screen } from '../rig/screen.ts';

let open: Screen | null = null;
afterEach(async () => {
  await open?.type(keys.esc, keys.esc, keys.ctrlC, keys.ctrlC);
  await open?.result;
  open = null;
});

const ringing = async (): Promise<Readonly<{ at: Screen; calls: () => readonly unknown[] }>> => {
  const app: FakeApp = fakeApp();
  const incident = app.incident();
  const at = openScreen(app, { columns: 80, rows: 24, start: { screen: 'incident', incident } });
  open = at;
  await at.still();
  await at.type('P');
  const calls = () => incident.view().state.calls.map(({ contact, outcome }) => ({ contact, outcome }));
  return { at, calls };
};

const chosen = (at: Screen): string =>
  at
    .text()
    .split('\n')
    .find((line) => line.startsWith('> ')) ?? '';

test('the first number belongs to the duty that is due first, and one key logs the call', async () => {
  const { at, calls } = await ringing();
  expect(chosen(at)).toMatch(/^> \+353 1 555 0142 +Mary Byrne/);
  await at.type('a');
  expect(calls()).toEqual([{ contact: 'dpo', outcome: 'no-answer' }]);
  expect(chosen(at)).toMatch(/Mary Byrne rung/);
  expect(at.text()).toMatch(/Rung once at .*: no answer\./);
});

test('an authority without a number says where to go, and is logged the same way', async () => {
  const { at, calls } = await ringing();
  await at.type('j');
  expect(chosen(at)).toMatch(/^> no number +Data Protection Commission/);
  expect(at.text()).toContain('https://forms.dataprotection.ie/');
  await at.type('r');
  expect(calls()).toEqual([{ contact: 'dpa-ie', outcome: 'reached' }]);
});

test('a call is logged with what was said', async () => {
  const { at, calls } = await ringing();
  await at.type(keys.enter);
  expect(at.text()).toContain('The call to Mary Byrne');
  await at.type(keys.down, keys.tab, 'rang out twice', keys.enter);
  expect(calls()).toEqual([{ contact: 'dpo', outcome: 'no-answer' }]);
  await at.type('t');
  expect(at.text()).toContain('rang out twice');
});

test('where nobody is entered that is said, and nothing can be logged', async () => {
  const { at, calls } = await ringing();
  await at.type('jjj');
  expect(chosen(at)).toContain('MISSING');
  expect(at.text()).toContain('for: [acquirer]');
  await at.type('r');
  expect(calls()).toEqual([]);
  expect(at.text()).toContain('nobody is entered here');
});

test('a stale number is marked before it is dialled', async () => {
  const { at } = await ringing();
  await at.type('G');
  expect(at.text()).toMatch(/Meta business support +STALE/);
});

test('from a clock only those who take its notice are there, each once', async () => {
  const { at } = await ringing();
  await at.type(keys.esc, 'c', 'r');
  expect(at.text().match(/Mary Byrne/g)).toHaveLength(1);
  expect(at.text()).toContain('Data Protection Commission');
  expect(at.text()).not.toMatch(/The acquirer|Meta business support/);
});
