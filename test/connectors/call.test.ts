import { limits } from '../../src/model/limits.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { call, lost, refused, unchanged, unproved, unread, unseen } from '../../src/connectors/call.ts';
import type { CallRequest } from '../../src/connectors/call.ts';
import { NetworkError } from '../../src/io/http.ts';
import { listen } from '../../src/io/server.ts';
import type { Ask, Reply, Server } from '../../src/io/server.ts';
import { fastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server that answers with each of the replies in turn, and with the last for ever. */
const setUp = async (...replies: readonly Reply[]) => {
  const seen: Ask[] = [];
  const server = await listen((ask) => {
    seen.push(ask);
    return replies[Math.min(seen.length, replies.length) - 1] ?? 'cut';
  });
  open.push(server);
  const clock = fastClock();
  const { outside } = rigOutside({ baseUrl: server.url, clock });
  return { seen, clock, outside, send: async (request: CallRequest) => await call(outside, request) };
};

const ok: Reply = { status: 200, body: '{"fine":true}' };
const limited: Reply = { status: 429, headers: { 'retry-after': '3' }, body: '' };
const broken: Reply = { status: 503, body: '' };

describe('a call', () => {
  test('sends JSON or a form, and gives the answer back as text and as JSON', async () => {
    const { seen, send } = await setUp(ok);
    expect(await send({ method: 'POST', path: '/a', json: { b: [1] } })).toMatchObject({
      status: 200,
      json: { fine: true },
    });
    await send({ method: 'POST', path: '/a', query: { q: 'x y' }, form: { token: 'a&b' } });
    expect(seen.map((ask) => [ask.headers['content-type'], ask.body])).toEqual([
      ['application/json', '{"b":[1]}'],
      ['application/x-www-form-urlencoded', 'token=a%26b'],
    ]);
    expect(seen[1]?.query).toEqual({ q: ['x y'] });
  });

  test('waits as long as the system asks, and no longer than the limit', async () => {
    const patient = await setUp(limited, ok);
    expect((await patient.send({ method: 'DELETE', path: '/' })).status).toBe(200);
    expect(patient.clock.slept()).toBe(3000);
    const long = await setUp({ status: 429, headers: { 'retry-after': '3600' }, body: '' });
    expect((await long.send({ method: 'GET', path: '/' })).status).toBe(429);
    expect(long.seen).toHaveLength(1);
  });

  test('takes a 403 with a time to wait for a limit, and one without for a refusal', async () => {
    const limit = await setUp({ status: 403, headers: { 'retry-after': '1' }, body: '' }, ok);
    expect((await limit.send({ method: 'GET', path: '/' })).status).toBe(200);
    const refusal = await setUp({ status: 403, body: '' }, ok);
    expect((await refusal.send({ method: 'GET', path: '/' })).status).toBe(403);
  });

  test('that creates is repeated after a limit, but not after a fault that may hide an effect', async () => {
    const afterLimit = await setUp(limited, ok);
    expect((await afterLimit.send({ method: 'POST', path: '/', creates: true })).status).toBe(200);
    const afterFault = await setUp(broken, ok);
    expect((await afterFault.send({ method: 'POST', path: '/', creates: true })).status).toBe(503);
    const once = await setUp(limited, ok);
    expect((await once.send({ method: 'GET', path: '/', once: true })).status).toBe(429);
  });

  test('gives up after a few faults in a row', async () => {
    const { seen, send } = await setUp(broken);
    expect((await send({ method: 'GET', path: '/' })).status).toBe(503);
    expect(seen).toHaveLength(limits.retriesMax + 1);
  });
});

describe('what a lost answer means', () => {
  const cut = new NetworkError('cut', true, 'the connection was cut');
  const never = new NetworkError('refused', false, 'the connection was refused');

  test('for a write it may have happened, unless it never left; for a read nothing changed', () => {
    expect(lost(cut, 'x').result).toBe('unknown');
    expect(lost(never, 'x').result).toBe('failed');
    expect(unread(cut, 'x').result).toBe('failed');
    expect(unproved(cut, 'x').is).toBe('unproved');
    expect(unseen(cut, { calls: [], breaks: [] }).now).toBe('unknown');
  });

  test('a fault of our own is not taken for the world’s', () => {
    for (const translate of [lost, unread, unproved])
      expect(() => translate(new TypeError('bug'), 'x')).toThrow('bug');
  });
});

test('a refusal is a missing right, a limit with its time, a doubt, or plainly failed', () => {
  const answer = (status: number, headers: Record<string, string> = {}) => ({
    status,
    headers: new Headers(headers),
  });
  expect(refused(answer(401), 'x').result).toBe('forbidden');
  expect(refused(answer(403), 'x').result).toBe('forbidden');
  expect(refused(answer(403, { 'retry-after': '60' }), 'x')).toMatchObject({
    result: 'failed',
    retryAfterMs: 60_000,
  });
  expect(refused(answer(429), 'x')).toMatchObject({ result: 'failed', http: 429 });
  expect(refused(answer(422), 'x').result).toBe('failed');
  expect(refused(answer(502), 'x').result).toBe('unknown');
  expect(unchanged(refused(answer(502), 'x')).result).toBe('failed');
});
