import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isProblem } from '../../src/base/problem.ts';
import { NetworkError, systemHttp } from '../../src/io/http.ts';
import type { Exchange, HttpOptions } from '../../src/io/http.ts';
import { listen } from '../../src/io/server.ts';
import type { Ask, Reply, Server } from '../../src/io/server.ts';
import { limits } from '../../src/model/limits.ts';
import { selfSigned } from '../rig/certificate.ts';
import { fastClock } from '../rig/fast-clock.ts';

const open: Pick<Server, 'close'>[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const client = (options: Partial<HttpOptions> = {}) => {
  const heard: Exchange[] = [];
  const http = systemHttp({
    clock: fastClock(),
    wall: 'loopback-only',
    secrets: () => ['s3cret/token+1'],
    heard: (exchange) => void heard.push(exchange),
    ...options,
  });
  return { heard, http };
};

const setUp = async (reply: Reply | ((ask: Ask) => Reply), options: Partial<HttpOptions> = {}) => {
  const seen: Ask[] = [];
  const server = await listen((ask) => {
    seen.push(ask);
    return typeof reply === 'function' ? reply(ask) : reply;
  });
  open.push(server);
  return { url: server.url, seen, ...client(options) };
};

/** A server that answers in its own time: what it does with the connection is up to the test. */
const rawServer = async (answer: (response: ServerResponse) => void): Promise<string> => {
  const server = createServer((_message, response) => {
    answer(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push({
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A server below HTTP, on this machine; its clients hang up with it. */
const onPort = async (server: NetServer): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => undefined));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return (server.address() as AddressInfo).port;
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
    'http://127.0.0.1.evil.example/',
    'http://127.evil.example/',
    'http://localhost.evil/',
    'http://localhost.evil.example:80/',
    'http://evil.example/127.0.0.1',
    'http://evil.example#127.0.0.1',
    'http://127.0.0.1@evil.example/',
    'http://localhost:80@evil.example/',
    String.raw`http://evil.example\@127.0.0.1/`,
    'http://0.0.0.0/',
    'http://0/',
    'http://10.0.0.1/',
    'http://[::]/',
    'http://[::2]/',
    'http://[fe80::1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::127.0.0.1]/',
    'data:text/plain,hello',
    'file:///etc/passwd',
  ])('lets nothing out to %s', async (url) => {
    const { http, heard } = client();
    for (const given of [url, new URL(url)]) {
      const error = await errorOf(http.fetch(given));
      expect(isProblem(error) && error.code).toBe('wall');
    }
    expect(heard).toEqual([]);
  });

  test('lets out nothing that hides its address in a Request', async () => {
    const { http } = client();
    const error = await errorOf(http.fetch(new Request('http://evil.example/')));
    expect(isProblem(error) && error.code).toBe('wall');
  });

  test.each(['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f.0.0.1'])(
    'knows this machine as %s',
    async (host) => {
      const { http, url } = await setUp({ status: 200, body: 'here' });
      const response = await http.fetch(url.replace('127.0.0.1', host));
      expect(await response.text()).toBe('here');
    },
  );
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

  test('masks what a form makes of a secret full of signs', async () => {
    const secret = "!'()*~ +&=%s3cret";
    const { http, url, heard } = await setUp((ask) => ({ status: 200, body: `you sent ${ask.body}` }), {
      secrets: () => [secret],
    });
    const form = new URLSearchParams({ token: secret });
    await http.fetch(`${url}/me?${form.toString()}`, { method: 'POST', body: form });
    const asked = new URL(url);
    asked.searchParams.set('token', secret);
    await http.fetch(asked, { method: 'POST', body: form.toString() });
    expect(JSON.stringify(heard)).not.toContain('s3cret');
    expect(heard.map((one) => one.request)).toEqual(['token=[secret]', 'token=[secret]']);
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

  test.each([
    ['speaks no TLS', createNetServer((socket) => void socket.end('220 mail.example ready\r\n')), 'tls'],
    ['has no certificate', createTlsServer({}).on('tlsClientError', () => undefined), 'tls'],
    ['vouches for itself', createTlsServer(selfSigned()).on('tlsClientError', () => undefined), 'tls'],
    [
      'is cut in the handshake',
      createNetServer((socket) => void socket.once('data', () => socket.destroy())),
      'refused',
    ],
  ])('to a server that %s, nothing was sent', async (_, server, fault) => {
    const { http } = client();
    const port = await onPort(server);
    const error = await errorOf(http.fetch(`https://127.0.0.1:${port}`, { method: 'POST', body: 'x' }));
    expect(error).toMatchObject({ sent: false, fault });
    // The control: cut once the request is there, the same connection says that it may have happened.
    const cut = await onPort(createNetServer((socket) => void socket.once('data', () => socket.destroy())));
    const late = await errorOf(http.fetch(`http://127.0.0.1:${cut}`, { method: 'POST', body: 'x' }));
    expect(late).toMatchObject({ sent: true, fault: 'cut' });
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

  test('tells no secret of the address, not even in what caused it', async () => {
    const secret = 's3cret/token+1';
    const { http, heard, url: closed } = await setUp({ status: 200, body: '' });
    await open.splice(0)[0]?.close();
    for (const url of [
      `${closed}/${secret}`,
      `http://user:${encodeURIComponent(secret)}@127.0.0.1:1/`,
      `http://[${secret}`,
    ]) {
      const error = await errorOf(http.fetch(url));
      expect(error).toMatchObject({ sent: false });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('s3cret');
    }
    expect(JSON.stringify(heard)).not.toContain('s3cret');
  });

  test('what was stopped beforehand was never sent', async () => {
    const { http, url, seen } = await setUp({ status: 200, body: '' }, { signal: AbortSignal.abort() });
    expect(await errorOf(http.fetch(url))).toMatchObject({ sent: false });
    expect(seen).toEqual([]);
  });

  test('an answer too large is given up', async () => {
    const { http, url } = await setUp({ status: 200, body: 'x'.repeat(limits.answerBytesMax + 1) });
    expect(await errorOf(http.fetch(url))).toMatchObject({ fault: 'too-large', sent: true });
  });
});

describe('a runaway answer', () => {
  test('ends at the limit when its body never does, whatever it says it is', async () => {
    const part = Buffer.alloc(256 * 1024, 'x');
    let sent = 0;
    const url = await rawServer((response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      const pour = (): void => {
        while (!response.destroyed && response.write(part)) sent += part.length;
      };
      response.on('drain', pour);
      pour();
    });
    const { http, heard } = client();
    expect(await errorOf(http.fetch(url))).toMatchObject({ fault: 'too-large', sent: true });
    expect(sent).toBeLessThan(limits.answerBytesMax * 4);
    expect(heard).toMatchObject([{ status: null, answer: '' }]);
  });

  test('ends at the limit when it is small on the wire only', async () => {
    const bomb = gzipSync(Buffer.alloc(limits.answerBytesMax * 4, '0'));
    const url = await rawServer((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(await errorOf(client().http.fetch(url))).toMatchObject({ fault: 'too-large', sent: true });
  });

  test('ends at the deadline when it comes byte by byte', async () => {
    const url = await rawServer((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => {
        clearInterval(drip);
      });
    });
    const { http, heard } = client({ exchangeMs: 150 });
    const started = performance.now();
    expect(await errorOf(http.fetch(url))).toMatchObject({ fault: 'timeout', sent: true });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(heard).toMatchObject([{ status: null, failure: 'no answer in time' }]);
  });

  test('ends at the deadline when its head never comes', async () => {
    const { http, url } = await setUp('hang', { exchangeMs: 100 });
    expect(await errorOf(http.fetch(url))).toMatchObject({ fault: 'timeout', sent: true });
  });

  test('that promises more than it sends was cut', async () => {
    const url = await rawServer((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => {
        response.destroy();
      });
    });
    expect(await errorOf(client().http.fetch(url))).toMatchObject({ fault: 'cut', sent: true });
  });
});

test('a loop of redirects is asked once', async () => {
  const { http, url, seen } = await setUp((ask) => ({
    status: 302,
    headers: { location: `${ask.path}x` },
    body: '',
  }));
  const response = await http.fetch(url, { redirect: 'follow' });
  expect([response.status, seen.length]).toEqual([302, 1]);
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
