import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { firebreak } from '../cli/rig.ts';
import { company } from './company.ts';

let home = '';
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const opened = async (): Promise<App> => {
  const all = await company();
  home = all.home;
  return await all.app();
};
/** The session of a command ends with the app; here several use one. */
const kept = (app: App): App => ({ ...app, close: async () => {} });
const say = async (app: App, ...argv: readonly string[]) => await firebreak(argv, { app: kept(app) });
const board = (incident: OpenIncident) => incident.view().clocks.map(({ duty, about }) => [duty, about]);

const dsar = ['clocks', 'open', 'dsar', '--received', '2026-02-27T09:00:00+01:00', '--ref', 'D-12'] as const;

test('without an incident one line makes the standing list, in which no duty of a breach counts', async () => {
  const app = await opened();
  const first = await say(app, ...dsar, '--json');
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ clock: 'gdpr.dsar:1', standing: 'overdue' });
  expect((await say(app, 'clocks', 'open', 'erasure', '--ref', 'E-1')).code).toBe(0);
  expect(app.incidents('live')).toMatchObject([{ purpose: 'requests', severity: 'low' }]);
  const list = await app.requests();
  expect(board(list)).toEqual([
    ['gdpr.dsar:1', 'D-12'],
    ['gdpr.erasure:1', 'E-1'],
  ]);
  await list.act({ do: 'learn', fact: 'aware', answer: { is: 'yes-no', value: true } });
  expect(board(list).flat()).toContain('gdpr.33-1');
});

test('the list is nobody’s incident: a breach beside it is still the only open one, and requests stay in the list', async () => {
  const app = await opened();
  await say(app, ...dsar);
  const { id: list } = await app.requests();
  const breach = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token on GitHub' });
  expect((await app.open()).id).toBe(breach.id);
  expect((await app.requests()).id).toBe(list);
  await say(app, 'clocks', 'open', 'complaint', '--ref', 'C-1', '--incident', breach.id);
  expect(board(await app.open(breach.id))).toContainEqual(['uk.complaint:1', 'C-1']);
});

test('each is found by what the company calls it, and met by its own submission and proof', async () => {
  const app = await opened();
  await say(app, ...dsar);
  expect((await say(app, 'duty', 'submit', 'D-12', '--channel', 'mail')).code).toBe(0);
  expect((await say(app, 'duty', 'prove', 'D-12', '--reference', 'message 7')).code).toBe(0);
  const [clock] = (await app.requests()).view().clocks;
  expect(clock).toMatchObject({ duty: 'gdpr.dsar:1', standing: 'met-late', acknowledgedAt: null });
});

test('a correction, an extension and an end want their reasons, and stand in the timeline with old and new', async () => {
  const app = await opened();
  await say(app, ...dsar);
  expect(
    (await say(app, 'clocks', 'correct', 'D-12', '--received', '2026-02-25T09:00:00+01:00')).code,
  ).not.toBe(0);
  const why = ['--why', 'the letter was in the wrong tray'];
  expect(
    (await say(app, 'clocks', 'correct', 'D-12', '--received', '2026-02-25T09:00:00+01:00', ...why)).code,
  ).toBe(0);
  expect((await say(app, 'clocks', 'extend', 'D-12', ...why)).stderr).toContain('--told');
  expect(
    (await say(app, 'clocks', 'extend', 'D-12', '--told', '2026-02-28T09:00:00+01:00', ...why)).code,
  ).toBe(0);
  const list = await app.requests();
  expect(list.view().clocks[0]?.dueUtc?.slice(0, 10)).toBe('2026-05-25');
  expect((await say(app, 'clocks', 'extend', 'gdpr.dsar:9', ...why, '--told', 'now')).code).toBe(10);
  expect((await say(app, 'clocks', 'end', 'D-12', '--how', 'withdrawn', ...why)).code).toBe(0);
  const ended = await app.requests();
  expect(ended.view().clocks[0]?.standing).toBe('ruled-out');
  const rows = ended.timeline().filter(({ kind }) => kind.startsWith('clock.'));
  expect(rows.map(({ corrects }) => corrects)).toEqual([null, rows[0]?.n, null, null]);
  expect(rows[1]?.why).toBe('the letter was in the wrong tray');
});

test('what is no such duty, no place and no time is said so, and nothing is opened', async () => {
  const app = await opened();
  const refused = async (...more: readonly string[]): Promise<string> => {
    const { code, stderr } = await say(app, 'clocks', 'open', ...more, '--ref', 'D-1');
    expect(code).toBeGreaterThan(1);
    return stderr;
  };
  expect(await refused('gdpr.33-1')).toContain('gdpr.dsar');
  expect(await refused('ransom')).toContain('dsar, erasure, complaint');
  expect(await refused('dsar', '--country', 'Germany')).toContain('two letters');
  expect(await refused('dsar', '--zone', 'Mars/Base')).toContain('Mars/Base');
  expect(await refused('dsar', '--zone', 'Europe/Berlin', '--received', '2025-03-30 02:30')).toContain(
    'left out',
  );
  expect(await refused('dsar', '--zone', 'Europe/Berlin', '--received', '2025-10-26 02:30')).toContain(
    '2025-10-26T02:30:00+02:00 or 2025-10-26T02:30:00+01:00',
  );
  expect(await refused('dsar', '--received', '2999-01-01T00:00:00Z')).toContain('still to come');
});
