import { afterEach, describe, expect, test } from 'vitest';
import { isProblem } from '../../src/base/problem.ts';
import { NetworkError, systemHttp } from '../../src/io/http.ts';
import type { Exchange, HttpOptions } from '../../src/io/http.ts';
import { listen } from '../../src/io/server.ts';
import type { Ask, Reply, Server } from '../../src/io/server.ts';
import { limits } from '../../src/model/limits.ts';
import { fastClock } from '../rig/fast-clock.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const setUp = async (reply: Reply | ((ask: Ask) => Reply), options: Partial<HttpOptions> = {}) => {
  const seen: Ask[] = [];
  const server = await listen((ask) => {
    seen.push(ask);
    return typeof reply === 'function' ? reply(ask) : reply;
  });
  open.push(server);
  const heard: Exchange[] = [];
  const http = systemHttp({
    clock: fastClock(),
    wall: 'loopback-only',
    secrets: () => ['s3cret/token+1'],
    heard: (exchange) => void heard.push(exchange),
    ...options,
  });
  return { url: server.url, seen, heard, http };
};

const errorOf = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => null,
    (error: unknown) => error,
  );

describe('the wall of a drill', () => {
  test.each([
    'https://api.github.com/user',
    'http://169.254.169.254/',
    'http://127.0.0.1.example.org/',
    'http://0.0.0.0/',
    'http://[::ffff:8.8.8.8]/',
  ])('lets nothing out to %s', async (url) => {
    const { http, heard } = await setUp({ status: 200, body: '' });
    const error = await errorOf(http.fetch(url));
    expect(isProblem(error) && error.code).toBe('wall');
    expect(heard).toEqual([]);
  });
});

describe('the record of an exchange', () => {
  test('masks a secret in address, body and answer, in its usual encodings', async () => {
    const { http, url, heard } = await setUp((ask) => ({ status: 200, body: `you sent ${ask.body}` }));
    const secret = 's3cret/token+1';
    await http.fetch(`${url}/me?access_token=${encodeURIComponent(secret)}`, {
      method: 'POST',
      body: JSON.stringify({ secret }),
    });
    await http.fetch(`${url}/b64`, { method: 'POST', body: Buffer.from(secret).toString('base64') });
    expect(heard).toHaveLength(2);
    const text = JSON.stringify(heard);
    expect(text).not.toContain('s3cret');
    expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    expect(text).toContain('[secret]');
  });

  test('keeps a failure too', async () => {
    const { http, url, heard } = await setUp('cut');
    await errorOf(http.fetch(url));
    expect(heard[0]).toMatchObject({ status: null, failure: 'the connection was cut' });
  });
});

describe('what a missing answer tells', () => {
  test('a refused connection was never sent', async () => {
    const { http, url } = await setUp({ status: 200, body: '' });
    await open.splice(0)[0]?.close();
    const error = await errorOf(http.fetch(url));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ sent: false, fault: 'refused' });
  });

  test('a cut connection and a late answer may have been sent', async () => {
    const cut = await setUp('cut');
    expect(await errorOf(cut.http.fetch(cut.url, { method: 'POST', body: 'x' }))).toMatchObject({
      sent: true,
    });
    const late = await setUp('hang');
    const error = await errorOf(late.http.fetch(late.url, { signal: AbortSignal.timeout(50) }));
    expect(error).toMatchObject({ sent: true, fault: 'timeout' });
  });

  test('an answer without end is given up', async () => {
    const { http, url } = await setUp({ status: 200, body: 'x'.repeat(limits.answerBytesMax + 1) });
    expect(await errorOf(http.fetch(url))).toMatchObject({ fault: 'too-large', sent: true });
  });
});

test('a redirect is an answer to be looked at, not an order', async () => {
  const { http, url, seen } = await setUp({
    status: 307,
    headers: { location: 'https://thief.example/' },
    body: '',
  });
  const response = await http.fetch(url, { method: 'POST', body: 'x' });
  expect(response.status).toBe(307);
  expect(seen).toHaveLength(1);
});

test('an answer without a body comes through', async () => {
  const { http, url } = await setUp({ status: 204, body: '' });
  const response = await http.fetch(url, { method: 'DELETE' });
  expect([response.status, await response.text()]).toEqual([204, '']);
});
