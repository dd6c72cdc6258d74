import { expect, test } from 'vitest';
import { top } from '../../src/tui/shell/model.ts';
import type { SendPlan } from '../../src/app/send-contract.ts';
import type { OpenIncident } from '../../src/app/contract.ts';
import { letGo, merged, type FakeMail } from '../fakes/mailing.ts';
import { key, opened, seen, type Keyboard } from '../rig/keyboard.ts';

type Heard = Readonly<{ at: Keyboard; calls: readonly (readonly [string, unknown])[] }>;

/** The keyboard in front of the dry run, and what reached the door of the mail. */
const planned = async (mail: FakeMail = {}): Promise<Heard> => {
  const at = opened({ mail, approvals: {} });
  const incident = at.app.incident();
  incident.write(letGo, merged());
  const calls: (readonly [string, unknown])[] = [];
  const door: OpenIncident['mail'] = incident.mail;
  const said =
    (name: string, work: (...given: never[]) => unknown) =>
    (...given: never[]): unknown => {
      calls.push([name, given[0]]);
      return work(...given);
    };
  Object.assign(incident, {
    mail: Object.fromEntries(Object.entries(door).map(([name, work]) => [name, said(name, work)])),
  });
  await at.press('L', 'S', 'enter');
  return { at, calls };
};

const named = (calls: Heard['calls'], name: string): readonly unknown[] =>
  calls.filter(([one]) => one === name).map(([, asked]) => asked);

const stageOf = ({ store }: Keyboard): string | null => {
  const state = top(store.model());
  return state.at === 'mailing' ? state.stage : null;
};

const free: Partial<SendPlan> = { bars: [] };

test('the dry run says who is written to, through what, and every bar with what to do', async () => {
  const { at, calls } = await planned();
  const text = seen(at.store);
  expect(text).toContain('Dry run: nothing has been sent');
  expect(text).toContain('PEOPLE on the list; 1,236 leave now');
  expect(text).toContain('mail-notices (smtp://mail.example.net:587)');
  expect(text).toMatch(/STOPS IT +nobody has seen these words arrive yet[^]*m merges a short list/);
  expect(text).toMatch(/STOPS IT +sending to people needs 2 others[^]*a asks them/);
  expect(text).toMatch(/could: ben, cem/);
  await at.words('1236');
  await at.press('enter');
  expect(named(calls, 'send')).toEqual([]);
  expect(stageOf(at)).toBe('plan');
});

test('two others are asked, each signs here, and the dry run is looked at anew', async () => {
  const { at } = await planned();
  await at.press('A');
  expect(seen(at.store)).toContain('first a: the request says exactly what is agreed to');
  await at.press('a');
  expect(seen(at.store)).toMatch(/Asked in entry \d+\. Here: A/);
  for (const [i, person] of ['ben', 'cem'].entries()) {
    await at.press('A', 'down', 'tab');
    await at.words('secret');
    await at.press('enter');
    expect(seen(at.store)).toContain(i === 0 ? 'ben has' : 'ben, cem have');
    expect(stageOf(at), person).toBe('plan');
  }
  expect(seen(at.store)).not.toContain('sending to people needs');
});

test('only the number of people sends, and Enter alone never does', async () => {
  const { at, calls } = await planned({ plan: free });
  await at.press('enter');
  await at.words('1235');
  await at.press('enter');
  expect(seen(at.store)).toContain('Type 1236, the number of people who get it. Nothing was sent.');
  expect(named(calls, 'send')).toEqual([]);
  await at.press('ctrl+u');
  await at.words('1,236');
  await at.press('enter');
  expect(named(calls, 'send')).toHaveLength(1);
  const text = seen(at.store);
  expect(text).toMatch(/TAKEN +1,230/);
  expect(text).toMatch(/REFUSED +3/);
  expect(text).toMatch(/IN DOUBT +2/);
});

test('what goes on is told with rate and time left, and esc ends it cleanly', async () => {
  const { at } = await planned({ plan: free, holds: true });
  await at.words('1236');
  at.store.send({ is: 'key', key: key('enter') });
  await Promise.resolve();
  expect(seen(at.store)).toMatch(
    /RUNNING 309 of 1,236, 1 refused, 2 IN DOUBT, 1,236 a minute, about 45 s left,\s+esc\s+stops after what is under way/,
  );
  at.store.send({ is: 'key', key: key('r') });
  expect(seen(at.store)).toContain('letters are being sent: esc stops after what is under way');
  await at.press('esc');
  expect(seen(at.store)).toContain('STOPPED: 306 letters were taken in this run; r looks at what is left.');
});

test('a second sending is refused while the first goes on', async () => {
  const { at, calls } = await planned({ plan: free, holds: true });
  await at.words('1236');
  at.store.send({ is: 'key', key: key('enter') });
  await Promise.resolve();
  for (const name of ['L', 'S', 'enter']) {
    at.store.send({ is: 'key', key: key(name) });
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  for (const name of ['1', '2', '3', '6', 'enter']) at.store.send({ is: 'key', key: key(name) });
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  expect(seen(at.store)).toContain('two at once could write to somebody twice');
  expect(named(calls, 'send')).toHaveLength(1);
  for (let i = 0; i < 4; i += 1) at.store.send({ is: 'key', key: key('esc') });
  await at.store.idle();
  expect(seen(at.store)).toContain('STOPPED');
});

test('a seed goes to colleagues with y, and a file of many is none', async () => {
  const many = await planned();
  await many.at.press('s');
  expect(seen(many.at.store)).toContain('a seed has at most 25 letters: m merges a short list');
  const few = await planned({ plan: { letters: 12, leaves: 12 } });
  await few.at.press('s', 'enter');
  expect(named(few.calls, 'send')).toEqual([]);
  await few.at.press('y');
  expect(named(few.calls, 'send')).toEqual([
    { file: '/home/example/letters of the night.jsonl', way: { by: 'server', name: null, to: 'seed' } },
  ]);
});

test('each letter that left is listed, and one in doubt is settled by what a log says', async () => {
  const { at, calls } = await planned({ plan: { letters: 12, leaves: 12 } });
  await at.press('s', 'y', 'v', 'y');
  expect(seen(at.store)).toContain('nothing here is in doubt');
  await at.press('tab', 'u');
  expect(seen(at.store)).toContain('try once more');
  await at.press('esc', 'tab', 'j', 'x');
  expect(seen(at.store)).toMatch(/somebody gets\s+it twice/);
  await at.words('mail.log says connection lost');
  await at.press('enter');
  expect(named(calls, 'settle')).toEqual([
    { mailing: 'd'.repeat(64), letters: [9], taken: false, reason: 'mail.log says connection lost' },
  ]);
});

test('of several mail servers one is chosen first', async () => {
  const { at, calls } = await planned({ servers: ['mail-notices', 'mail-offices'] });
  expect(seen(at.store)).toContain('Through which mail server');
  await at.press('down', 'down', 'enter');
  expect(named(calls, 'plan')).toEqual([
    {
      file: '/home/example/letters of the night.jsonl',
      way: { by: 'server', name: 'mail-offices', to: 'list' },
    },
  ]);
});

test('a file that somebody else sends is recorded with its number, and what came back is read', async () => {
  const { at, calls } = await planned({ plan: free });
  await at.press('esc', 'b');
  await at.words('back.mbox');
  await at.press('enter');
  expect(seen(at.store)).toContain('4 messages read: 2 recorded');
  await at.press('h');
  await at.words('the provider');
  await at.press('enter');
  await at.words('1236');
  await at.press('enter');
  expect(named(calls, 'hand')).toEqual([
    { file: '/home/example/letters of the night.jsonl', way: { by: 'hand', whom: 'the provider' } },
  ]);
  expect(seen(at.store)).toContain('given to somebody who sends it');
});
