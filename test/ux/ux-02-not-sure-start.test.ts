import { expect, test } from 'vitest';
import { company } from '../app/company.ts';

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
