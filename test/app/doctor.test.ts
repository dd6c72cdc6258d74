import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MINUTE } from '../../src/base/duration.ts';
import { Problem } from '../../src/base/problem.ts';
import type { Secrets } from '../../src/io/secrets.ts';
import { formatUtc, instant } from '../../src/base/instant.ts';
import { letterFindings } from '../../src/app/letter-findings.ts';
import { roomFindings } from '../../src/app/room-findings.ts';
import { systemFiles } from '../../src/io/files.ts';
import { rigApp } from '../rig/app.ts';
import { company, readCatalog } from './company.ts';

const catalog = await readCatalog(null);

// What would fail tonight: each trouble is made for real, and the same look without it finds nothing of the kind.

type Company = Awaited<ReturnType<typeof company>>;
const look = async (all: Company, more: Partial<Company['world']> = {}) => {
  const app = await rigApp({ ...all, live: { ...all.world, ...more } });
  const findings = await app.doctor();
  await app.close();
  return findings;
};
const broken = (findings: Awaited<ReturnType<typeof look>>, what: RegExp) =>
  findings.filter((one) => one.state === 'broken' && what.test(one.what));

test('by day all is well: systems let us in, scopes are enough, letters render, the clock agrees, there is room', async () => {
  const findings = await look(await company());
  const ok = findings.filter(({ state }) => state === 'ok').map(({ what }) => what);
  expect(ok).toEqual(
    expect.arrayContaining([
      'connector meta-lrh',
      'connector parlo',
      'scopes of parlo',
      'letters',
      'disk',
      'clock of this machine',
    ]),
  );
  expect(broken(findings, /^(letter|scopes|secret|clock|disk)/)).toEqual([]);
}, 30_000);

test('a secret that is not there is named with what needs it, and it alone counts as a missing credential', async () => {
  const all = await company();
  const secrets: Secrets = {
    ...all.world.secrets,
    resolve: async (ref, name) => {
      if (name === 'meta-lrh.page_token')
        throw new Problem('missing-secret', { name, ref: 'env X', why: 'it is not set' });
      return await all.world.secrets.resolve(ref, name);
    },
  };
  const findings = await look(all, { secrets });
  expect(broken(findings, /^secret/)).toMatchObject([
    {
      what: 'secret meta-lrh.page_token',
      credential: 'missing',
      detail: expect.stringContaining('meta.stop-page-webhooks') as string,
    },
  ]);
}, 30_000);

test('a clock that runs ahead of what the systems say is told', async () => {
  const all = await company();
  all.setWrong(20 * MINUTE);
  const findings = await look(all);
  const clock = findings.find(({ what }) => what === 'clock of this machine');
  expect(clock).toMatchObject({ state: 'broken', detail: expect.stringContaining('ahead of') as string });
}, 30_000);

test('a credential that is let in and may not enough: the actions that would be refused are named', async () => {
  const all = await company();
  all.systems.get('parlo')?.change((state) => {
    const world = state as { tokens: { admin: object } };
    const scopes = ['integrations:read', 'integrations:write'];
    return { ...world, tokens: { ...world.tokens, admin: { ...world.tokens.admin, scopes } } } as never;
  });
  const refused = broken(await look(all), /at parlo$/);
  expect(refused.map(({ what }) => what)).toContain('parlo.restrict-transcripts at parlo');
  expect(refused.map(({ what }) => what)).not.toContain('parlo.remove-forwarding at parlo');
  expect(refused[0]).toMatchObject({
    credential: 'refused',
    fix: expect.stringContaining('grant') as string,
  });
}, 30_000);

test('a letter that does not render is named with its language, and the others are not', () => {
  const now = instant(Date.parse('2026-11-20T00:00:00Z'));
  expect(letterFindings(catalog, now)).toMatchObject([{ what: 'letters', state: 'ok' }]);
  const [[id, letter] = []] = [...catalog.letters];
  if (id === undefined || letter === undefined) throw new Error('letters ship');
  const templates = { ...letter.templates, en: { text: 'Dear {{#if', sha256: '' } };
  const letters = new Map([...catalog.letters, [id, { ...letter, templates }]]);
  expect(letterFindings({ ...catalog, letters }, now)).toMatchObject([
    { what: `letter ${id} (en)`, state: 'broken' },
  ]);
});

test('a disk without room is told before it is needed', () => {
  const files = { ...systemFiles(), free: () => 1024 };
  expect(roomFindings({ files, home: '/' })).toMatchObject([{ what: 'disk', state: 'broken' }]);
  expect(roomFindings({ files: { ...files, free: () => 10 ** 12 }, home: '/' })).toMatchObject([
    { state: 'ok' },
  ]);
});

test('a number that reaches nobody and a day still to come are told of a contact, and hide behind no day of the last ring', async () => {
  const all = await company();
  const path = join(all.workspace, 'contacts.yaml');
  const today = formatUtc(all.world.clock.now()).slice(0, 10);
  const text = readFileSync(path, 'utf8').replaceAll(/checked: \S+/g, `checked: ${today}`);
  const [, first = '', second = ''] = text.split(/^ {2}- (?=id: )/m);
  const idOf = (row: string): string => /^id: (\S+)/.exec(row)?.[1] ?? '';
  writeFileSync(
    path,
    text
      .replace(first, first.replace(/phone: .*/, 'phone: "+000 00 000 0000"'))
      .replace(second, second.replace(/checked: \S+/, 'checked: 2062-01-01')),
  );
  const contacts = (await look(all)).filter(({ what }) => what.startsWith('contact '));
  expect(contacts.filter(({ state }) => state !== 'ok')).toEqual([
    expect.objectContaining({ what: `contact ${idOf(first)}`, detail: '+000 00 000 0000 reaches nobody' }),
    expect.objectContaining({
      what: `contact ${idOf(second)}`,
      detail: '`checked` is 2062-01-01, still to come',
    }),
  ]);
  expect(contacts.length).toBeGreaterThan(2);
}, 30_000);
