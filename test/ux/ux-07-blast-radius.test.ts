import { expect, test } from 'vitest';
import { company, confirmed, meta, withToken } from '../app/company.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';

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
