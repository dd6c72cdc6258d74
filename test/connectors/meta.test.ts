import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { connector } from '../../src/connectors/meta/index.ts';
import { state as schema } from '../../src/connectors/meta/state.ts';
import { cases, seed } from '../fixtures/connectors/meta.ts';
import { open, parsed } from './world.ts';

const { config, secrets } = { config: {}, ...cases[0] };
const waba = '102290129340398';
const phone = '106540352242922';
const account = '17841400008460056';
const [prod, legacy] = ['EAAGsim-lrh-prod-su', 'EAAGsim-lrh-legacy-su'];
const world = async (
  more: Readonly<{ suspects?: readonly string[]; secrets?: Readonly<Record<string, string>> }> = {},
) => await open({ connector, seed, config, secrets: secrets ?? {}, ...more });

/** Whether ours, the page's and the two leaked tokens are alive. */
const leaked = (state: Json) =>
  schema
    .parse(state)
    .tokens.slice(0, 4)
    .map((one) => one.valid);

describe('the fixture of the contract suite', () => {
  it('has a case for every action', () => {
    const tried = [...new Set(cases.map((one) => one.action))];
    expect(tried.toSorted()).toEqual(Object.keys(connector.actions).toSorted());
  });

  for (const one of cases) {
    it(`previews, runs, proves and undoes ${one.action}`, async () => {
      const { outside, simulator, action } = await open({ connector, ...one });
      const tried = action(one.action);
      const input = parsed(tried, one.input);
      const before = simulator.state();
      expect((await tried.preview(input, outside)).now).toBe('active');
      expect((await tried.verify(input, outside)).is).toBe('refuted');
      const outcome = await tried.run(input, outside);
      expect(outcome).toMatchObject({ result: 'done' });
      expect(one.isOff(simulator.state())).toBe(true);
      expect((await tried.verify(input, outside)).is).toBe('proved');
      expect((await tried.run(input, outside)).result).toBe('already');
      expect((await tried.preview(input, outside)).now).toBe('already');
      if (one.restores === null) return;
      const undone = await tried.undo?.(
        input,
        { receipt: outcome.receipt ?? null, after: outcome.after ?? null },
        outside,
      );
      expect(undone).toMatchObject({ result: 'done' });
      expect(one.restores(simulator.state())).toEqual(one.restores(before));
    });
  }
});

describe('revoking a token', () => {
  it('kills every leaked token and proves each with the token itself', async () => {
    const { outside, simulator, action, heard } = await world({ suspects: [prod, legacy] });
    const revoke = action('revoke-token');
    const outcome = await revoke.run(parsed(revoke, {}), outside);
    expect(outcome.receipt).toMatchObject({ credentials: [{ user_id: '900002' }, { user_id: '900003' }] });
    const proof = await revoke.verify(parsed(revoke, {}), outside);
    expect(proof).toMatchObject({ is: 'proved', http: 401 });
    expect(proof.how).toContain('code 190');
    expect(leaked(simulator.state())).toEqual([true, true, false, false]);
    const shown = JSON.stringify([heard, outcome, proof]);
    for (const secret of [prod, legacy, ...Object.values(secrets ?? {})]) expect(shown).not.toContain(secret);
  });

  it('keeps what is known of each token before the first one dies', async () => {
    const { outside, action, kept } = await world({ suspects: [prod, legacy] });
    const revoke = action('revoke-token');
    await revoke.run(parsed(revoke, {}), outside);
    expect(kept).toMatchObject([
      { receipt: { credentials: [{ user_id: '900002' }, { user_id: '900003' }] }, after: null },
    ]);
  });

  it('is refuted while one of several tokens still works', async () => {
    const { outside, simulator, action } = await world({ suspects: [prod, legacy] });
    simulator.change((state) => {
      const found = schema.parse(state);
      return {
        ...found,
        tokens: found.tokens.map((one) => (one.token === prod ? { ...one, valid: false } : one)),
      };
    });
    const revoke = action('revoke-token');
    const proof = await revoke.verify(parsed(revoke, {}), outside);
    expect(proof.is).toBe('refuted');
    expect(proof.how).toContain('credential 2 of 2 still opens');
  });

  it("leaves the tool's own token out when there are others, and says that it is still alive", async () => {
    const own = secrets?.['token'] ?? '';
    const { outside, simulator, action } = await world({ suspects: [own, prod] });
    const revoke = action('revoke-token');
    const input = parsed(revoke, {});
    const preview = await revoke.preview(input, outside);
    expect(preview.calls).toHaveLength(1);
    expect(preview.warnings.join()).toContain('left out and stays alive');
    const outcome = await revoke.run(input, outside);
    expect(outcome.result).toBe('done');
    expect(outcome.detail).toContain('left out and is still alive');
    expect(leaked(simulator.state())).toEqual([true, true, false, true]);
    const proof = await revoke.verify(input, outside);
    expect(proof.is).toBe('unproved');
    expect(proof.how).toContain('is still alive, so the whole is not proved');
  });

  it("kills the tool's own token when it is the only one given", async () => {
    const { outside, simulator, action } = await world({ suspects: [secrets?.['token'] ?? ''] });
    const revoke = action('revoke-token');
    const input = parsed(revoke, {});
    expect((await revoke.preview(input, outside)).warnings.join()).toContain('by hand until a new one');
    expect((await revoke.run(input, outside)).result).toBe('done');
    expect(leaked(simulator.state())).toEqual([false, true, true, true]);
    expect((await revoke.verify(input, outside)).is).toBe('proved');
  });

  it('goes ahead when the metadata cannot be captured, and says so', async () => {
    const { outside, simulator, action, kept } = await world({ suspects: [prod] });
    simulator.fault({ is: 'status', status: 500, path: 'debug_token' });
    const revoke = action('revoke-token');
    const outcome = await revoke.run(parsed(revoke, {}), outside);
    expect(outcome).toMatchObject({ result: 'done', receipt: { credentials: [null] } });
    expect(outcome.detail).toContain('not captured');
    expect(kept).toEqual([]);
  });

  it('shows the exact call with every secret hidden', async () => {
    const { outside, action } = await world({ suspects: [prod] });
    const revoke = action('revoke-token');
    const { calls } = await revoke.preview(parsed(revoke, {}), outside);
    expect(calls[0]?.url).toMatch(
      /\/v23\.0\/oauth\/revoke\?client_id=840021&client_secret=\[secret\]&revoke_token=\[secret\]&access_token=\[secret\]$/,
    );
  });

  it('does not know whether a token died when the answer was lost', async () => {
    const { outside, simulator, action } = await world({ suspects: [prod] });
    simulator.fault({ is: 'cut-after', path: 'oauth/revoke' });
    const revoke = action('revoke-token');
    expect((await revoke.run(parsed(revoke, {}), outside)).result).toBe('unknown');
    expect((await revoke.verify(parsed(revoke, {}), outside)).is).toBe('proved');
  });
});

describe('stopping webhooks', () => {
  it('removes our app only and names the app that stays', async () => {
    const { outside, simulator, action } = await world();
    const stop = action('stop-webhooks');
    const outcome = await stop.run(parsed(stop, { waba }), outside);
    expect(outcome.detail).toContain('666000');
    expect(schema.parse(simulator.state()).subscribed_apps.map((one) => one.active)).toEqual([false, true]);
  });

  it('warns beforehand and changes nothing when the override could not be restored for want of its verify token', async () => {
    const { verify_token: _gone, ...rest } = secrets ?? {};
    const { outside, simulator, action } = await world({ secrets: rest });
    const stop = action('stop-webhooks');
    expect((await stop.preview(parsed(stop, { waba }), outside)).warnings.join()).toContain('verify token');
    const { receipt = null, after = null } = await stop.run(parsed(stop, { waba }), outside);
    const off = simulator.state();
    expect(await stop.undo?.(parsed(stop, { waba }), { receipt, after }, outside)).toMatchObject({
      result: 'failed',
    });
    expect(simulator.state()).toEqual(off);
  });

  it('reads what Graph says: a wrong id is a failure, a dead token of our own is a missing permission', async () => {
    const { outside, simulator, action } = await world();
    const stop = action('stop-webhooks');
    const wrong = await stop.run(parsed(stop, { waba: '999999' }), outside);
    expect(wrong).toMatchObject({ result: 'failed', http: 400 });
    expect(wrong.detail).toContain('code 100');
    simulator.change((state) => ({ ...schema.parse(state), tokens: [] }));
    expect(await stop.run(parsed(stop, { waba }), outside)).toMatchObject({ result: 'forbidden', http: 401 });
    expect((await stop.verify(parsed(stop, { waba }), outside)).is).toBe('unproved');
  });
});

describe('a foreign callback', () => {
  it('is found at all three levels and removed from the number', async () => {
    const { outside, simulator, action } = await world();
    const clear = action('clear-callback-override');
    const preview = await clear.preview(parsed(clear, { waba, phone }), outside);
    expect(preview.warnings.join('\n')).toMatch(
      /number sends.*cdn-parlo[^]*messages go to.*cdn-parlo[^]*app's own callback.*hooks\.lrh/,
    );
    expect((await clear.run(parsed(clear, { phone }), outside)).result).toBe('done');
    expect(schema.parse(simulator.state()).phones[0]?.override_callback_uri).toBeNull();
  });

  it('can be diverted to an own receiver', async () => {
    const { outside, simulator, action } = await world();
    const clear = action('clear-callback-override');
    const input = parsed(clear, { waba, divert_to: 'https://quarantine.lrh.example/meta' });
    expect((await clear.run(input, outside)).result).toBe('done');
    expect((await clear.verify(input, outside)).is).toBe('proved');
    expect(schema.parse(simulator.state()).subscribed_apps[0]?.override_callback_uri).toBe(
      'https://quarantine.lrh.example/meta',
    );
  });

  it('does not subscribe an app again that was stopped', async () => {
    const { outside, simulator, action } = await world();
    const stop = action('stop-webhooks');
    await stop.run(parsed(stop, { waba }), outside);
    const clear = action('clear-callback-override');
    expect((await clear.run(parsed(clear, { waba }), outside)).result).toBe('already');
    expect(schema.parse(simulator.state()).subscribed_apps[0]?.active).toBe(false);
  });
});

describe('looking around', () => {
  it('lists subscriptions, numbers and people, and says what it cannot see', async () => {
    const { outside } = await world();
    const listing = await connector.list?.(outside);
    const found = new Map(listing?.items.map(({ id, params, detail }) => [id, { params, detail }]));
    expect(found.get('840021/whatsapp_business_account')?.params).toEqual({
      object: 'whatsapp_business_account',
    });
    expect(found.get(`${waba}/840021`)?.params).toEqual({ waba });
    // A stranger's subscription is shown, and offers no action: ours could not end it.
    expect(found.get(`${waba}/666000`)).toMatchObject({ params: undefined });
    expect(found.get(phone)?.params).toEqual({ phone });
    expect(found.get('700001/840021')?.params).toEqual({ page_id: '700001' });
    expect(found.get(`${account}/990077`)?.params).toEqual({ instagram_id: account });
    expect(found.get(`${account}/666000`)).toMatchObject({ params: undefined });
    // Those who may hold tokens, once each: by the account they are on, or by the business alone.
    expect(found.get(`${waba}/user/900002`)).toMatchObject({ params: { user_id: '900002' } });
    expect(found.get(`${waba}/user/900002`)?.detail).toContain('may hold tokens');
    expect(found.get(`${waba}/user/900777`)?.params).toEqual({ waba, user_id: '900777' });
    expect(found.get('900009')?.detail).toContain('assigned to no WhatsApp account');
    expect(found.has('900002')).toBe(false);
    expect(listing?.items).toHaveLength(12);
    expect(listing?.blindSpots.join()).toContain('Tokens cannot be listed');
  });

  it('tells whether its own token would work tonight', async () => {
    const { outside, simulator } = await world();
    expect(await connector.health(outside)).toMatchObject({ ok: true });
    simulator.change((state) => {
      const found = schema.parse(state);
      return { ...found, tokens: found.tokens.map((one) => ({ ...one, valid: false })) };
    });
    expect(await connector.health(outside)).toMatchObject({ ok: false });
  });
});

describe("the app's own callback", () => {
  const object = 'whatsapp_business_account';
  it('goes for one kind of object, and the others stay', async () => {
    const { outside, simulator, action } = await world();
    const clear = action('clear-app-callback');
    const preview = await clear.preview(parsed(clear, { object }), outside);
    expect(preview.calls[0]?.url).toMatch(/subscriptions\?object=whatsapp_business_account$/);
    expect(preview.warnings.join()).toContain('every WhatsApp account to https://cdn-parlo.example/in');
    await clear.run(parsed(clear, { object }), outside);
    const callbacks = schema.parse(simulator.state()).app_callbacks;
    expect(callbacks.map((one) => [one.object, one.active])).toEqual([
      ['instagram', true],
      [object, false],
    ]);
  });

  it('is not diverted, nor put back, without the verify token, and says so before', async () => {
    const { verify_token: _gone, ...rest } = secrets ?? {};
    const { outside, simulator, action, heard } = await world({ secrets: rest });
    const clear = action('clear-app-callback');
    const divert = parsed(clear, { object, divert_to: 'https://quarantine.lrh.example/meta' });
    expect((await clear.preview(divert, outside)).warnings.join()).toContain('verify token');
    const before = simulator.state();
    expect(await clear.run(divert, outside)).toMatchObject({ result: 'failed' });
    expect(simulator.state()).toEqual(before);
    expect(heard.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a user of the account', () => {
  it('is not looked for without the business that shows them, and nothing is changed', async () => {
    const { outside, simulator, action } = await open({
      connector,
      seed,
      config: { app_id: '840021', business_id: '' },
      secrets: secrets ?? {},
    });
    const remove = action('remove-from-account');
    const input = parsed(remove, { waba, user_id: '900002' });
    const before = simulator.state();
    expect((await remove.run(input, outside)).detail).toContain('business_id is not configured');
    expect((await remove.verify(input, outside)).is).toBe('unproved');
    expect(simulator.state()).toEqual(before);
  });

  it('keeps its tokens, which open the account no more: the preview says what stays open', async () => {
    const { outside, action } = await world();
    const remove = action('remove-from-account');
    const { breaks, warnings, now } = await remove.preview(
      parsed(remove, { waba, user_id: '900002' }),
      outside,
    );
    expect(now).toBe('active');
    expect(breaks.join()).toContain('Other accounts and pages stay open');
    expect(warnings.join()).toContain('lrh-prod-su may: DEVELOP, MESSAGING');
  });
});
