import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { at, fillJson } from '../../src/connectors/fill.ts';
import { connector } from '../../src/connectors/http/index.ts';
import { recipeSchema } from '../../src/connectors/http/recipe.ts';
import { scriptSchema } from '../../src/connectors/http/script.ts';
import { merged } from '../../src/connectors/http/simulator.ts';
import { cases, recipeOf, scriptOf, vendors } from '../fixtures/connectors/http.ts';
import { open, parsed } from './world.ts';

const find = (vendor: string, action: string) => {
  const found = cases.find((one) => one.vendor === vendor && one.action === action);
  if (found === undefined) throw new Error(`no case ${vendor}.${action}`);
  return found;
};

describe('the recipes of the example company', () => {
  for (const vendor of vendors) {
    it(`reads ${vendor}, its script, and has a case for each of its actions`, async () => {
      expect(scriptSchema.safeParse(scriptOf(vendor)).error).toBeUndefined();
      const actions = connector.bind?.(recipeOf(vendor)) ?? {};
      expect(
        cases
          .filter((one) => one.vendor === vendor)
          .map((one) => one.action)
          .toSorted(),
      ).toEqual(Object.keys(actions).toSorted());
      const one = cases.find((other) => other.vendor === vendor);
      const { outside } = await open({ connector, ...one });
      expect(await connector.health(outside)).toMatchObject({ ok: true });
      const listing = await connector.list?.(outside);
      expect(listing?.items.length).toBeGreaterThan(0);
      expect(listing?.items.some((item) => item.id === '' || item.title === '')).toBe(false);
      expect(JSON.stringify(listing)).not.toContain('sim-own');
    });
  }

  for (const one of cases) {
    it(`previews, runs, proves and undoes ${one.vendor}.${one.action}`, async () => {
      const { outside, simulator, action, heard } = await open({ connector, ...one });
      const tried = action(one.action);
      const input = parsed(tried, one.input);
      const before = simulator.state();
      expect(await tried.preview(input, outside)).toMatchObject({ now: 'active', warnings: [] });
      expect((await tried.verify(input, outside)).is).toBe('refuted');
      const outcome = await tried.run(input, outside);
      expect(outcome).toMatchObject({ result: 'done' });
      expect(one.isOff(simulator.state())).toBe(true);
      expect((await tried.verify(input, outside)).is).toBe('proved');
      expect((await tried.run(input, outside)).result).toBe('already');
      expect(JSON.stringify([heard, outcome])).not.toMatch(/sim-own|sim-leaked/);
      if (one.restores === null) return;
      const done = { receipt: outcome.receipt ?? null, after: outcome.after ?? null };
      simulator.change((state) => one.meddle?.(state) ?? state);
      const meddled = simulator.state();
      await tried.undo?.(input, done, outside);
      expect(simulator.state()).toEqual(meddled);
      simulator.change(() => before);
      const again = await tried.run(input, outside);
      const undone = await tried.undo?.(
        input,
        { receipt: again.receipt ?? null, after: again.after ?? null },
        outside,
      );
      expect(undone).toMatchObject({ result: 'done' });
      expect(simulator.state()).toEqual(before);
    });
  }
});

describe('an action of a recipe', () => {
  it('leaves off what was off before', async () => {
    const one = find('parlo', 'pause-integration');
    const { outside, simulator, action } = await open({ connector, ...one });
    simulator.change((state) => merged(state, { integrations: { int_reelreply: { status: 'paused' } } }));
    const pause = action('pause-integration');
    const input = parsed(pause, one.input);
    const { receipt = null, after = null, result } = await pause.run(input, outside);
    expect(result).toBe('already');
    expect(await pause.undo?.(input, { receipt, after }, outside)).toMatchObject({ result: 'already' });
    expect(one.isOff(simulator.state())).toBe(true);
  });

  it('does not take a missing object for a proof', async () => {
    const { outside, action } = await open({ connector, ...find('parlo', 'pause-integration') });
    const pause = action('pause-integration');
    const input = parsed(pause, { integration_id: 'int_nobody' });
    expect(await pause.verify(input, outside)).toMatchObject({ is: 'unproved', http: 404 });
    expect(await pause.run(input, outside)).toMatchObject({ result: 'failed', http: 404 });
  });

  it('encodes a parameter in the path and refuses one that would climb out of it', async () => {
    const { outside, simulator, action } = await open({ connector, ...find('parlo', 'pause-integration') });
    const pause = action('pause-integration');
    await pause.run(parsed(pause, { integration_id: 'a/b?c=1' }), outside);
    expect(simulator.seen().at(-1)?.path).toBe('/v1/integrations/a%2Fb%3Fc%3D1');
    const asked = simulator.seen().length;
    for (const id of ['..', '.', '%2e%2e']) {
      const outcome = await pause.run(parsed(pause, { integration_id: id }), outside);
      if (id !== '%2e%2e')
        expect(outcome).toMatchObject({
          result: 'failed',
          detail: expect.stringContaining('nothing was sent') as string,
        });
    }
    expect(
      simulator
        .seen()
        .slice(asked)
        .every((ask) => ask.path.startsWith('/v1/integrations/')),
    ).toBe(true);
  });

  it('refuses a suspect that no header can carry, without sending it', async () => {
    const { outside, simulator, action } = await open({
      connector,
      ...find('parlo', 'revoke-api-token'),
      suspects: ['bad\r\nx-evil: 1'],
    });
    const revoke = action('revoke-api-token');
    expect((await revoke.verify(parsed(revoke, {}), outside)).is).toBe('unproved');
    expect(simulator.seen()).toEqual([]);
  });

  it("leaves the tool's own credential out when there are others, and kills it when it is given alone", async () => {
    const one = find('parlo', 'revoke-api-token');
    const own = 'sim-own-admin-secret-1';
    const both = await open({ connector, ...one, suspects: [own, ...(one.suspects ?? [])] });
    const revoke = both.action('revoke-api-token');
    const input = parsed(revoke, {});
    expect((await revoke.preview(input, both.outside)).warnings.join()).toContain('left out and stays alive');
    const outcome = await revoke.run(input, both.outside);
    expect(outcome.result).toBe('done');
    expect(outcome.detail).toContain('left out and is still alive');
    expect(at(both.simulator.state(), '/tokens/admin/revoked')).toBe(false);
    const proof = await revoke.verify(input, both.outside);
    expect(proof.is).toBe('unproved');
    expect(proof.how).toContain('is still alive, so the whole is not proved');
    const alone = await open({ connector, ...one, suspects: [own] });
    expect((await revoke.run(input, alone.outside)).result).toBe('done');
    expect(at(alone.simulator.state(), '/tokens/admin/revoked')).toBe(true);
    expect((await revoke.verify(input, alone.outside)).is).toBe('proved');
  });

  it('does not know whether it worked when the answer was lost, and asks again', async () => {
    const one = find('kestrel', 'pause-sync');
    const { outside, simulator, action } = await open({ connector, ...one });
    const pause = action('pause-sync');
    const input = parsed(pause, one.input);
    simulator.fault({ is: 'cut-after', path: '/state' });
    const outcome = await pause.run(input, outside);
    expect(outcome).toMatchObject({ result: 'unknown', receipt: { off: false, kept: { state: 'running' } } });
    expect((await pause.verify(input, outside)).is).toBe('proved');
    const undone = await pause.undo?.(input, { receipt: outcome.receipt ?? null, after: null }, outside);
    expect(undone).toMatchObject({ result: 'done' });
  });

  it('shows the exact call with the leaked credential hidden', async () => {
    const { outside, action } = await open({ connector, ...find('kestrel', 'revoke-api-token') });
    const revoke = action('revoke-api-token');
    const { calls } = await revoke.preview(parsed(revoke, {}), outside);
    expect(calls[0]).toMatchObject({ method: 'POST', body: '{"key":"[secret]"}' });
  });
});

describe('a recipe that is wrong', () => {
  const broken = (change: Json) =>
    recipeSchema.safeParse(merged(recipeOf('ostra-pay'), { actions: { 'pause-webhook': change } }));
  const says = (change: Json): string => JSON.stringify(broken(change).error?.issues ?? []);

  it('is told so: a secret in a URL, an unknown place, undo without a snapshot, a misspelt key', () => {
    expect(says({ request: { path: '/v1/{suspect}' } })).toContain('does not belong into a path or a query');
    expect(says({ request: { path: '/v1/{endpoint}' } })).toContain('neither an input nor kept');
    expect(says({ snapshot: null })).toContain('undo needs a snapshot');
    expect(says({ verfy: {} })).toContain('verfy');
    expect(says({ request: { path: '/v1/x{receipt.status}' } })).toContain('known to undo only');
  });
});

describe('filling in', () => {
  it('keeps the type of a whole value and never reaches into a prototype', () => {
    expect(fillJson({ on: '{x}', text: 'is {x}', other: '{y}' }, { x: true })).toEqual({
      on: true,
      text: 'is true',
      other: '{y}',
    });
    expect(at({ a: [{ b: 1 }] }, '/a/0/b')).toBe(1);
    expect(at({}, '/constructor')).toBeUndefined();
    expect(at([1], '/length')).toBeUndefined();
  });
});
