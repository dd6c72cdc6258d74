import { chmodSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemSockets, type Listening } from '../../src/io/socket.ts';
import { limits } from '../../src/model/limits.ts';

const sockets = systemSockets();
const ends: Listening[] = [];
afterEach(async () => {
  for (const one of ends.splice(0)) await one.close();
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'fb-socket-'));
const echo = async (path: string, gone: (caller: number) => void = () => {}): Promise<void> => {
  ends.push(
    await sockets.listen(path, { line: async (_, text) => await Promise.resolve(`<${text}>`), gone }),
  );
};

describe('a socket of lines', () => {
  test('answers each line, and nobody else can open it', async () => {
    const path = join(folder(), 's');
    await echo(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const link = await sockets.connect(path);
    expect(await link.ask('one')).toBe('<one>');
    expect(await link.ask('two ü')).toBe('<two ü>');
    link.close();
  });

  test('lies where it belongs although its path is longer than a system takes', async () => {
    const long = join(folder(), 'a'.repeat(90), 'b'.repeat(90));
    mkdirSync(long, { recursive: true });
    chmodSync(long, 0o700);
    const path = join(long, 'facilitate.sock');
    await echo(path);
    expect(statSync(path).isSocket()).toBe(true);
    const link = await sockets.connect(path);
    expect(await link.ask('far')).toBe('<far>');
    link.close();
  });

  test('takes the place of what a dead program left, and says when nobody is there', async () => {
    const path = join(folder(), 's');
    writeFileSync(path, '');
    await expect(sockets.connect(path)).rejects.toMatchObject({ code: 'nobody' });
    await echo(path);
    const link = await sockets.connect(path);
    expect(await link.ask('alive')).toBe('<alive>');
    link.close();
  });

  test('cuts off whoever sends a line without an end, and goes on for the others', async () => {
    const path = join(folder(), 's');
    const left: number[] = [];
    await echo(path, (caller) => void left.push(caller));
    const flood = createConnection(path);
    flood.on('error', () => undefined);
    const cut = new Promise((resolve) => void flood.on('close', resolve));
    flood.write('x'.repeat(limits.socketRequestBytesMax + 10));
    await cut;
    const link = await sockets.connect(path);
    expect(await link.ask('still here')).toBe('<still here>');
    expect(left).toEqual([1]);
    link.close();
  });

  test('the other end that dies is told, and does not hang', async () => {
    const path = join(folder(), 's');
    const server = await sockets.listen(path, {
      line: async () => await new Promise<string>(() => undefined),
      gone: () => {},
    });
    const link = await sockets.connect(path);
    const asked = link.ask('hello').then(
      () => 'answered',
      (error: unknown) => error,
    );
    await server.close();
    expect(await asked).toMatchObject({ code: 'cut' });
  });
});
