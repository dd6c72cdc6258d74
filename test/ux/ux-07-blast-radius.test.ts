import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { company, confirmed, meta, withToken } from '../app/company.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';
import { keys, sitDown } from './sitting.ts';

// UX-07: what will happen is shown before it happens, and what was shown is what is done.

test('the preview says on what, how many, what stops, whether there is a way back, and the exact calls', async () => {
  const { press, store } = opened();
  await toStep(press, 5);
  await press('d', 'z');
  const shown = seen(store);
  for (const words of [
    /Targets +2/,
    /Stops +Replies to customers/,
    /Undo +subscribe the same webhooks again/,
    /DELETE https:\/\//,
    /Needs +whatsapp/,
  ])
    expect(shown).toMatch(words);
});

test('the plan that was shown is the plan that runs: the same look gives the same hash', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  await incident.act({ do: 'tick', step: 'copy-token-record', result: 'Screenshot' });
  const [dry, again] = [await incident.prepare('revoke-token'), await incident.prepare('revoke-token')];
  expect(dry.sha256).toMatch(/^[\da-f]{64}$/);
  expect(again.sha256).toBe(dry.sha256);
  expect((await confirmed(incident, dry)).state).toBe('proved');
});

test('where the targets have changed since, nothing is sent', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  await incident.act({ do: 'tick', step: 'copy-token-record', result: 'Screenshot' });
  const prepared = await incident.prepare('revoke-token');
  const changed = { ...prepared, sha256: '0'.repeat(64) };
  await expect(confirmed(incident, changed)).rejects.toThrow(/plan-changed/);
  expect(meta(all).tokens.find(({ name }) => name === 'lrh-prod-su')?.valid).toBe(true);
  expect(incident.timeline().some(({ kind }) => kind === 'act.intent')).toBe(false);
});

test(
  'on a terminal: what is confirmed is the plan that was looked at, and a look alone sends nothing',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('drill run leaked-whatsapp-token --seed 7');
    await person.until('The story');
    await person.press(keys.enter, 'NOW Write down');
    await person.toStep("Stop the app's WhatsApp webhooks");
    const shown = await person.press('d', /plan [\da-f]{16}/);
    for (const words of [
      /Targets +1/,
      /Undo +firebreak undo/,
      /Stops +New WhatsApp/,
      /DELETE http/,
      /Needs +whatsapp/,
    ])
      expect(shown).toMatch(words);
    const plan = /plan ([\da-f]{16})/.exec(shown)?.[1] ?? '';
    const [drill = ''] = readdirSync(join(person.home, 'data/drills'));
    const journal = async (): Promise<string> =>
      (await person.beside(['journal', 'show', drill, '--json'])).stdout;
    await person.press(keys.esc, /TODO Stop the app/);
    expect(await journal()).not.toContain('act.intent');
    expect(await person.press('x', 'y: run exactly this')).toContain(`plan ${plan}`);
    await person.press('y', 'DONE and PROVED');
    expect((await journal()).match(/"act.intent"/g)).toHaveLength(1);
  },
);
