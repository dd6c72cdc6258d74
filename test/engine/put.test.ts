import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { toBase64, sha256 } from '../../src/base/hash.ts';
import { openLedger } from '../../src/app/ledger.ts';
import { startKeeper } from '../../src/engine/anchor/keeper.ts';
import { putPlace } from '../../src/engine/anchor/put.ts';
import { signAws } from '../../src/engine/anchor/sigv4.ts';
import type { World } from '../../src/engine/world.ts';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemHttp, within } from '../../src/io/http.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import { newJournal } from '../journal/journals.ts';

/** An object store over a real connection: what it does wrong is found out when the note is put, or when it is read back. */

type Fault = 'cut' | 'slow' | 'forgets' | 'keeps-half' | number | null;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const store = async () => {
  const objects = new Map<string, string>();
  const asked: Readonly<{ method: string; path: string; headers: IncomingMessage['headers'] }>[] = [];
  let fault: Fault = null;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      asked.push({ method, path, headers });
      if (fault === 'slow') return;
      if (fault === 'cut') return void request.socket.destroy();
      if (typeof fault === 'number') return void response.writeHead(fault).end('no');
      if (method === 'PUT') {
        const half = body.slice(0, body.length / 2);
        if (fault !== 'forgets') objects.set(path, fault === 'keeps-half' ? half : body);
        return void response.writeHead(200).end();
      }
      const found = objects.get(path);
      return void (found === undefined ? response.writeHead(404).end() : response.writeHead(200).end(found));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/bucket`,
    objects,
    asked,
    fault: (how: Fault) => {
      fault = how;
    },
  };
};

const placeAt = (put: string, keys: object = {}) => {
  const clock = systemClock();
  const world: World = {
    drill: false,
    clock,
    random: systemRandom(),
    processes: walledProcesses(new Set()),
    secrets: drillSecrets((name) => `made-${name}`),
    wall: 'loopback-only',
    baseUrl: () => null,
  };
  const http = systemHttp({ clock, wall: 'loopback-only', secrets: () => world.secrets.known() });
  const place = putPlace({ world, files: systemFiles(), http }, { put, ...keys }, 'bucket');
  const { back } = place;
  if (back.is !== 'read') throw new Error('a store can be read back');
  return { place, put: place.put, read: back.read };
};

const note = {
  origin: 'firebreak.invalid/l/00aa',
  size: 7,
  note: 'firebreak.invalid/l/00aa\n7\nAAAA\n\n— x y\n',
};
const soon = () => within(5000);

test('what was put is read back as it was, with the checksum that a locked bucket demands', async () => {
  const there = await store();
  const { put, read } = placeAt(there.url);
  const { place } = await put(note, soon());
  expect(await read(place, soon())).toBe(note.note);
  expect(there.asked[0]).toMatchObject({
    method: 'PUT',
    path: '/bucket/00aa-000000000007.note',
    headers: { 'x-amz-checksum-sha256': toBase64(sha256(note.note)) },
  });
});

test('with keys each request carries a signature that the store can make again', async () => {
  const there = await store();
  const keys = { region: 'eu-west-1', access_key: { env: 'A' }, secret_key: { env: 'B' } };
  const { put, read } = placeAt(there.url, keys);
  await read((await put(note, soon())).place, soon());
  expect(there.asked.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  const sign = ({ method, path, headers }: (typeof there.asked)[number], secret: string): string => {
    const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
    const own = signed.filter((name) => !['host', 'x-amz-date', 'x-amz-content-sha256'].includes(name));
    return (
      signAws(
        { access: 'made-bucket.access_key', secret, region: 'eu-west-1' },
        {
          method,
          url: new URL(path, there.url),
          headers: Object.fromEntries(own.map((name) => [name, String(headers[name])])),
          body: method === 'PUT' ? note.note : '',
          at: String(headers['x-amz-date']),
        },
      )['authorization'] ?? ''
    );
  };
  for (const one of there.asked) {
    expect(sign(one, 'made-bucket.secret_key')).toBe(one.headers.authorization);
    // The control: with another secret it is another signature.
    expect(sign(one, 'another')).not.toBe(one.headers.authorization);
  }
});

test.each([
  ['cut', 'unreachable or lost', { name: 'NetworkError', fault: 'cut' }],
  [403, 'refused', { name: 'NotAnchored', fault: 'refused' }],
  [412, 'refused', { name: 'NotAnchored', fault: 'refused' }],
  [503, 'refused', { name: 'NotAnchored', fault: 'refused' }],
  [302, 'refused, because a store that moves is not followed', { name: 'NotAnchored', fault: 'refused' }],
] as const)('a store that answers with %s is %s', async (fault, _, error) => {
  const there = await store();
  const { put, read } = placeAt(there.url);
  there.fault(fault);
  await expect(put(note, soon())).rejects.toMatchObject(error);
  // The control: the same store, well again.
  there.fault(null);
  const { place } = await put(note, soon());
  expect(await read(place, soon())).toBe(note.note);
  there.fault(fault);
  await expect(read(place, soon())).rejects.toMatchObject(error);
});

test('a store that is slow ends with the deadline of the try', async () => {
  const there = await store();
  const { put } = placeAt(there.url);
  there.fault('slow');
  const began = performance.now();
  await expect(put(note, within(300))).rejects.toMatchObject({ name: 'NetworkError', fault: 'timeout' });
  expect(performance.now() - began).toBeLessThan(3000);
});

test('what was taken and not kept, or kept in part, is found when it is read back', async () => {
  const there = await store();
  const { put, read } = placeAt(there.url);
  there.fault('forgets');
  const { place } = await put(note, soon());
  expect(await read(place, soon())).toBeNull();
  there.fault('keeps-half');
  await put(note, soon());
  expect(await read(place, soon())).not.toBe(note.note);
  there.fault(null);
  await put(note, soon());
  expect(await read(place, soon())).toBe(note.note);
});

test.each([
  [
    'overwritten',
    'changed',
    (objects: Map<string, string>, path: string) => objects.set(path, 'another story'),
  ],
  ['deleted', 'gone', (objects: Map<string, string>, path: string) => objects.delete(path)],
] as const)('an object that was %s after it stood is written into the journal', async (_, found, harm) => {
  const there = await store();
  const clock = systemClock();
  const journal = newJournal({ clock });
  const ledger = openLedger(journal, 'ana');
  const left = new AbortController();
  ends.push(async () => await Promise.resolve(left.abort()));
  const places = { store: placeAt(there.url).place };
  const keeper = startKeeper({ clock, places, journal, ledger, actor: 'ana', within }, left.signal);
  await ledger.append([{ kind: 'note.added', pub: { at: clock.now(), star: false, corrects: null } }]);
  const lost = () =>
    [...ledger.entries()].flatMap((one) => (one.kind === 'anchor.lost' ? [one.pub.found] : []));
  there.fault('keeps-half');
  expect(await keeper.flush(600)).toBe(false);
  expect([...ledger.entries()].filter(({ kind }) => kind === 'anchor.made')).toEqual([]);
  there.fault(null);
  expect(await keeper.flush(5000)).toBe(true);
  await keeper.recheck(left.signal);
  expect(lost()).toEqual([]);
  for (const path of there.objects.keys()) harm(there.objects, path);
  await keeper.recheck(left.signal);
  expect(lost()).toEqual([found]);
});
