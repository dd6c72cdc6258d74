import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describe as failure } from '../../src/cli/failure.ts';
import { rigApp } from '../rig/app.ts';
import { company, folder, withToken } from './company.ts';

// Changing laptops is looked at before anybody agrees to it.

const refused = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    const told = failure(error);
    return `${told?.exit ?? 0} ${told?.failed ?? ''}`;
  }
  return '';
};

test('what handing over would be is known before, and what would be refused is refused then', async () => {
  const all = await company();
  const ana = await all.app({ actor: 'ana' });
  const ben = await rigApp({ home: folder(), workspace: all.workspace, live: all.world, actor: 'ben' });
  const incident = await withToken(ana, all);
  const { line, check } = (await ben.packets()).receiver();
  const saved = join(folder(), 'line.txt');
  writeFileSync(saved, `Here it is:\n${line}\n`);
  const plan = await incident.packetPlan(saved, null);
  expect(plan).toMatchObject({ line, check, codename: incident.view().state.codename });
  expect(plan.path.endsWith('.packet')).toBe(true);
  expect(plan.left.join()).toContain('secrets of live systems');
  const own = (await ana.packets()).receiver().line;
  for (const [to, out, exit, says] of [
    ['firebreak-to1nonsense', null, 2, 'not the line of a receiver'],
    [own, null, 2, 'this machine itself'],
    [line, '/nowhere/at/all.packet', 10, '/nowhere/at'],
    [line, saved, 2, saved],
  ] as const)
    expect(await refused(async () => incident.packetPlan(to, out))).toMatch(new RegExp(`^${exit} .*${says}`));
  // Only looked at: it goes on here.
  expect(incident.view()).toMatchObject({ readOnly: false, state: { handed: null } });
  await incident.packet(plan.line, plan.path);
  expect(incident.view()).toMatchObject({ readOnly: true, state: { handed: { to: check } } });
  expect(ana.incidents('live').map(({ handed }) => handed)).toEqual([check]);
  await expect(incident.packetPlan(line, folder())).resolves.toMatchObject({ check });
  await incident.leave();
}, 60_000);
