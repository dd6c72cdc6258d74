import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { newHome, rigApp } from '../rig/app.ts';
import { company, folder } from './company.ts';

let home = '';
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

test('an incident is found by the codename that screens show, wherever its id is', async () => {
  const { world } = await company();
  const app = await rigApp({ home: folder(), live: world });
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token' });
  const { id } = incident;
  const { codename } = incident.view().state;
  if (codename === null) throw new Error('it has one');
  await incident.leave();
  const again = await app.open(codename);
  expect(again.id).toBe(id);
  await again.leave();
  expect(await app.verify(codename)).toMatchObject({ ok: true });
  expect([...(await app.journals()).show(codename, 0)].length).toBeGreaterThan(3);
  await expect(app.open('no-such')).rejects.toThrow(/not-found: what=incident id=no-such/);
  await app.close();
});

test('where none is open, the drill that was left and what was closed are named', async () => {
  home = newHome();
  const { world } = await company();
  const app = await rigApp({ home, live: world });
  await expect(app.open()).rejects.toMatchObject({ code: 'no-incident', facts: { drill: '', closed: '' } });
  const drill = await app.drill('leaked-whatsapp-token', { seed: 7, auto: true });
  const played = drill.view().state.codename;
  await drill.leave();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token' });
  const over = incident.view().state.codename;
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'A test' });
  await incident.leave();
  await expect(app.open()).rejects.toMatchObject({
    code: 'no-incident',
    facts: { drill: played, closed: over },
  });
  const found = await app.open(played ?? '');
  expect(found.id).toBe(drill.id);
  await found.leave();
  await app.close();
});
