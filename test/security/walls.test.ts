import { execFile, execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fillJson, fillText } from '../../src/connectors/fill.ts';
import { listen } from '../../src/io/server.ts';
import { company, folder } from '../app/company.ts';
import { packageRoot } from '../rig/app.ts';

const REQUEST = `
  const [http, clock] = await Promise.all([import(process.argv[1]), import(process.argv[2])]);
  const one = http.systemHttp({ clock: clock.systemClock(), wall: 'loopback-only', secrets: () => [], exchangeMs: 3000 });
  console.log(await (await one.fetch(process.argv[3])).text());
`;

const inChild = async (url: string, env: Readonly<Record<string, string>>): Promise<string> =>
  await new Promise((resolve) => {
    const files = ['src/io/http.ts', 'src/io/clock.ts'].map((file) => join(packageRoot, file));
    const args = ['--input-type=module', '-e', REQUEST, ...files, url];
    const more = { PATH: process.env['PATH'] ?? '', HOME: folder(), ...env };
    execFile(process.execPath, args, { env: more }, (error, stdout, stderr) => {
      resolve(error === null ? stdout.trim() : stderr);
    });
  });

test.each(['no_proxy', 'NO_PROXY', 'neither'])(
  'what is meant for this machine never leaves through the proxy of the environment (%s set)',
  async (name) => {
    let asked = 0;
    const proxy = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
    const there = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const system = await listen(() => ({ status: 200, body: 'here' }));
    const env = {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: there,
      HTTPS_PROXY: there,
      [name]: 'internal.example',
    };
    expect(await inChild(system.url, env)).toBe('here');
    expect(asked).toBe(0);
    await system.close();
    await new Promise((resolve) => void proxy.close(resolve));
  },
);

test.each(['../drills/x', '../../elsewhere', 'a/b', '.', '..', '', 'x\0y', 'x'.repeat(4000)])(
  'an id that is a path names no incident: %j',
  async (id) => {
    const one = await company();
    const app = await one.app();
    mkdirSync(join(one.home, 'elsewhere'));
    writeFileSync(join(one.home, 'elsewhere/journal.sqlite'), '');
    await expect(app.open(id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      app.declare({ runbook: 'leaked-whatsapp-token', title: 'x', into: id }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await app.close();
  },
);

test('a folder with another name between the incidents hides none of them', async () => {
  const one = await company();
  const app = await one.app();
  const { id } = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'x' });
  const odd = join(one.home, 'incidents', '\u001b[2J odd');
  mkdirSync(odd);
  writeFileSync(join(odd, 'journal.sqlite'), 'not a journal');
  expect(app.incidents().map((found) => found.id)).toEqual([id]);
  expect(app.unreadable()).toEqual([]);
  await app.close();
});

test('an export replaces no device, no pipe and no link, and changes nothing behind one', async () => {
  const one = await company();
  const app = await one.app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'x' });
  const place = folder();
  const pipe = join(place, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await expect(incident.export('brief', pipe)).rejects.toMatchObject({ code: 'usage' });
  expect(lstatSync(pipe).isFIFO()).toBe(true);
  const other = join(place, 'other');
  writeFileSync(other, 'mine');
  symlinkSync(other, join(place, 'link'));
  await expect(incident.export('brief', join(place, 'link'))).rejects.toMatchObject({ code: 'permissions' });
  expect(readFileSync(other, 'utf8')).toBe('mine');
  expect(existsSync(join(place, 'brief.md'))).toBe(false);
  await app.close();
});

test('a place that every object has is not filled', () => {
  expect(fillText('/{constructor}/{valueof}/{a}', { a: 'x' })).toBe('/{constructor}/{valueof}/x');
  expect(fillJson({ to: '{constructor}' }, {})).toEqual({ to: '{constructor}' });
});
