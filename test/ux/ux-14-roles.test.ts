import { expect, test } from 'vitest';
import { MINUTE } from '../../src/base/duration.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-14: who is who is on the screen, a role is taken in two keys, and one that is missing comes up by itself.

test('the roles stand beside the step, missing ones too, and are taken in two keys', async () => {
  const { app, press, store } = opened();
  expect(seen(store)).toContain('commander ada  NOBODY: responder legal');
  await press('H', 'j', 'm');
  expect(app.commands).toEqual([{ do: 'role', role: 'responder', person: 'ada' }]);
  await press('esc');
  expect(seen(store)).toContain('commander ada  responder ada  NOBODY: legal');
});

test('one person may hold several', async () => {
  const { app, press } = opened();
  await press('H', 'j', 'm', 'j', 'm');
  expect([...app.incident().view().state.roles]).toEqual([
    ['commander', 'ada'],
    ['responder', 'ada'],
    ['scribe', 'ada'],
  ]);
});

test('nobody for the law, and every quarter of an hour it is said', async () => {
  const { app, store } = opened();
  app.advance(14 * MINUTE);
  store.tick();
  expect(seen(store)).not.toContain('nobody is');
  app.advance(MINUTE);
  store.tick();
  expect(seen(store)).toMatch(/nobody is .*legal/);
  app.advance(14 * MINUTE);
  store.tick();
  expect(seen(store)).not.toContain('nobody is');
  app.advance(MINUTE);
  store.tick();
  expect(seen(store)).toMatch(/nobody is .*legal/);
});

test(
  'on a terminal: who does what stands beside the step, and H and m take a role',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    expect(await person.until(FIRST_STEP)).toContain('NOBODY: commander responder scribe comms legal pci');
    await person.press('H', 'People and handover');
    await person.press('m', 'You are commander.');
    await person.press(keys.esc, 'commander ada NOBODY: responder scribe comms legal pci');
  },
);
