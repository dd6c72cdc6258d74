import { expect, test } from 'vitest';
import { company } from '../app/company.ts';
import { FIRST_STEP, keys, sitDown } from './sitting.ts';

// UX-02: one line and a runbook declare; the worst plausible severity counts until somebody lowers it with a reason.

test('one line and a runbook are enough; severity is lowered with a reason; "not an incident" closes cleanly', async () => {
  const app = await (await company()).app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Odd mail from a scanner' });
  const proposed = app.compiled('leaked-whatsapp-token').plan.severity;
  expect(incident.view().state.severity).toBe(proposed);
  expect(['high', 'critical']).toContain(proposed);
  await expect(incident.act({ do: 'severity', severity: 'low', reason: ' ' })).rejects.toThrow(/reason/);
  await incident.act({ do: 'severity', severity: 'low', reason: 'The token was a test token' });
  expect(incident.view().state.severity).toBe('low');
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'A test token, never live' });
  const { state } = incident.view();
  expect([state.phase, state.closedAs]).toEqual(['closed', 'not-an-incident']);
  expect(incident.timeline().map(({ what }) => what)).toContain('Incident closed: not an incident');
});

test(
  'on a terminal: one line and Enter twice; S lowers it, C closes it as none',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('');
    await person.until('> Declare an incident');
    await person.press(keys.enter, 'the worst plausible');
    await person.press('Odd mail from a scanner', 'from a scanner');
    await person.press(keys.enter, '> Runbook:');
    expect(await person.press(keys.enter, FIRST_STEP)).toMatch(/\S+ · high · 0\/\d+ done/);
    await person.press('S', '> (o) high');
    await person.press(`${keys.up}${keys.up}`, '> (o) low');
    // Without a reason it stays what it was.
    await person.press(keys.enter, '> Reason');
    await person.press(keys.enter, '! needed');
    await person.press('It was a test token', 'a test token');
    const lowered = await person.press(keys.enter, 'Severity set.');
    const codename = /(\S+-\S+) · low · /.exec(lowered)?.[1] ?? '';
    await person.press('C', '> (o) Resolved');
    await person.press(keys.down, '> (o) Not an incident');
    await person.press(keys.enter, '> Summary');
    await person.press('A test token, never live', 'never live');
    await person.press(keys.enter, `> Type the codename to close: ${codename}`);
    await person.press(codename, new RegExp(`close: ${codename} ${codename}`));
    await person.press(keys.enter, ' CLOSED ');
    const { stdout } = await person.beside(['list', '--json']);
    expect(stdout).toContain('"phase":"closed"');
  },
);
