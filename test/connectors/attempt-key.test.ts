import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { connector as command } from '../../src/connectors/command/index.ts';
import { connector as http } from '../../src/connectors/http/index.ts';
import { listen } from '../../src/io/server.ts';
import { rigOutside } from '../rig/outside.ts';

/** A recipe of class A: what is sent again carries the key of the first, or the system could not take the two for one. */

const action = (more: Readonly<Record<string, Json>>): Json => ({
  title: 'Close the account',
  effect: 'irreversible',
  retry: 'A',
  breaks: ['the account'],
  by_hand: { where: 'The panel', steps: ['Close it'], record: 'the time' },
  ...more,
});
const recipe = (
  headers: Readonly<Record<string, string>>,
  verify: Readonly<Record<string, string>> = {},
): Json => ({
  title: 'A vendor',
  actions: {
    close: action({
      request: { method: 'POST', path: '/close', headers, form: { token: '{suspect}' } },
      verify: {
        request: { method: 'GET', path: '/state', headers: verify },
        expect: { json: { '/open': false } },
      },
    }),
  },
});
const faults = (source: Json): readonly string[] =>
  http.recipe?.safeParse(source).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ??
  [];

test('that sends no key is refused, and so is a key where nothing is changed', () => {
  expect(faults(recipe({}))).toEqual([
    'actions.close.retry: A repeats a request under the key of the first: write {attempt.key} where the system takes it',
  ]);
  expect(faults(recipe({ 'idempotency-key': '{attempt.key}' }))).toEqual([]);
  expect(faults(recipe({ 'idempotency-key': '{attempt.key}' }, { 'x-key': '{attempt.key}' }))).toEqual([
    'actions.close.verify: {attempt.key} belongs to what changes something',
  ]);
  const run = (args: readonly string[]): Json => ({
    title: 'A tool',
    actions: {
      close: action({ run: { file: 'tool', args }, verify: { run: { file: 'tool' }, expect: {} } }),
    },
  });
  expect(command.recipe?.safeParse(run(['close'])).success).toBe(false);
  expect(command.recipe?.safeParse(run(['close', '--token={attempt.key}'])).success).toBe(true);
});

test('sends the same key with every repeat of one intent, and another for each credential', async () => {
  const keys: (string | undefined)[] = [];
  const server = await listen(({ headers }) => {
    keys.push(headers['idempotency-key']);
    return { status: 200, body: '{"open":false}' };
  });
  const close = http.bind?.(recipe({ 'idempotency-key': '{attempt.key}' }))['close'];
  if (close === undefined) throw new Error('the recipe has an action');
  try {
    for (const key of ['intent-1', 'intent-1', 'intent-2']) {
      const { outside } = rigOutside({ baseUrl: server.url, suspects: ['leaked-1', 'leaked-2'], key });
      await close.run({}, outside);
    }
  } finally {
    await server.close();
  }
  const [a, b, again, againB, other] = keys;
  expect([again, againB]).toEqual([a, b]);
  expect(new Set([a, b, other]).size).toBe(3);
  expect(keys.join(' ')).not.toContain('leaked');
});
