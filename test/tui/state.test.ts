import { expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { itemRef } from '../../src/model/item.ts';
import { top } from '../../src/tui/shell/model.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';

const REVOKE = 4;
const WEBHOOKS = 5;

test('enter never runs what changes a system', async () => {
  const { app, press, store } = opened();
  await toStep(press, WEBHOOKS);
  await press('x', 'enter', 'enter', 'enter');
  expect(app.sent).toHaveLength(0);
  expect(seen(store)).toContain('Enter confirms nothing');
});

test('y runs the very object that was shown', async () => {
  const { app, press, store } = opened();
  await toStep(press, WEBHOOKS);
  await press('x');
  const shown = top(store.model());
  await press('y');
  expect(app.sent).toHaveLength(1);
  expect(shown.at === 'run' && app.sent[0]?.prepared === shown.prepared).toBe(true);
  expect(seen(store)).toContain('DONE and PROVED');
});

test('what cannot be undone runs only after its name was typed exactly', async () => {
  const { app, press, words } = opened();
  await toStep(press, REVOKE);
  await press('x', 'y', 'v');
  await press('y', 'enter');
  await words('wa-system');
  await press('enter');
  expect(app.sent).toHaveLength(0);
  await press('ctrl+u');
  await words('wa-system-user-token');
  await press('enter');
  expect(app.sent.map(({ confirmation }) => confirmation)).toEqual([{ typed: 'wa-system-user-token' }]);
});

test('evidence that is not taken yet holds a revocation until one key waives it, with the reason recorded', async () => {
  const { app, press } = opened();
  await toStep(press, REVOKE);
  await press('x', 'enter');
  expect(app.sent).toHaveLength(0);
  await press('v');
  expect(app.commands).toEqual([
    {
      do: 'waive',
      step: 'revoke-token',
      preserve: 'copy-record',
      reason: expect.stringContaining('Active misuse') as string,
    },
  ]);
});

test('an action without a target cannot be run', async () => {
  const { app, press, store } = opened();
  await toStep(press, 7);
  await press('x', 'y', 'enter');
  expect(app.sent).toHaveLength(0);
  expect(seen(store)).toContain('no target is known');
});

test.each([
  ['unknown', 'UNSURE', 'NOT before it was checked'],
  ['forbidden', 'FAIL', 'is not allowed this'],
  ['failed', 'FAIL', 'nothing was changed'],
] as const)(
  'a result of %s says what is still true and whether a retry is safe',
  async (result, word, advice) => {
    const { press, store } = opened({
      answers: { 'wa-number-1': { outcome: { result, detail: 'the system said so' } } },
    });
    await toStep(press, WEBHOOKS);
    await press('x', 'y');
    expect(seen(store)).toContain(word);
    expect(seen(store)).toContain(advice);
  },
);

test('a preview that is too old or no longer true sends nothing and says so', async () => {
  const { press, store } = opened({ fails: { run: new Problem('plan-changed') } });
  await toStep(press, WEBHOOKS);
  await press('x', 'y');
  expect(seen(store)).toContain('things changed since the plan was shown');
  expect(seen(store)).toContain('nothing was sent');
});

test('a note takes one key, the text and enter', async () => {
  const { app, press, words } = opened();
  await press('n');
  await words('called the agency');
  await press('enter');
  expect(app.commands).toEqual([{ do: 'note', text: 'called the agency' }]);
});

test('a card number in a note is hidden, shown hidden, and only then saved', async () => {
  const { app, press, words, store } = opened();
  await press('n');
  await words('card 4111111111111111');
  await press('enter');
  expect(app.commands).toHaveLength(0);
  expect(seen(store)).toContain('Hidden before saving');
  await press('enter');
  expect(JSON.stringify(app.commands)).not.toContain('4111111111111111');
  expect(app.commands).toHaveLength(1);
});

test('esc keeps what was typed, except a secret', async () => {
  const { press, words, store } = opened();
  await press('n');
  await words('half a thought');
  await press('esc', 'n');
  expect(seen(store)).toContain('half a thought');
  await press('esc');
  await toStep(press, 2);
  await press('enter');
  store.send({ is: 'paste', text: 'EAAsecretsecretsecret\nEAAsecondsecondsecond' });
  expect(seen(store)).toContain('2 lines, hidden');
  await press('esc', 'enter');
  expect(seen(store)).toContain('nothing yet');
});

test('several leaked credentials are given in one paste and never shown', async () => {
  const { app, press, store } = opened();
  await toStep(press, 2);
  await press('enter');
  store.send({ is: 'paste', text: 'EAAfirst\r\nEAAsecond\n' });
  expect(seen(store)).not.toContain('EAA' + 'first');
  await press('enter');
  expect(app.commands).toEqual([
    {
      do: 'answer',
      step: 'give-token',
      answer: {
        is: 'secret',
        credentials: [
          { item: 'wa-system-user-token', value: 'EAAfirst' },
          { item: 'wa-system-user-token', value: 'EAAsecond' },
        ],
      },
    },
  ]);
});

test('an empty hidden field is no answer; a question mark says that nobody has it yet', async () => {
  const { app, store, press, words } = opened();
  await toStep(press, 2);
  await press('enter', 'enter');
  expect(app.commands).toEqual([]);
  expect(seen(store).replaceAll(/\s+/g, ' ')).toContain('No credential was given.');
  await words('?');
  await press('enter');
  expect(app.commands).toEqual([{ do: 'answer', step: 'give-token', answer: { is: 'unknown' } }]);
});

test('a range is answered with its bounds and where it comes from', async () => {
  const { app, press, words } = opened();
  await toStep(press, 12);
  await press('enter');
  for (const text of ['12k', '9000', '15,000', 'the CRM export']) {
    await words(text);
    await press('enter');
  }
  expect(app.commands).toEqual([
    {
      do: 'answer',
      step: 'count-people',
      answer: { is: 'range', about: 12000, from: 9000, to: 15000, basis: 'the CRM export' },
    },
  ]);
});

test('an outcome nobody knows is settled by a person, with how they know', async () => {
  const { app, press, words } = opened();
  app.incident().write({
    kind: 'act.intent',
    pub: {
      step: 'stop-webhooks',
      target: 'wa-number-1',
      instance: 'meta',
      action: 'meta.stop-webhooks',
      attempt: 1,
      direction: 'do',
      of: null,
      effect: 'reversible',
      retry: 'B',
      confidence: 'confirmed',
      idem: 'k',
      plan_sha256: 'b',
    },
  });
  await toStep(press, WEBHOOKS);
  await press('enter', 'y');
  await words('the console lists no app');
  await press('enter');
  expect(app.commands).toEqual([
    { do: 'settle', intent: 3, result: 'done', reason: 'the console lists no app' },
  ]);
});

test('a target of a batch is settled by its own name, and the others of its batch stay in doubt', async () => {
  const { app, press, store, words } = opened();
  const targets = ['wa-number-1', 'wa-number-2'];
  app.incident().write(
    {
      kind: 'batch.intent',
      pub: {
        step: 'stop-webhooks',
        direction: 'do',
        plan_sha256: 'b',
        ways: [
          {
            instance: 'meta',
            action: 'meta.stop-webhooks',
            effect: 'reversible',
            retry: 'D',
            confidence: 'confirmed',
          },
        ],
        targets,
        way: [0, 0],
        rows: 2,
        rows_root: '',
      },
    },
    {
      kind: 'batch.outcome',
      pub: {
        batch: 3,
        step: 'stop-webhooks',
        results: 'uu',
        proofs: '--',
        ended: 'cut',
        rows: 4,
        rows_root: '',
      },
    },
  );
  await toStep(press, WEBHOOKS);
  await press('enter', 'down');
  expect(seen(store)).toContain('target 2 of the batch of entry 3: it was begun');
  expect(seen(store)).toContain('the tool does not run it again before a person said');
  expect(seen(store)).toContain('3.0 wa-number-1');
  await press('f');
  await words('the console lists the app');
  await press('enter');
  expect(app.commands).toEqual([
    { do: 'settle', intent: itemRef(3, 1), result: 'failed', reason: 'the console lists the app' },
  ]);
});

test('what cannot be done now says why, and its key is still in the palette', async () => {
  const { press, store } = opened();
  await press('u');
  expect(seen(store)).toContain('Not now: this step has no action to undo.');
  await press(':', 'u', 'n', 'd', 'o');
  expect(seen(store)).toContain('not now: this step has no action');
});
