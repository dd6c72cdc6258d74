import { expect, test } from 'vitest';
import { company, confirmed, meta, withToken } from '../app/company.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';

// UX-10: evidence before destruction, and never at the price of the thief staying.

const REVOKE = 4;

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
