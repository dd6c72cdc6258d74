import { createServer } from 'node:http';
import { createServer as listenBare } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { systemHttp } from '../../src/io/http.ts';
import { fastClock } from '../rig/fast-clock.ts';

test('many requests share one connection, and leave nothing behind on it', async () => {
  const ports = new Set<number | undefined>();
  const server = createServer((message, response) => {
    ports.add(message.socket.remotePort);
    response.end('{}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const warnings: string[] = [];
  const warned = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', warned);
  try {
    const http = systemHttp({ clock: fastClock(), wall: 'loopback-only', secrets: () => [] });
    for (let i = 0; i < 30; i += 1)
      await http.fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ports.size).toBe(1);
    expect(warnings).toEqual([]);
  } finally {
    process.off('warning', warned);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('a server that takes the connection and never makes it secure is given up early, and nothing was sent', async () => {
  const held = new Set<{ destroy: () => void }>();
  const server = listenBare((socket) => void held.add(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const ask = async (scheme: string, exchangeMs: number) =>
      await systemHttp({
        clock: fastClock(),
        wall: 'loopback-only',
        secrets: () => [],
        standMs: 40,
        exchangeMs,
      })
        .fetch(`${scheme}://127.0.0.1:${port}/`)
        .catch((error: unknown) => error);
    expect(await ask('https', 5000)).toMatchObject({ fault: 'timeout', sent: false });
    // The control: once the connection stands, the time for it is over and the whole exchange has its own.
    expect(await ask('http', 200)).toMatchObject({ fault: 'timeout', sent: true });
  } finally {
    for (const socket of held) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});
