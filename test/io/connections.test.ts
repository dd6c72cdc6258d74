import { createServer } from 'node:http';
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
