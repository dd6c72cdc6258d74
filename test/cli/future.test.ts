import { expect, test } from 'vitest';
import type { App } from '../../src/app/contract.ts';
import { formatUtc, plus } from '../../src/base/instant.ts';
import { DAY } from '../../src/base/duration.ts';
import { company } from '../app/company.ts';
import { firebreak } from './rig.ts';

/** A slip in the year: a moment that is still to come starts no clock and meets none. */

const say = async (app: App, ...argv: readonly string[]) =>
  await firebreak(argv, { app: { ...app, close: async () => {} } });

test('what happened is not still to come', async () => {
  const app = await (await company()).app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  const [yesterday, nextYear] = [-DAY, 365 * DAY].map((ms) => formatUtc(plus(app.now(), ms)));
  if (yesterday === undefined || nextYear === undefined) throw new Error('both are moments');
  for (const argv of [
    ['fact', 'aware', nextYear],
    ['fact', 'personal-data', 'yes', '--at', nextYear],
    ['duty', 'submit', 'gdpr.33-1', '--channel', 'portal', '--at', nextYear],
    ['note', 'seen', '--at', nextYear],
    ['declare', 'leaked-whatsapp-token', '--title', 'Again', '--aware', nextYear],
  ]) {
    const { code, stderr } = await say(app, ...argv);
    expect(`${code} ${argv.join(' ')}`).toBe(`2 ${argv.join(' ')}`);
    expect(stderr).toContain('is in the future: write when it happened');
  }
  expect((await app.open(incident.id)).view().state).toMatchObject({
    facts: new Map(),
    submissions: new Map(),
  });
  expect(app.incidents('live')).toHaveLength(1);
  expect((await say(app, 'fact', 'aware', yesterday)).code).toBe(0);
  expect((await say(app, 'duty', 'submit', 'gdpr.33-1', '--channel', 'portal', '--at', 'now')).code).toBe(0);
});
