import { expect, test } from 'vitest';
import type { Action, Outside } from '../../src/connectors/connector.ts';
import { discreet } from '../../src/engine/discreet.ts';
import type { World } from '../../src/engine/world.ts';
import { redactSentence } from '../../src/io/redact.ts';
import { listen } from '../../src/io/server.ts';
import { company, confirmed, withToken } from '../app/company.ts';
import { rigApp } from '../rig/app.ts';

const SECRET = `EAA${'q'.repeat(240)}`;

test.each([
  ['whole', `answered 400, "Malformed access token ${SECRET}"`],
  [
    'cut short by the length of the sentence',
    `answered 400, "Malformed access token ${SECRET.slice(0, 177)}..."`,
  ],
  ['in a URL', `GET /debug?input_token=${encodeURIComponent(SECRET)} answered 400`],
])('a token that the vendor quotes is shown nowhere: %s', (_, text) => {
  const shown = redactSentence([SECRET])(text);
  expect(shown).toContain('[secret]');
  expect(shown).not.toContain(SECRET.slice(0, 8));
});

test('what an action says and throws holds no known secret; what it keeps to restore is untouched', async () => {
  const speaks = { detail: `no: ${SECRET}`, receipt: { url: `https://x.example/?t=${SECRET}` } };
  const action = {
    preview: () =>
      Promise.resolve({
        calls: [{ method: 'DELETE', url: `/${SECRET}` }],
        breaks: [],
        now: 'active',
        warnings: [SECRET],
      }),
    run: () => Promise.resolve({ result: 'failed', ...speaks }),
    verify: () => Promise.reject(new Error(`Unexpected token in "${SECRET}"`)),
  } as unknown as Action;
  const outside = {} as Outside;
  const one = discreet(action, { secrets: { known: () => [SECRET] } } as never);
  expect(JSON.stringify(await one.preview({}, outside))).not.toContain(SECRET);
  const ran = await one.run({}, outside);
  expect(ran.detail).toBe('no: [secret]');
  expect(ran.receipt).toEqual(speaks.receipt);
  await expect(one.verify({}, outside)).rejects.toThrow('Unexpected token in "[secret]"');
});

test('a connector that quotes the leaked token puts it into no line, no view and no export of an incident', async () => {
  const one = await company();
  const token = one.made('lrh-prod-su');
  const body = JSON.stringify({ error: { code: 190, message: `Malformed access token ${token}` } });
  const vendor = await listen(() => ({ status: 400, body }));
  let quotes = false;
  const live: World = {
    ...one.world,
    baseUrl: (instance, fallback) => (quotes ? vendor.url : one.world.baseUrl(instance, fallback)),
  };
  const app = await rigApp({ home: one.home, workspace: one.workspace, live });
  const incident = await withToken(app, one);
  quotes = true;
  try {
    await incident.act({
      do: 'waive',
      step: 'revoke-token',
      preserve: 'copy-token-record',
      reason: 'Active misuse',
    });
    const prepared = await incident.prepare('revoke-token');
    const report = await confirmed(incident, prepared).catch((error: unknown) => String(error));
    const all = JSON.stringify([
      prepared,
      report,
      incident.timeline(),
      [...incident.view().state.acts.values()],
    ]);
    expect(all).toContain('Malformed access token');
    expect(all).not.toContain(token.slice(0, 12));
  } finally {
    await app.close();
    await vendor.close();
  }
});
