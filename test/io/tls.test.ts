import { createServer, type Server } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { NetworkError, within } from '../../src/io/http.ts';
import { sendTls } from '../../src/io/tls.ts';
import { selfSigned } from '../rig/certificate.ts';

const { cert, key } = selfSigned();

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const serve = async (close = true): Promise<Readonly<{ port: number; got: () => string }>> => {
  let text = '';
  const server = createServer({ cert, key, allowHalfOpen: !close }, (socket) => {
    socket.on('data', (bytes: Buffer) => (text += bytes.toString('utf8')));
    socket.on('error', () => undefined);
  });
  open.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, got: () => text };
};
const options = { wall: 'loopback-only', signal: within(10_000) } as const;

test('everything arrives, whether the server closes or not', async () => {
  for (const close of [true, false]) {
    const { port, got } = await serve(close);
    await sendTls({ host: '127.0.0.1', port, ca: cert, own: null }, Buffer.from('5 hello'), options);
    expect(got()).toBe('5 hello');
  }
});

test('a certificate of somebody else, a closed port and a silent server are faults, and nothing hangs', async () => {
  const { port, got } = await serve();
  const send = async (more: object, signal = within(10_000)) =>
    await sendTls({ host: '127.0.0.1', port, ca: cert, own: null, ...more }, Buffer.from('x'), {
      wall: 'loopback-only',
      signal,
    }).catch((error: unknown) => error);
  expect(await send({ ca: null })).toMatchObject({ fault: 'tls', sent: false });
  expect(got()).toBe('');
  expect(await send({ port: 1 })).toMatchObject({ fault: 'refused', sent: false });
  expect(await send({}, AbortSignal.abort())).toBeInstanceOf(NetworkError);
});

test('a drill reaches this machine alone', async () => {
  const far = { host: 'logs.example.com', port: 6514, ca: null, own: null };
  await expect(sendTls(far, Buffer.from('x'), options)).rejects.toMatchObject({ code: 'wall' });
});
