import { expect, test } from 'vitest';
import type { CallAnswer } from '../../src/connectors/call.ts';
import { refused } from '../../src/connectors/call.ts';
import { pages, rowsIn, succeeded, vendor } from '../../src/connectors/vendor.ts';
import { listen } from '../../src/io/server.ts';
import { rigOutside } from '../rig/outside.ts';

/** A page for people where data belongs: from a proxy, a login, a wrong address. It must never read as an answer of the system. */

const answer = (status: number, text: string): CallAnswer => ({
  status,
  text,
  json: null,
  headers: new Headers(),
});

test.each([
  ['<!doctype html><title>Sign in</title>', false],
  ['\n  <HTML><body>Welcome</body>', false],
  ['<h1>Bad gateway</h1>', false],
  ['', true],
  ['OK', true],
  ['{"a":"<html>"}', true],
])('%s is %s as a yes', (text, yes) => {
  expect(succeeded(answer(200, text))).toBe(yes);
});

test('a page in answer to a write leaves it open whether it happened, and says who may have spoken', () => {
  expect(refused(answer(200, '<html>'), 'removing the key')).toEqual({
    result: 'unknown',
    detail:
      'removing the key: answered 200 with a web page, which a proxy, a login page or a wrong base_url sends, and not the system',
    http: 200,
    cause: 'page',
  });
});

test.each([
  ['<html>Sign in</html>', 'a web page'],
  ['{"keys": [', 'not JSON'],
  ['{}', 'shows no list'],
])('%s shows no list, so nothing is gone by it', async (body, says) => {
  const server = await listen(() => ({ status: 200, body }));
  try {
    const { outside } = rigOutside({ baseUrl: server.url });
    const walk = {
      first: { method: 'GET', path: '/keys' },
      rows: ({ json }: CallAnswer) => rowsIn((json as { keys?: null } | null)?.keys ?? null),
      next: () => null,
    } as const;
    const found = await pages(
      vendor(async () => await Promise.resolve({})),
      outside,
      walk,
      'reading the keys',
    );
    expect(found).toMatchObject({
      refusal: { detail: expect.stringContaining(says) as string },
    });
  } finally {
    await server.close();
  }
});
