import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/duration.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';

const WEBHOOKS = 5;

const hooks = { approvals: { 'stop-webhooks': 1 } };

test('the card of a step says who must approve, who could, and the keys for it', async () => {
  const { press, store } = opened(hooks);
  await toStep(press, WEBHOOKS);
  expect(seen(store)).toMatch(/Approval +1 other person must approve: nobody has yet/);
  expect(seen(store)).toContain('could approve: ben, cem');
  expect(seen(store)).toContain('a asks others, A: a colleague approves at this keyboard');
});

test('asked with one key and approved with another at this keyboard, it runs without a reason', async () => {
  const { app, press, store } = opened(hooks);
  await toStep(press, WEBHOOKS);
  await press('A');
  expect(seen(store)).toContain('First a: the request says exactly what is approved');
  await press('a');
  expect(seen(store)).toMatch(/asked by ada in entry \d+, expires/);
  await press('A', 'down', 'enter');
  expect(seen(store)).toContain('You sign for exactly this act');
  await press('s', 'e', 'c', 'r', 'e', 't', 'enter');
  expect(app.commands.at(-1)).toMatchObject({
    do: 'approve',
    signature: expect.stringContaining('SSH SIGNATURE') as string,
  });
  expect(seen(store)).toMatch(/1 other person must approve: (?:ben|cem) did/);
  await press('x', 'y');
  expect(app.sent.map(({ confirmation }) => confirmation)).toEqual([{ yes: true }]);
  expect(seen(store)).not.toContain('secret');
});

test('in the preview both keys work beside the reason, and an approval that comes makes the reason needless', async () => {
  const { app, press, store } = opened(hooks);
  await toStep(press, WEBHOOKS);
  await press('x');
  expect(seen(store)).toContain('Going on records an override');
  await press('ctrl+o');
  expect(app.commands.at(-1)).toEqual({ do: 'ask-approval', step: 'stop-webhooks' });
  await press('ctrl+y', 'down', 'enter', 'k', 'enter');
  expect(seen(store)).toContain('Approved by somebody else: no reason is needed');
  await press('enter', 'y');
  expect(app.sent.map(({ confirmation }) => confirmation)).toEqual([{ yes: true }]);
});

test('without it a typed reason goes on', async () => {
  const { app, press, words, store } = opened(hooks);
  await toStep(press, WEBHOOKS);
  await press('x', 'enter');
  expect(seen(store)).toContain('A reason is needed');
  await words('alone');
  await press('enter', 'y');
  expect(app.sent.map(({ confirmation }) => confirmation)).toEqual([{ yes: true, reason: 'alone' }]);
});

test('an override nags until somebody else has reviewed it', async () => {
  const { app, press, words, store } = opened({ approvals: { 'copy-record': 1 } });
  await app
    .incident()
    .act({ do: 'override', step: 'copy-record', what: 'approval', reason: 'Nobody answered' });
  expect(app.incident().state().overrides).toHaveLength(1);
  await press('.');
  expect(seen(store)).toMatch(/! review of the override in entry \d+ is due in 24 h/);
  app.advance(25 * HOUR);
  await press('down', 'up', '.');
  expect(seen(store)).toContain('REVIEW LATE');
  await press('A', 'down', 'enter', 'down', 'enter');
  await words('it was right');
  await press('enter', 'k', 'enter');
  expect(app.incident().state().overrides[0]?.review).toMatchObject({ agrees: true, signed: true });
  await press('.');
  expect(seen(store)).not.toContain('REVIEW');
});

test('a role that nobody holds is mentioned every quarter of an hour, for a while', async () => {
  const { app, press, store } = opened();
  await press('.');
  expect(seen(store)).not.toContain('nobody is');
  const after = async (ms: number): Promise<string> => {
    app.advance(ms);
    await press('down', 'up', '.');
    return seen(store);
  };
  expect(await after(15 * MINUTE)).toMatch(/! nobody is .*legal.* yet/);
  expect(await after(5 * MINUTE)).not.toContain('nobody is');
  expect(await after(10 * MINUTE)).toMatch(/! nobody is/);
});
