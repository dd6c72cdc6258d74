import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fresh } from '../../src/model/event.ts';
import { company, confirmed, meta, withToken } from '../app/company.ts';
import { liveTeam, WEBHOOKS_STEP, type LiveTeam } from './live-team.ts';
import { keys } from './sitting.ts';

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

describe('on a terminal, a live system that has done it and does not answer', () => {
  let team: LiveTeam;
  beforeAll(async () => void (team = await liveTeam()), 120_000);
  afterAll(async () => await team[Symbol.asyncDispose]());

  const stops = (): number => team.meta.seen().filter(({ method }) => method === 'DELETE').length;
  const subscribe = (): void => {
    team.meta.change((before) => {
      const { subscribed_apps: apps, ...state } = before as { subscribed_apps: readonly object[] };
      return { ...state, subscribed_apps: apps.map((app) => ({ ...app, active: true })) } as never;
    });
  };

  test.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)(
    'ended by %s meanwhile, it is UNSURE at the next start, asked about, and not sent again',
    { timeout: 150_000 },
    async (signal) => {
      subscribe();
      const before = stops();
      await using person = await team.sitAt(WEBHOOKS_STEP, { columns: 80, rows: 24 });
      await person.press('x', 'y: run exactly this');
      team.meta.fault({ is: 'hang-after', method: 'DELETE' });
      await person.press('y', /RUNNING .* each call ends after/);
      await expect.poll(stops, { timeout: 30_000 }).toBe(before + 1);
      process.kill(await person.pid(), signal);
      await person.until(/code=\d+\./);
      await person.again('resume');
      await person.until('In flight when the tool ended, now UNSURE: meta.stop-webhooks on wa-webhooks');
      await person.toStep(WEBHOOKS_STEP);
      await person.press(keys.enter, 'it was not repeated and not rolled back');
      await person.press('r', 'PROVED');
      expect(stops()).toBe(before + 1);
    },
  );
});
