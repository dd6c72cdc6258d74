import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR } from '../../src/base/duration.ts';
import type { OpenIncident } from '../../src/app/contract.ts';
import { company, confirmed, folder, withToken } from './company.ts';

/** Copies that make themselves while an incident is open. */

const team = async (more = '') => {
  const all = await company();
  const copies = join(folder(), 'copies');
  mkdirSync(copies);
  appendFileSync(join(all.workspace, 'firebreak.yaml'), `\nbackup: { folder: "${copies}"${more} }\n`);
  return { ...all, copies, open: await all.app() };
};

const declare = async ({ open }: Awaited<ReturnType<typeof team>>): Promise<OpenIncident> =>
  await open.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });

test('the first copy is made at once, later ones when their hours are over, verified, and the oldest goes', async () => {
  const all = await team(', every_hours: 2, keep: 2');
  const incident = await declare(all);
  await incident.leave();
  expect(readdirSync(all.copies)).toHaveLength(1);
  const rounds: string[][] = [];
  for (let i = 0; i < 3; i += 1) {
    const again = await all.open.open(incident.id);
    await again.act({ do: 'note', text: `note ${i}` });
    await again.leave();
    expect(readdirSync(all.copies)).toHaveLength(Math.min(i + 1, 2));
    all.later(2 * HOUR + 1000);
    const later = await all.open.open(incident.id);
    await later.leave();
    rounds.push(readdirSync(all.copies).toSorted());
  }
  expect(rounds.map((names) => names.length)).toEqual([2, 2, 2]);
  expect(rounds[2]?.[0]).toBe(rounds[1]?.[1]);
  const newest = join(all.copies, rounds[2]?.[1] ?? '');
  expect(await all.open.verify(newest)).toMatchObject({ ok: true });
  // Put back where the incident was, it goes on.
  renameSync(join(all.home, 'incidents', incident.id), join(folder(), 'aside'));
  (await all.open.journals()).restore(newest);
  const back = await all.open.open(incident.id);
  expect(JSON.stringify(back.timeline())).toContain('note 2');
  await back.act({ do: 'note', text: 'After the disk died' });
  await back.leave();
}, 60_000);

test('a copy that was made while the clock was years ahead does not push out the one of now', async () => {
  const all = await team(', every_hours: 2, keep: 1');
  const incident = await declare(all);
  await incident.leave();
  const [first = ''] = readdirSync(all.copies);
  const ahead = first.replace(/-\d{8}T\d{9}Z/, '-20990101T000000000Z');
  renameSync(join(all.copies, first), join(all.copies, ahead));
  all.later(2 * HOUR + 1000);
  const again = await all.open.open(incident.id);
  await again.act({ do: 'note', text: 'later' });
  await again.leave();
  all.later(2 * HOUR + 1000);
  await (await all.open.open(incident.id)).leave();
  const left = readdirSync(all.copies);
  expect(left).toHaveLength(1);
  expect(left).not.toContain(ahead);
}, 60_000);

test('what cannot be undone has a copy before the hours are over, unless nobody wants it', async () => {
  for (const [more, copies] of [
    ['', 2],
    [', after_irreversible: false', 1],
  ] as const) {
    const all = await team(more);
    const first = await withToken(all.open, all);
    await first.leave();
    all.later(60_000);
    const incident = await all.open.open(first.id);
    await incident.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
    await confirmed(incident, await incident.prepare('revoke-token'));
    await incident.leave();
    expect(readdirSync(all.copies)).toHaveLength(copies);
  }
}, 60_000);

test('a folder that is gone blocks nobody, is never made, is shown, and gets its copy once it is back', async () => {
  const all = await team();
  rmSync(all.copies, { recursive: true });
  const incident = await declare(all);
  for (let i = 0; i < 200 && incident.view().backup?.failing === null; i += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(incident.view().backup).toMatchObject({
    last: null,
    failing: { why: expect.stringContaining('mounted') as string },
  });
  await incident.act({ do: 'note', text: 'Nobody waits' });
  const told = (await all.open.doctor()).find(({ what }) => what === 'backup');
  expect(told).toMatchObject({ state: 'broken', detail: expect.stringContaining('there is no') as string });
  await incident.leave();
  mkdirSync(all.copies);
  const again = await all.open.open(incident.id);
  await again.leave();
  expect(readdirSync(all.copies)).toHaveLength(1);
  expect((await all.open.doctor()).find(({ what }) => what === 'backup')).toMatchObject({ state: 'ok' });
  all.later(9 * HOUR);
  expect((await all.open.doctor()).find(({ what }) => what === 'backup')).toMatchObject({ state: 'warning' });
}, 60_000);
