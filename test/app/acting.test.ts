import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { limits } from '../../src/model/limits.ts';
import type { Fresh } from '../../src/model/event.ts';
import { company, confirmed, meta, withToken } from './company.ts';

/** The engine in an open incident, against vendors that answer as the real ones do. */

const dies = (kind: Fresh['kind']) => {
  let dead = false;
  return {
    before: (events: readonly Fresh[]) => {
      if (dead || events.some((event) => event.kind === kind)) {
        dead = true;
        throw new Error('the tool died');
      }
    },
  };
};

describe('killing a leaked token', () => {
  test('waits for its evidence step, wants the exact name, and ends proved', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    const early = await incident.prepare('revoke-token');
    expect(early).toMatchObject({
      friction: 'type-target',
      phrase: 'lrh-prod-su',
      reversible: false,
      preserve: ['copy-token-record'],
    });
    await expect(confirmed(incident, early)).rejects.toThrow(/needs-confirmation.*copy-token-record/);
    await incident.act({
      do: 'waive',
      step: 'revoke-token',
      preserve: 'copy-token-record',
      reason: 'Active misuse',
    });
    const prepared = await incident.prepare('revoke-token');
    await expect(incident.run(prepared, { yes: true })).rejects.toThrow(/needs-confirmation/);
    await expect(incident.run(prepared, { typed: 'lrh-prod' })).rejects.toThrow(/needs-confirmation/);
    const lines: string[] = [];
    const report = await incident.run(prepared, { typed: 'lrh-prod-su' }, ({ is }) => lines.push(is));
    expect([report.state, lines]).toEqual(['proved', ['intent', 'outcome', 'proof']]);
    const view = incident.view();
    expect(view.progress.steps.find(({ step }) => step.id === 'revoke-token')?.status).toBe('done');
    expect(view.containment.targets.find(({ item }) => item === 'lrh-prod-su')?.hold).toBe('proved');
    expect(meta(all).tokens.find(({ name }) => name === 'lrh-prod-su')?.valid).toBe(false);
  });

  test('shows no secret of anybody in what is shown, and keeps none in what is sealed but the given one', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    await incident.act({ do: 'tick', step: 'copy-token-record', result: 'Screenshot' });
    const prepared = await incident.prepare('revoke-token');
    const report = await confirmed(incident, prepared);
    const shown = JSON.stringify([prepared, report, incident.view(), incident.timeline()]);
    for (const name of ['lrh-prod-su', 'meta-lrh.token', 'meta-lrh.app_secret'])
      expect(shown).not.toContain(all.made(name));
    for (const row of incident.timeline()) {
      for (const name of ['args', 'receipt', 'after', 'exchange', 'detail', 'how', 'text', 'reason']) {
        for (const secret of ['lrh-prod-su', 'meta-lrh.token', 'meta-lrh.app_secret'])
          expect(incident.reveal({ n: row.n, name }) ?? '').not.toContain(all.made(secret));
      }
    }
  });

  test('whose answer is lost is found out by asking, and not sent twice', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    await incident.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
    all.systems.get('meta-lrh')?.fault({ is: 'cut-after', path: '/oauth/revoke' });
    expect((await confirmed(incident, await incident.prepare('revoke-token'))).state).toBe('proved');
    const revokes =
      all.systems
        .get('meta-lrh')
        ?.seen()
        .filter(({ path }) => path.includes('/oauth/revoke')) ?? [];
    expect(revokes).toHaveLength(1);
  });
});

describe('between preview and run', () => {
  test('a target that is corrected away stops it: the plan changed, and nothing is sent', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    await incident.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
    const prepared = await incident.prepare('revoke-token');
    const before = all.systems.get('meta-lrh')?.seen().length;
    await incident.act({
      do: 'correct',
      fact: 'leaked-token',
      answer: { is: 'items', ids: ['lrh-legacy-su'] },
      reason: 'It was the other one',
    });
    await expect(confirmed(incident, prepared)).rejects.toThrow(/plan-changed/);
    expect(all.systems.get('meta-lrh')?.seen()).toHaveLength(before ?? -1);
    expect(incident.view().state.acts.size).toBe(0);
  });

  test('five minutes may pass and no more', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    const prepared = await incident.prepare('stop-webhooks');
    all.later(limits.previewMaxAgeMs + 1000);
    await expect(confirmed(incident, prepared)).rejects.toThrow(/plan-changed.*5 minutes/);
    expect(incident.view().state.acts.size).toBe(0);
  });

  test('a plan that was not prepared here is not run', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    const prepared = await incident.prepare('stop-webhooks');
    await expect(confirmed(incident, { ...prepared, sha256: '00'.repeat(32) })).rejects.toThrow(
      /plan-changed.*not prepared here/,
    );
  });
});

describe('pausing and taking back', () => {
  test('after a death between the write and its outcome the step is unsure, is asked, and can be restored exactly', async () => {
    const all = await company();
    const before = JSON.stringify(meta(all));
    const first = await all.app({ hooks: dies('act.outcome') });
    const incident = await withToken(first, all);
    await expect(confirmed(incident, await incident.prepare('stop-webhooks'))).rejects.toThrow(
      'the tool died',
    );
    expect(meta(all).subscribed_apps.map(({ active }) => active)).toEqual([false]);
    await incident.leave();

    const again = await (await all.app()).open(incident.id);
    expect(again.view().inFlight).toEqual(['meta.stop-webhooks on wa-webhooks']);
    expect(again.view().progress.steps.find(({ step }) => step.id === 'stop-webhooks')?.status).toBe(
      'unsure',
    );
    // Run again, it asks first: what was in doubt turns out to hold, and nothing is sent a second time.
    const { state, lines } = await confirmed(again, await again.prepare('stop-webhooks'));
    expect([state, lines.map(({ is }) => is)]).toEqual(['proved', ['proof']]);
    expect((await confirmed(again, await again.prepareUndo('stop-webhooks'))).state).toBe('restored');
    expect(JSON.stringify(meta(all))).toBe(before);
    const deletes =
      all.systems
        .get('meta-lrh')
        ?.seen()
        .filter(({ method }) => method === 'DELETE') ?? [];
    expect(deletes).toHaveLength(1);
  });

  test('is refused when somebody has meddled since, and left as it is', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    await confirmed(incident, await incident.prepare('stop-webhooks'));
    const meddled = {
      app_id: '840021',
      waba: '102290129340398',
      name: 'LRH Chat',
      active: true,
      override_callback_uri: 'https://cdn-parlo.example/in',
    };
    all.systems
      .get('meta-lrh')
      ?.change((state) => ({ ...(state as { [key: string]: Json }), subscribed_apps: [meddled] }));
    const now = JSON.stringify(meta(all));
    const report = await confirmed(incident, await incident.prepareUndo('stop-webhooks'));
    expect(report).toMatchObject({ state: 'failed', lines: [{ outcome: { result: 'failed' } }] });
    expect(JSON.stringify(meta(all))).toBe(now);
  });

  test('what was off before our action stays off', async () => {
    const all = await company();
    all.systems.get('meta-lrh')?.change((state) => {
      const before = state as { [key: string]: Json; subscribed_apps: readonly { [key: string]: Json }[] };
      return { ...before, subscribed_apps: before.subscribed_apps.map((one) => ({ ...one, active: false })) };
    });
    const incident = await withToken(await all.app(), all);
    const prepared = await incident.prepare('stop-webhooks');
    expect(prepared.targets[0]?.preview?.now).toBe('already');
    expect((await confirmed(incident, prepared)).state).toBe('proved');
    await confirmed(incident, await incident.prepareUndo('stop-webhooks'));
    expect(meta(all).subscribed_apps.map(({ active }) => active)).toEqual([false]);
  });

  test('a proved target is not told again when the step is run once more', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    await confirmed(incident, await incident.prepare('stop-webhooks'));
    const before = all.systems
      .get('meta-lrh')
      ?.seen()
      .filter(({ method }) => method === 'DELETE').length;
    await incident.act({ do: 'reopen', step: 'stop-webhooks', reason: 'To be sure' });
    expect((await confirmed(incident, await incident.prepare('stop-webhooks'))).state).toBe('proved');
    expect(
      all.systems
        .get('meta-lrh')
        ?.seen()
        .filter(({ method }) => method === 'DELETE'),
    ).toHaveLength(before ?? -1);
  });

  test('somebody turning it back on is caught by asking again', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    await confirmed(incident, await incident.prepare('stop-webhooks'));
    all.systems.get('meta-lrh')?.change((state) => {
      const before = state as { [key: string]: Json; subscribed_apps: readonly { [key: string]: Json }[] };
      return { ...before, subscribed_apps: before.subscribed_apps.map((one) => ({ ...one, active: true })) };
    });
    expect((await incident.recheck()).state).toBe('failed');
    expect(incident.view().containment).toMatchObject({ bleeding: 'yes' });
  });
});
