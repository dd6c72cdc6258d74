import { expect, test } from 'vitest';
import { opened, toStep } from '../rig/keyboard.ts';
import { company, confirmed, withToken } from '../app/company.ts';
import { keys, sitDown } from './sitting.ts';

// UX-08: Enter never confirms; y does what can be undone; what cannot wants the name typed, and --yes never stands for it.

const REVOKE = 4;
const WEBHOOKS = 5;

test('Enter confirms neither', async () => {
  for (const step of [WEBHOOKS, REVOKE]) {
    const { app, press } = opened();
    await toStep(press, step);
    await press('x', 'enter', 'enter', 'enter');
    expect(app.sent).toEqual([]);
  }
});

test('y confirms what can be undone, and not what cannot', async () => {
  const moderate = opened();
  await toStep(moderate.press, WEBHOOKS);
  await moderate.press('x', 'y');
  expect(moderate.app.sent).toHaveLength(1);
  const severe = opened();
  await toStep(severe.press, REVOKE);
  await severe.press('x', 'v', 'y', 'enter');
  expect(severe.app.sent).toEqual([]);
});

test('the exact name confirms what cannot be undone; a part of it does not', async () => {
  const { app, press, words } = opened();
  await toStep(press, REVOKE);
  await press('x', 'v');
  await words('wa-system-user');
  await press('enter');
  expect(app.sent).toEqual([]);
  await words('-token');
  await press('enter');
  expect(app.sent).toHaveLength(1);
});

test('without a terminal a yes is not enough for it', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  await incident.act({ do: 'tick', step: 'copy-token-record', result: 'Screenshot' });
  const prepared = await incident.prepare('revoke-token');
  await expect(incident.run(prepared, { yes: true })).rejects.toThrow(/needs-confirmation/);
  expect((await confirmed(incident, prepared)).state).toBe('proved');
});

test(
  'on a terminal: Enter confirms nothing, y what can be undone, and only the exact name what cannot',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('drill run leaked-whatsapp-token --seed 7');
    const { enter, ctrlY, esc } = keys;
    await person.until('The story');
    await person.press(enter, 'NOW Write down');
    await person.toStep("Stop the app's WhatsApp webhooks");
    await person.press('x', 'y: run exactly this');
    await person.press(enter, 'Enter confirms nothing here');
    await person.press('y', 'DONE and PROVED');
    await person.press(enter, 'NOW Write down');
    for (const [typed, brings] of [
      [enter, 'save the answer'],
      ['A scanner', 'A scanner'],
      [enter, 'NOW Record the earliest'],
      [enter, 'save the answer'],
      ['02:10', '= 20'],
      [enter, 'Phase complete'],
      [enter, 'Give the leaked token'],
      [enter, 'ctrl+y pastes the made-up value'],
      [ctrlY, /\d+ characters/],
      [enter, 'NOW Copy what Meta shows'],
      [enter, '> Result'],
      ['no time', 'no time'],
      [enter, 'NOW Revoke the leaked token'],
      ['x', 'Type lrh-prod-su and enter'],
      ['lrh-prod', /leaves lrh-prod/],
    ] as const)
      await person.press(typed, brings);
    await person.press(enter, 'Type exactly: lrh-prod-su');
    await person.press('-su', /lrh-prod-su.*$/);
    expect(await person.press(enter, 'DONE and PROVED')).toContain('PROVED lrh-prod-su');
    await person.press(esc, 'NOW');
  },
);
