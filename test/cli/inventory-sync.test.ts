import { expect, test, vi } from 'vitest';
import type { AuditDoor, SyncReport } from '../../src/app/contract.ts';
import { item } from '../audit/rig.ts';
import { fakeApp } from './fake-app.ts';
import { fakeAudits, syncReport } from './fake-audits.ts';
import { firebreak } from './rig.ts';

// Which code the comparison ends with, and that nothing is written that nobody agreed to.

const unknown: SyncReport['differences'][number] = { is: 'unknown', instance: 'crm', item: item() };
const rig = (more: Partial<SyncReport>) => {
  const write = vi.fn<AuditDoor['write']>(() => ({ file: '/work/inventory.yaml', rows: 1 }));
  const audits = fakeAudits({ sync: async () => await Promise.resolve(syncReport(more)), write });
  return { write, app: fakeApp({ audits: async () => await Promise.resolve(audits) }) };
};
const system = (is: 'asked' | 'not-asked'): SyncReport['systems'][number] => ({
  instance: 'crm',
  kind: 'http',
  is,
  things: 0,
  why: 'no token',
  fix: 'set it',
});

test('nothing differs: 0; a difference: 3; a system that could not be asked: 6', async () => {
  const codeOf = async (more: Partial<SyncReport>) =>
    (await firebreak(['inventory', 'sync'], rig(more))).code;
  expect(await codeOf({ systems: [system('asked')] })).toBe(0);
  expect(await codeOf({ systems: [system('asked')], differences: [unknown] })).toBe(3);
  expect(await codeOf({ systems: [system('not-asked')] })).toBe(6);
});

test('blind spots are said, in JSON too', async () => {
  const report = { systems: [system('not-asked')], blindSpots: ['crm was not asked: no token'] };
  const said = await firebreak(['inventory', 'sync'], rig(report));
  expect(said.stderr).toContain('BLIND SPOT  crm was not asked');
  const json = await firebreak(['--json', 'inventory', 'sync'], rig(report));
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'firebreak.inventory-sync/v1', ...report });
});

test('it is written after a y, after --yes, and after nothing else', async () => {
  const found = { differences: [unknown], writes: 1 };
  for (const [argv, tty, typed, code, times] of [
    [['--write'], true, ['y'], 0, 1],
    [['--write'], true, ['no'], 3, 0],
    [['--write'], false, [], 7, 0],
    [['--write', '--yes'], false, [], 0, 1],
    [['--yes'], false, [], 3, 0],
  ] as const) {
    const { write, app } = rig(found);
    const said = await firebreak(['inventory', 'sync', ...argv], { app, tty, typed });
    expect([argv, said.code, write.mock.calls.length]).toEqual([argv, code, times]);
  }
  const { write, app } = rig(found);
  expect((await firebreak(['--read-only', 'inventory', 'sync', '--write', '--yes'], { app })).code).toBe(4);
  expect(write).not.toHaveBeenCalled();
});
