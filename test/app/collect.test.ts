import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.ts';
import type { App, CollectReport, OpenIncident } from '../../src/app/contract.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import type { World } from '../../src/engine/world.ts';
import { listen } from '../../src/io/server.ts';
import type { Reply, Server } from '../../src/io/server.ts';
import { limits } from '../../src/model/limits.ts';
import { rigApp } from '../rig/app.ts';
import { company } from './company.ts';
import type { Company } from './company.ts';

/** Logs as evidence in a real journal: in pieces, hashed, with what is missing by name. */

const HOUR_MS = 60 * 60_000;

type Okta = Readonly<{
  all: Company;
  app: (hooks?: LedgerHooks) => Promise<App>;
  /** How many pages were asked for. */
  pages: () => number;
  fault: (page: number, reply: Reply) => void;
}>;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** An Okta whose system log has so many pages, of which each takes about so many bytes. */
const okta = async (count: number, bytes: number): Promise<Okta> => {
  const all = await company();
  const faults = new Map<number, Reply>();
  let asked = 0;
  const server: Server = await listen((ask): Reply => {
    const page = Number(ask.query['after']?.[0] ?? '0');
    asked += 1;
    const fault = faults.get(page);
    if (fault !== undefined) return fault;
    const rows = [0, 1].map((i) => ({
      uuid: `${page}-${i}`,
      published: new Date(all.world.clock.now() - HOUR_MS + page * 1000 + i).toISOString(),
      text: 'x'.repeat(bytes / 2),
    }));
    const next = page + 1 < count ? { link: `<https://org.okta.com/x?after=${page + 1}>; rel="next"` } : {};
    return {
      status: 200,
      headers: { 'content-type': 'application/json', ...next },
      body: JSON.stringify(rows),
    };
  });
  ends.push(async () => {
    await server.close();
  });
  const path = join(all.workspace, 'firebreak.yaml');
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(
      /^connectors:\n/m,
      'connectors:\n  okta-lrh: { uses: okta, base_url: "https://lrh.okta.com", secrets: { token: { env: OKTA } } }\n',
    ),
  );
  const live: World = {
    ...all.world,
    baseUrl: (instance, fallback) =>
      instance === 'okta-lrh' ? server.url : all.world.baseUrl(instance, fallback),
  };
  return {
    all,
    pages: () => asked,
    fault: (page, reply) => void faults.set(page, reply),
    app: async (hooks) => {
      const { home, workspace } = all;
      const app = await rigApp({ home, workspace, live, ...(hooks === undefined ? {} : { hooks }) });
      ends.unshift(async () => {
        await app.close();
      });
      return app;
    },
  };
};

const declared = async (app: App): Promise<OpenIncident> =>
  await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });

const fromOkta = async (incident: OpenIncident, stop?: AbortSignal): Promise<CollectReport> =>
  await incident.collect({ instances: ['okta-lrh'] }, () => undefined, stop);

const kept = (incident: OpenIncident): string =>
  incident
    .view()
    .state.evidence.map(({ n }) => incident.reveal({ n, name: 'content' }) ?? '')
    .join('');
const uuids = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { uuid: string }).uuid]));
const wanted = (count: number): readonly string[] =>
  Array.from({ length: count }, (_none, page) => [`${page}-0`, `${page}-1`]).flat();

const MIB = 1024 * 1024;

describe('collecting logs', () => {
  test('keeps a long log in pieces with their hashes, and says that it was had whole', async () => {
    const rig = await okta(11, MIB);
    const incident = await declared(await rig.app());
    const report = await fromOkta(incident);
    expect(report.state).toBe('whole');
    expect(report.lines[0]).toMatchObject({ is: 'whole', records: 22, parts: 3, manual: null });
    expect(uuids(kept(incident))).toEqual(wanted(11));
    for (const { n, sha256, size, method } of incident.view().state.evidence) {
      const content = incident.reveal({ n, name: 'content' }) ?? '';
      expect([sha256Hex(content), Buffer.byteLength(content), method]).toEqual([sha256, size, 'collected']);
      // A piece and the page that filled it: the whole log is never in memory.
      expect(size).toBeLessThan(limits.collectPieceBytes + 2 * MIB);
      expect(content).not.toContain(rig.all.made('okta-lrh.token'));
    }
    const words = incident.timeline().map(({ what }) => what);
    expect(words.some((what) => what.startsWith('Began to read system-log of okta-lrh, '))).toBe(true);
    expect(words.some((what) => what.startsWith('Read the log whole: 22 records in 3 pieces'))).toBe(true);
  });

  test('asks for nothing twice: what was had whole is not read again', async () => {
    const rig = await okta(2, 100);
    const incident = await declared(await rig.app());
    const { window } = await fromOkta(incident);
    const before = rig.pages();
    const again = await incident.collect({
      instances: ['okta-lrh'],
      since: window.from as never,
      until: window.to as never,
    });
    expect(again.lines[0]).toMatchObject({ is: 'already', records: 4 });
    expect(rig.pages()).toBe(before);
  });

  test('a token that expires in the middle ends in part, by name; the same command goes on from there', async () => {
    const rig = await okta(9, MIB);
    rig.fault(6, { status: 429, headers: {}, body: '{}' });
    const incident = await declared(await rig.app());
    const first = await fromOkta(incident);
    expect(first).toMatchObject({ state: 'partial', lines: [{ is: 'partial', records: 12 }] });
    expect(first.lines[0]?.gaps.map(({ is }) => is)).toContain('limited');
    expect(first.lines[0]?.got?.to).toBeLessThan(first.window.to);
    expect(first.lines[0]?.manual?.where).toMatch(/Okta/);
    rig.fault(6, {
      status: 401,
      headers: {},
      body: '{"errorCode":"E0000011","errorSummary":"Invalid token"}',
    });
    expect((await fromOkta(incident)).lines[0]?.gaps.map(({ is }) => is)).toContain('forbidden');
    rig.fault(6, { status: 200, headers: { 'content-type': 'application/json' }, body: '[]' });
    const last = await incident.collect({
      instances: ['okta-lrh'],
      since: first.window.from as never,
      until: first.window.to as never,
    });
    expect(last).toMatchObject({ state: 'whole', lines: [{ records: 12 }] });
    expect(uuids(kept(incident))).toEqual(wanted(6));
  });

  test('killed in the middle it goes on from its last piece, and keeps nothing twice', async () => {
    const rig = await okta(13, MIB);
    let pieces = 0;
    let dead = false;
    const app = await rig.app({
      before: (events) => {
        if (dead || events.some(({ kind }) => kind === 'evidence.added' && (pieces += 1) === 3)) {
          dead = true;
          throw new Error('the tool died');
        }
      },
    });
    const incident = await declared(app);
    await expect(fromOkta(incident)).rejects.toThrow(/the tool died/);
    await app.close();
    const again = await (await rig.app()).open(incident.id);
    const report = await fromOkta(again);
    expect(report).toMatchObject({ state: 'whole', lines: [{ records: 26 }] });
    expect(uuids(kept(again))).toEqual(wanted(13));
    expect([...again.view().state.collections.values()]).toHaveLength(1);
  });

  test('stopped by a person it keeps what it had, and goes on', async () => {
    const rig = await okta(6, MIB);
    const incident = await declared(await rig.app());
    const stop = new AbortController();
    let heard = 0;
    const first = await incident.collect(
      { instances: ['okta-lrh'] },
      ({ is }) => {
        if (is === 'reading' && (heard += 1) === 3) stop.abort();
      },
      stop.signal,
    );
    expect(first).toMatchObject({ state: 'stopped', lines: [{ is: 'partial' }] });
    expect((await fromOkta(incident)).state).toBe('whole');
    expect(uuids(kept(incident))).toEqual(wanted(6));
  });

  test('a system that refuses or keeps no log stops nobody, and is said', async () => {
    const rig = await okta(2, 100);
    const incident = await declared(await rig.app());
    const report = await incident.collect({});
    const of = (instance: string) => report.lines.filter((line) => line.instance === instance);
    expect(of('okta-lrh')).toMatchObject([{ is: 'whole' }]);
    expect(of('slack-lrh').flatMap(({ gaps }) => gaps.map(({ is }) => is)).length).toBeGreaterThan(0);
    expect(report.without).toContain('parlo');
    expect(report.state).toBe('partial');
    const ended = [...incident.view().state.collections.values()];
    expect(ended.every((one) => one.ended !== null)).toBe(true);
    await expect(incident.collect({ instances: ['nobody'] })).rejects.toThrow(/not-found/);
  });
});
