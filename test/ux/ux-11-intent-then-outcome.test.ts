import { expect, test } from 'vitest';
import type { Fresh } from '../../src/model/event.ts';
import { company, confirmed, meta, withToken } from '../app/company.ts';

// UX-11: what was intended stands before the request leaves; killed in between it is UNSURE, and nothing is sent again by itself.

test('killed between request and outcome, the step is unsure, asks, and sends nothing again', async () => {
  const all = await company();
  let dead = false;
  const hooks = {
    before: (events: readonly Fresh[]) => {
      dead ||= events.some(({ kind }) => kind === 'act.outcome');
      if (dead) throw new Error('killed');
    },
  };
  const first = await withToken(await all.app({ hooks }), all);
  await first.act({ do: 'tick', step: 'copy-token-record', result: 'Screenshot' });
  await expect(confirmed(first, await first.prepare('revoke-token'))).rejects.toThrow('killed');
  expect(meta(all).tokens.find(({ name }) => name === 'lrh-prod-su')?.valid).toBe(false);
  const again = await (await all.app()).open(first.id, { takeOver: true });
  const { progress, inFlight } = again.view();
  expect(progress.steps.find(({ step }) => step.id === 'revoke-token')?.status).toBe('unsure');
  expect(inFlight.join()).toContain('lrh-prod-su');
  const intents = () => again.timeline().filter(({ kind }) => kind === 'act.intent').length;
  expect(intents()).toBe(1);
  await again.recheck('revoke-token');
  expect(intents()).toBe(1);
  expect(again.view().progress.steps.find(({ step }) => step.id === 'revoke-token')?.status).toBe('done');
});
