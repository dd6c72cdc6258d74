import { appendFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import type { App, OpenIncident, ShipStand } from '../../src/app/contract.ts';
import { incidentFolder, journalPath } from '../../src/app/base.ts';
import { openSqlite } from '../../src/io/sqlite.ts';
import { decodeEntry } from '../../src/journal/entry.ts';
import { selfSigned } from '../rig/certificate.ts';
import { packageRoot, rigApp } from '../rig/app.ts';
import { httpCollector, syslogCollector, type Collector, type Event } from '../rig/collector.ts';
import { company, folder, readCatalog, type Company } from './company.ts';

/** The journal as events, sent to receivers that are real and that fail. */

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const collector = async (...tls: Parameters<typeof httpCollector>): Promise<Collector> => {
  const made = await httpCollector(...tls);
  ends.push(made.close);
  return made;
};

const SECRET = 'Maria Muster of 12 Example Street';

const team = async (yaml: string): Promise<Readonly<{ all: Company; app: App }>> => {
  const all = await company();
  appendFileSync(join(all.workspace, 'firebreak.yaml'), `\nship:\n${yaml}`);
  return { all, app: await all.app() };
};

const declared = async (app: App): Promise<OpenIncident> => {
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: SECRET });
  await incident.act({ do: 'note', text: SECRET });
  return incident;
};

const until = async (done: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !done(); i += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(done()).toBe(true);
};

/** Leaves of a journal as they are stored, by number. */
const leaves = (all: Company, id: string): readonly Uint8Array[] => {
  const db = openSqlite(journalPath(incidentFolder(all.home, id, false)), { mode: 'read' });
  try {
    return db.all('SELECT leaf FROM entry ORDER BY n').map((row) => row['leaf'] as Uint8Array);
  } finally {
    db.close();
  }
};

const sequence = (events: readonly Event[]): readonly number[] => events.map((one) => one.metadata.sequence);
const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const one = (stands: readonly ShipStand[]): ShipStand => {
  expect(stands).toHaveLength(1);
  return stands[0] as ShipStand;
};

test('every entry arrives once and in order while people work, as an event that is the entry, and nothing private leaves', async () => {
  const there = await collector();
  const { all, app } = await team(`  siem: { https: "http://127.0.0.1:${there.port}/in" }\n`);
  const incident = await declared(app);
  await until(() => there.taken().length > 10);
  await incident.act({ do: 'note', text: 'And more' });
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: SECRET });
  await incident.leave();
  const stored = leaves(all, incident.id);
  await until(() => there.taken().length >= stored.length);
  expect(sequence(there.taken())).toEqual(upTo(stored.length));
  for (const [n, event] of there.taken().entries()) {
    // The entry in the event is the entry that was signed: whoever holds the copy can hash it again.
    const entry = decodeEntry(stored[n] ?? new Uint8Array());
    expect(event.unmapped.firebreak.entry).toEqual(entry);
    expect(event.metadata.uid).toBe(event.unmapped.firebreak.hash);
    expect(event.metadata.version).toBe('1.3.0');
    expect(event.type_uid).toBe(Number(event['class_uid']) * 100 + Number(event['activity_id']));
    expect(event.unmapped.firebreak).not.toHaveProperty('disclosed');
  }
  const text = JSON.stringify(there.taken());
  expect(text).not.toContain('Maria');
  expect(text).not.toContain('And more');
  // The control: what must not be there is in the journal, and opens with its key.
  const reading = await app.open(incident.id, { readOnly: true });
  expect(JSON.stringify(reading.timeline())).toContain('Maria');
  expect(await reading.ship.stand()).toMatchObject([
    { name: 'siem', behind: 0, next: stored.length, failing: null },
  ]);
  await reading.leave();
}, 60_000);

test('a field that the policy names leaves, and only from where it was named', async () => {
  const [open, closed] = [await collector(), await collector()];
  const { app } = await team(
    `  open: { https: "http://127.0.0.1:${open.port}/", fields: [note.added.text] }\n` +
      `  closed: { https: "http://127.0.0.1:${closed.port}/" }\n`,
  );
  const incident = await declared(app);
  await incident.ship.send({});
  const disclosed = open.taken().flatMap((event) => Object.entries(event.unmapped.firebreak.disclosed ?? {}));
  expect(disclosed).toEqual([['text', SECRET]]);
  expect(closed.taken()).toHaveLength(open.taken().length);
  expect(JSON.stringify(closed.taken())).not.toContain('Maria');
});

test('a connection that is cut before the answer costs a repeat and no event; the repeat has the same ids', async () => {
  const there = await collector();
  const { all, app } = await team(`  siem: { https: "http://127.0.0.1:${there.port}/" }\n`);
  there.fault('cut');
  const incident = await declared(app);
  await until(() => there.taken().length > 0);
  there.fault(null);
  const stand = one(await incident.ship.send({}));
  expect(stand).toMatchObject({ behind: 0, failing: null });
  const ids = there.taken().map((event) => event.metadata.uid);
  expect(ids.length).toBeGreaterThan(stand.next);
  expect(new Set(ids).size).toBe(leaves(all, incident.id).length);
});

test('a receiver that refuses blocks nobody, is told with its gap, waited for longer each time, and gets all of it later', async () => {
  const there = await collector();
  there.fault(503);
  const { all, app } = await team(`  siem: { https: "http://127.0.0.1:${there.port}/" }\n`);
  const incident = await declared(app);
  await until(() => there.requests().length > 0);
  const began = performance.now();
  await incident.act({ do: 'note', text: 'Nobody waits' });
  expect(performance.now() - began).toBeLessThan(1000);
  all.later(120_000);
  const stand = one(await incident.ship.send({}));
  expect(stand).toMatchObject({
    next: 0,
    at: null,
    failing: { fault: 'refused', detail: 'it answered 503' },
  });
  expect(stand.behind).toBe(leaves(all, incident.id).length);
  expect(stand.behindMs).toBeGreaterThanOrEqual(120_000);
  const waits: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    const { failing } = one(await incident.ship.send({}));
    waits.push((failing?.again ?? 0) - all.world.clock.now());
  }
  expect(waits.every((wait, i) => i === 0 || wait > (waits[i - 1] ?? 0))).toBe(true);
  // Somebody patient leaves it alone until then, in another process too: the wait is in the journal's own store.
  const asked = there.requests().length;
  await incident.ship.send({ patient: true });
  expect(there.requests()).toHaveLength(asked);
  await incident.leave();
  there.fault(null);
  all.later(10 * 60_000);
  const again = await app.open(incident.id);
  await until(() => there.taken().length > 0);
  expect(one(await again.ship.send({}))).toMatchObject({ behind: 0, failing: null });
  expect(new Set(sequence(there.taken())).size).toBe(leaves(all, incident.id).length);
}, 60_000);

test('a receiver that says nothing is left behind after a moment, once', async () => {
  const there = await collector();
  there.fault('slow');
  const { app } = await team(`  siem: { https: "http://127.0.0.1:${there.port}/" }\n`);
  const incident = await declared(app);
  await until(() => there.requests().length > 0);
  const leaving = async (which: OpenIncident): Promise<number> => {
    const began = performance.now();
    await which.leave();
    return performance.now() - began;
  };
  expect(await leaving(incident)).toBeLessThan(3000);
  const again = await app.open(incident.id);
  expect(one(await again.ship.stand())).toMatchObject({ next: 0, failing: { fault: 'slow', failures: 1 } });
  expect(await leaving(again)).toBeLessThan(1000);
}, 60_000);

test('what the tool died with is sent by the next one, from where the receiver was', async () => {
  const there = await collector();
  const { all, app } = await team(`  siem: { https: "http://127.0.0.1:${there.port}/" }\n`);
  const incident = await declared(app);
  await incident.ship.send({});
  const before = there.taken().length;
  // No good-bye: the same journal, opened by somebody else, after entries that were never sent.
  const path = journalPath(incidentFolder(all.home, incident.id, false));
  await incident.act({ do: 'note', text: 'Written and not sent' });
  const db = openSqlite(path, { mode: 'write' });
  db.exec('DELETE FROM lease');
  db.close();
  const next = await (await all.app({ actor: 'ben' })).open(incident.id);
  expect(one(await next.ship.send({}))).toMatchObject({ behind: 0 });
  expect(sequence(there.taken())).toEqual(upTo(leaves(all, incident.id).length));
  expect(there.taken().length).toBeGreaterThan(before);
  await next.ship.send({ from: 3 });
  expect(sequence(there.taken().slice(leaves(all, incident.id).length))[0]).toBe(3);
});

test('syslog gets whole frames over TLS, and a server with another certificate gets none', async () => {
  const [right, wrong] = [selfSigned(), selfSigned()];
  const there = await syslogCollector(right);
  ends.push(there.close);
  const at = (ca: string): string => `{ syslog: 127.0.0.1, port: ${there.port}, ca: "${ca}" }`;
  const { all, app } = await team(`  logs: ${at(right.path)}\n  other: ${at(wrong.path)}\n`);
  const incident = await declared(app);
  const stands = await incident.ship.send({});
  const size = leaves(all, incident.id).length;
  expect(stands).toMatchObject([
    { name: 'logs', answers: false, next: size, behind: 0 },
    { name: 'other', next: 0, failing: { fault: 'unreachable' } },
  ]);
  const messages = there.messages();
  expect(messages.every((message) => Buffer.byteLength(message) <= 8192)).toBe(true);
  const events = messages.map((message) => {
    const found = /^<109>1 \S+Z - firebreak - ocsf - (\{.*\})$/s.exec(message);
    return JSON.parse(found?.[1] ?? '') as Event;
  });
  expect(sequence(events)).toEqual(upTo(size));
  // A definition is longer than a server must take: the event says so, and its hash still names the entry.
  const short = events.filter((event) => event.unmapped.firebreak.entry['pub_left_out'] === true);
  expect(short.length).toBeGreaterThan(0);
  expect(short.every((event) => /^[0-9a-f]{64}$/.test(event.metadata.uid))).toBe(true);
}, 60_000);

test('a certificate that nobody vouches for gets no event over https either', async () => {
  const own = selfSigned();
  const there = await collector(own);
  const { app } = await team(`  siem: { https: "https://127.0.0.1:${there.port}/" }\n`);
  const incident = await declared(app);
  expect(one(await incident.ship.send({}))).toMatchObject({ next: 0, failing: { fault: 'unreachable' } });
  expect(there.requests()).toEqual([]);
  // The control: it was the certificate alone that stood in the way.
  const before = getCACertificates();
  setDefaultCACertificates([...before, own.cert]);
  ends.push(() => setDefaultCACertificates(before));
  expect(one(await incident.ship.send({}))).toMatchObject({ behind: 0, failing: null });
});

test('a folder gets whole files, and one that is not there is not made', async () => {
  const drop = folder();
  mkdirSync(join(drop, 'in'));
  const { all, app } = await team(
    `  file: { folder: "${join(drop, 'in')}" }\n  gone: { folder: "${join(drop, 'none')}" }\n`,
  );
  const incident = await declared(app);
  const stands = await incident.ship.send({});
  expect(stands).toMatchObject([{ behind: 0 }, { next: 0, failing: { fault: 'unreachable' } }]);
  const lines = readdirSync(join(drop, 'in'))
    .toSorted()
    .flatMap((name) =>
      readFileSync(join(drop, 'in', name), 'utf8')
        .trimEnd()
        .split('\n'),
    );
  expect(sequence(lines.map((line) => JSON.parse(line) as Event))).toEqual(
    upTo(leaves(all, incident.id).length),
  );
  expect(readdirSync(drop)).toEqual(['in']);
});

test('a receiver named today gets an incident that was declared before; one that nobody trusted gets nothing', async () => {
  const there = await collector();
  const all = await company();
  const incident = await declared(await all.app());
  await incident.leave();
  appendFileSync(
    join(all.workspace, 'firebreak.yaml'),
    `\nship:\n  siem: { https: "http://127.0.0.1:${there.port}/" }\n`,
  );
  const { catalogReader } = await import('../../src/app/wire.ts');
  const { systemFiles } = await import('../../src/io/files.ts');
  const readCatalog = catalogReader(packageRoot, systemFiles(), () => '2026-11-20');
  const rig = { home: all.home, workspace: all.workspace, readCatalog };
  const wary = await rigApp({ ...rig, live: { ...all.world, trusts: () => Promise.resolve(false) } });
  const untrusted = await wary.open(incident.id);
  expect(one(await untrusted.ship.send({}))).toMatchObject({ next: 0, failing: { fault: 'not-configured' } });
  await untrusted.leave();
  await wary.close();
  expect(there.requests()).toEqual([]);
  const app = await rigApp({ ...rig, live: all.world });
  const opened = await app.open(incident.id);
  expect(one(await opened.ship.send({}))).toMatchObject({ name: 'siem', behind: 0 });
  expect(sequence(there.taken())).toEqual(upTo(leaves(all, incident.id).length));
  await app.close();
}, 60_000);

test('a drill is never shipped, whatever its definitions name', async () => {
  const there = await collector();
  const all = await company();
  const siem = { https: `http://127.0.0.1:${there.port}/` };
  // Planted in what every catalog is made of, the example company that drills are of included.
  const planted: typeof readCatalog = async (workspace) => {
    const found = await readCatalog(workspace);
    return { ...found, company: { ...found.company, value: { ...found.company.value, ship: { siem } } } };
  };
  const app = await rigApp({
    home: all.home,
    workspace: all.workspace,
    live: all.world,
    readCatalog: planted,
  });
  const drill = await app.drill('leaked-whatsapp-token', { auto: true, seed: 3 });
  expect(one(await drill.ship.stand())).toMatchObject({ name: 'siem', next: 0 });
  await expect(drill.ship.send({})).rejects.toMatchObject({ code: 'wall' });
  await drill.act({ do: 'note', text: 'Practising' });
  await drill.auto(() => undefined);
  await drill.leave();
  expect(there.requests()).toEqual([]);
  // The control: an incident of the same definitions is.
  const incident = await declared(app);
  await until(() => there.taken().length > 0);
  await incident.leave();
  await app.close();
}, 60_000);
