import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { company, confirmed, meta, withToken } from '../app/company.ts';
import { secrets } from '../live/workspace.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';
import { liveTeam } from './live-team.ts';
import { keys } from './sitting.ts';
import { pause } from './terminal.ts';

// UX-10: evidence before destruction, and never at the price of the thief staying.

const REVOKE = 4;

/** Of what the vendor's console shows, the tokens. */
const shown = z.object({ tokens: z.array(z.object({ name: z.string(), valid: z.boolean() })) });

test('killing first asks for the evidence; one key goes on, with the reason filled in', async () => {
  const { app, press, words, store } = opened();
  await toStep(press, REVOKE);
  await press('x');
  expect(seen(store)).toMatch(/[Ee]vidence/);
  await words('wa-system-user-token');
  await press('enter');
  expect(app.sent).toEqual([]);
  const other = opened();
  await toStep(other.press, REVOKE);
  await other.press('x', 'v');
  await other.words('wa-system-user-token');
  await other.press('enter');
  expect(other.app.sent).toHaveLength(1);
  expect(other.app.commands).toContainEqual(
    expect.objectContaining({ do: 'waive', reason: expect.stringMatching(/\w{4}/) as string }),
  );
});

test('evidence that cannot be had stops nobody: the token dies, and the journal says what was not taken', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  const prepared = await incident.prepare('revoke-token');
  await expect(confirmed(incident, prepared)).rejects.toThrow(/needs-confirmation/);
  await incident.act({
    do: 'waive',
    step: 'revoke-token',
    preserve: 'copy-token-record',
    reason: 'The console answers 403',
  });
  const report = await confirmed(incident, await incident.prepare('revoke-token'));
  expect(report.state).toBe('proved');
  expect(meta(all).tokens.find(({ name }) => name === 'lrh-prod-su')?.valid).toBe(false);
  const kinds = incident.timeline().map(({ kind }) => kind);
  expect(kinds.indexOf('evidence.waived')).toBeLessThan(kinds.indexOf('act.intent'));
});

test(
  'on a terminal: revoking first asks for the evidence, one key goes on without it, and the journal says so',
  { timeout: 200_000 },
  async () => {
    await using team = await liveTeam();
    const system = team.meta;
    const lives = (): boolean | undefined =>
      shown.parse(system.state()).tokens.find(({ name }) => name === 'lrh-prod-su')?.valid;
    await using person = await team.sitAt('Give the leaked token');
    await person.press(keys.enter, 'enter: seal what was given');
    await person.press(secrets.prod, /\d+ characters/);
    await person.press(keys.enter, /NOW/);
    await person.toStep('Revoke the leaked token');
    await person.press('x', 'Evidence is not taken yet.');
    for (const confirming of [keys.enter, 'y']) {
      await person.press(confirming, 'v: go on without it (active misuse; the reason is filled in)');
    }
    await pause(1000);
    expect(lives()).toBe(true);
    await person.press('v', 'Type lrh-prod-su and enter');
    for (let i = 0; i < 8; i += 1) system.fault({ is: 'status', status: 403, path: 'debug_token' });
    await person.move('lrh-prod-su');
    await pause(1000);
    await person.press(keys.enter, 'evidence: not captured');
    expect(lives()).toBe(false);
    await person.press(keys.esc, 'NOW');
    const [incident = ''] = readdirSync(join(person.home, 'data/incidents'));
    const { stdout } = await person.beside(['journal', 'show', incident]);
    expect(stdout.indexOf('evidence.waived')).toBeGreaterThan(0);
    expect(stdout.indexOf('evidence.waived')).toBeLessThan(stdout.indexOf('act.intent'));
  },
);
