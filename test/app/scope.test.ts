import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { formatUtc, plus } from '../../src/base/instant.ts';
import { isProblem } from '../../src/base/problem.ts';
import type { ScopeFar } from '../../src/app/contract.ts';
import type { ScopeView } from '../../src/projections/scope.ts';
import { company } from './company.ts';

/** Who is affected, in a real journal: counts in public, people sealed. */

const incidentIn = async (): Promise<Readonly<{ home: string; incident: OpenIncident }>> => {
  const all = await company();
  const app = await all.app();
  const earliestAt = plus(app.now(), -3_600_000);
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'T', earliestAt });
  return { home: all.home, incident };
};

const mapping = `title: Shop
format: csv
columns: { email: Email, phone: Phone, at: At, brand: Brand, ids: { shop: Id } }
phone_country: DE
data: [contact]
`;

const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (isProblem(error)) return `${error.code}: ${error.facts['why'] ?? ''}`;
    throw error;
  }
  throw new Error('nothing was refused');
};

type Read = Awaited<ReturnType<OpenIncident['scope']['read']>>;
const imported = (read: Read): Extract<Read, { is: 'imported' }> => {
  if (read.is === 'stopped') throw new Error('it was stopped');
  return read;
};
const counted = (view: ScopeView | null): ScopeView => {
  if (view === null) throw new Error('it was stopped');
  return view;
};

test('exports become counts in public, facts by a person, and a sealed list', async () => {
  const { home, incident } = await incidentIn();
  const at = formatUtc(plus(incident.view().now, -1_800_000));
  const [map, first, second] = ['map.yaml', 'first.csv', 'second.csv'].map((name) => join(home, name));
  writeFileSync(map ?? '', mapping);
  writeFileSync(
    first ?? '',
    `Id,Email,Phone,At,Brand\n1,Anna@X.example,,${at},Secret Name\n2,ben@x.example,,${at},\nragged\n`,
  );
  writeFileSync(second ?? '', `Id,Email,Phone,At,Brand\n1,,0151 12000001,${at},\n,,,${at},\n`);
  const asked = { mapping: map ?? '', channel: null };
  const one = imported(await incident.scope.read({ ...asked, path: first ?? '' }, () => undefined));
  expect(one).toMatchObject({ rows: 2, ways: 2, bad: 1, already: false });
  expect(one.faults).toEqual([{ line: 4, why: 'this row has 1 cells, the first row has 5' }]);
  expect(await incident.scope.read({ ...asked, path: first ?? '' }, () => undefined)).toMatchObject({
    already: true,
    scope: one.scope,
  });
  await incident.scope.read({ ...asked, path: second ?? '' }, () => undefined);
  expect((await incident.scope.count({}))?.counted?.people_counted[2]).toBeGreaterThan(1000);
  const view = counted(await incident.scope.count({ channels: [] }));
  expect(view.counted).toMatchObject({
    people_counted: [2, 2, 3],
    records_counted: [3, 3, 4],
    listed: 2,
  });
  expect(view.groups).toContainEqual({ by: 'country', name: 'DE', people: [1, 1, 3] });
  expect(view.groups).toContainEqual({ by: 'brand', name: 'secret name', people: [1, 1, 3] });
  expect(view.basis.some((words) => words.startsWith('GAP '))).toBe(true);

  const list = new TextDecoder().decode(Buffer.concat([...(incident.scope.recipients() ?? [])]));
  expect(
    list
      .split('\n')
      .slice(1, 3)
      .toSorted()
      .map((line) => line.split(',').slice(1)),
  ).toEqual(
    [
      ['anna@x.example', '', '', '', 'DE', '+4915112000001', 'map.yaml', 'id'],
      ['ben@x.example', '', '', '', '', '', 'map.yaml', ''],
    ].toSorted((a, b) => list.indexOf(a[0] ?? '') - list.indexOf(b[0] ?? '')),
  );
  const out = join(home, 'people.csv');
  await incident.scope.export(out);
  expect(readFileSync(out, 'utf8')).toBe(list);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(await refused(incident.scope.export(out))).toContain('nothing is written over it');

  const { state } = incident.view();
  const open = JSON.stringify([...state.scope.imports, state.scope.counted, [...state.scope.pieces]]);
  for (const secret of ['anna', 'ben@', '15112', 'secret name', 'first.csv'])
    expect(open.toLowerCase()).not.toContain(secret);

  for (const { fact, answer } of incident.scope.facts())
    await incident.act({ do: 'learn', fact, answer, basis: 'log' });
  expect(incident.view().state.facts.get('subjects-count')?.known).toBe(true);
  expect(incident.scope.facts().every(({ known, same }) => known && same)).toBe(true);
  expect(incident.scope.faults(one.scope)).toEqual(['4: this row has 1 cells, the first row has 5']);
  await incident.scope.count({});
  const again = incident.scope.facts().find(({ fact }) => fact === 'subjects-count');
  expect(again).toMatchObject({ known: true, same: false });
});

test('a nought that comes of a wrong window is asked about, and written for whoever names the window', async () => {
  const { home, incident } = await incidentIn();
  const { now } = incident.view();
  const [map, path] = [join(home, 'map.yaml'), join(home, 'early.csv')];
  writeFileSync(map, mapping);
  writeFileSync(
    path,
    `Id,Email,Phone,At,Brand\n1,ann@x.example,,${formatUtc(plus(now, -90 * 86_400_000))},\n`,
  );
  await incident.scope.read({ mapping: map, channel: null, path }, () => undefined);
  expect(await refused(incident.scope.count({ channels: [] }))).toContain('outside of the window');
  expect(incident.view().state.scope.counted).toBeNull();
  const view = counted(
    await incident.scope.count({ channels: [], until: now, since: plus(now, -3_600_000) }),
  );
  expect(view.counted?.people_counted).toEqual([0, 0, 0]);
});

const large = (home: string, rows: number): string => {
  const path = join(home, 'large.csv');
  const lines = Array.from({ length: rows }, (_, i) => `${i},p${i}@x.example,,2026-11-20T00:00:00Z,`);
  writeFileSync(path, `Id,Email,Phone,At,Brand\n${lines.join('\n')}\n`);
  return path;
};

test('between two pieces of an import a key is heard, and it says how far it is', async () => {
  const { home, incident } = await incidentIn();
  const map = join(home, 'map.yaml');
  writeFileSync(map, mapping);
  const told: ScopeFar[] = [];
  let turns = 0;
  let beating = true;
  const beat = (): void => {
    turns += 1;
    if (beating) setImmediate(beat);
  };
  setImmediate(beat);
  const path = large(home, 10_000);
  await incident.scope.read({ path, mapping: map, channel: null }, (far) => void told.push(far));
  await incident.scope.count({ since: plus(incident.view().now, -90 * 86_400_000) });
  beating = false;
  const size = statSync(path).size;
  const [hashed, read] = [Math.ceil(size / 65_536), Math.ceil(size / 16_384)];
  expect(turns).toBeGreaterThan(hashed + read);
  expect(told.map(({ doing }) => doing)).toEqual([
    ...Array.from({ length: hashed }, () => 'hashing'),
    ...Array.from({ length: read }, () => 'reading'),
  ]);
  expect(told.at(-1)).toMatchObject({ bytes: size, size });
});

test('an import that is stopped leaves nothing that counts, and the same one begins anew', async () => {
  const { home, incident } = await incidentIn();
  const map = join(home, 'map.yaml');
  writeFileSync(map, mapping);
  const asked = { path: large(home, 5000), mapping: map, channel: null };
  for (const doing of ['hashing', 'reading'] as const) {
    const stop = new AbortController();
    const heard = (far: ScopeFar): void => (far.doing === doing ? stop.abort() : undefined);
    expect(await incident.scope.read(asked, heard, stop.signal)).toMatchObject({ is: 'stopped', pieces: 0 });
    expect(incident.scope.view().imports).toEqual([]);
  }
  expect(await incident.scope.read(asked, () => undefined)).toMatchObject({ already: false, rows: 5000 });
  const stop = new AbortController();
  stop.abort();
  expect(await incident.scope.count({}, undefined, stop.signal)).toBeNull();
  expect(incident.scope.view().counted).toBeNull();
  expect(incident.scope.recipients()).toBeNull();
});

test('what does not fit leaves no entry, and says why', async () => {
  const { home, incident } = await incidentIn();
  const path = join(home, 'a.csv');
  writeFileSync(path, 'mail\na@x.example\n');
  const size = incident.view().state.size;
  const asked = { path, mapping: 'chatwoot-contacts', channel: null };
  expect(await refused(incident.scope.read(asked, () => undefined))).toContain(
    'there is no column "email", which the mapping reads as email',
  );
  expect(await refused(incident.scope.read({ ...asked, mapping: 'chatwot' }, () => undefined))).toContain(
    'there is no mapping "chatwot"; known: whatsapp-webhook, zendesk-users',
  );
  const odd = join(home, 'odd.yaml');
  writeFileSync(odd, 'title: x\nformat: xml\ncolumns: {}\n');
  expect(await refused(incident.scope.read({ ...asked, mapping: odd }, () => undefined))).toContain(
    'invalid-file',
  );
  expect(await refused(incident.scope.read({ ...asked, channel: 'nowhere' }, () => undefined))).toContain(
    'not-found',
  );
  expect(await refused(incident.scope.count({}))).toContain('nothing was imported yet');
  expect(incident.view().state.size).toBe(size);
  chmodSync(path, 0o600);
});
