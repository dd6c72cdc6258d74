import { limits } from '../../src/model/limits.ts';
import { describe, expect, it } from 'vitest';
import { connector } from '../../src/connectors/oauth/index.ts';
import { state as schema } from '../../src/connectors/oauth/schema.ts';
import { cases, seed } from '../fixtures/connectors/oauth.ts';
import { open, parsed } from './world.ts';

const [one] = cases;
const config = one?.config ?? {};
const secrets = one?.secrets ?? {};
const world = async (more: object = {}) =>
  await open({ connector, seed, config, secrets, suspects: one?.suspects ?? [], ...more });

describe('revoking by RFC 7009', () => {
  it('ends the grant, leaves others alone, and proves it by introspection', async () => {
    const { outside, simulator, action, heard } = await world();
    const revoke = action('revoke-token');
    const input = parsed(revoke, {});
    expect((await revoke.preview(input, outside)).now).toBe('active');
    expect((await revoke.verify(input, outside)).is).toBe('refuted');
    const outcome = await revoke.run(input, outside);
    expect(outcome).toMatchObject({
      result: 'done',
      receipt: { credentials: [{ sub: 'leaked refresh' }, { sub: 'leaked access' }] },
    });
    expect(await revoke.verify(input, outside)).toMatchObject({ is: 'proved' });
    expect(schema.parse(simulator.state()).tokens.map((token) => token.active)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect((await revoke.run(input, outside)).result).toBe('already');
    const shown = JSON.stringify([heard, outcome]);
    for (const secret of [...Object.values(secrets), ...(one?.suspects ?? [])])
      expect(shown).not.toContain(secret);
  });

  it('takes the 200 of an unknown token for what it is: no proof when nobody can be asked', async () => {
    const { outside, action } = await world({ suspects: ['never-was'], config: { client_id: 'firebreak' } });
    const revoke = action('revoke-token');
    expect((await revoke.run(parsed(revoke, {}), outside)).result).toBe('done');
    expect((await revoke.verify(parsed(revoke, {}), outside)).is).toBe('unproved');
  });

  it('reads 400 invalid_token of some vendors as already revoked', async () => {
    const { outside, action } = await world({
      suspects: ['never-was'],
      seed: { ...seed, unknown_token: 'invalid_token' },
    });
    const revoke = action('revoke-token');
    expect(await revoke.run(parsed(revoke, {}), outside)).toMatchObject({ result: 'already', http: 400 });
  });

  it('says that a server does not revoke this type', async () => {
    const { outside, action } = await world({
      suspects: ['at-sim-leaked-access'],
      seed: { ...seed, revocable: ['refresh_token'] },
    });
    const revoke = action('revoke-token');
    expect((await revoke.run(parsed(revoke, {}), outside)).result).toBe('not-supported');
  });

  it('takes a token to live on after a 503', async () => {
    const { outside, simulator, action } = await world();
    for (let i = 0; i <= limits.retriesMax; i += 1)
      simulator.fault({ is: 'status', status: 503, path: 'revoke' });
    const revoke = action('revoke-token');
    expect(await revoke.run(parsed(revoke, {}), outside)).toMatchObject({ result: 'failed', http: 503 });
  });

  it('can send its client secret in the body, and is told when it is wrong', async () => {
    const post = await world({ config: { ...config, auth: 'post' } });
    const revoke = post.action('revoke-token');
    expect((await revoke.run(parsed(revoke, {}), post.outside)).result).toBe('done');
    const wrong = await world({ secrets: { client_secret: 'not-this-one' } });
    expect(await revoke.run(parsed(revoke, {}), wrong.outside)).toMatchObject({
      result: 'forbidden',
      http: 401,
    });
    expect(await connector.health(wrong.outside)).toMatchObject({ ok: false });
  });

  it('is refuted while the resource still opens, whatever introspection says', async () => {
    const { outside, simulator, action } = await world({
      suspects: ['at-sim-leaked-access'],
      config: { ...config, probe_path: '/me' },
    });
    const revoke = action('revoke-token');
    simulator.fault({ is: 'status', status: 404, path: 'introspect' });
    expect((await revoke.verify(parsed(revoke, {}), outside)).is).toBe('refuted');
    await revoke.run(parsed(revoke, {}), outside);
    expect((await revoke.verify(parsed(revoke, {}), outside)).how).toContain(
      'GET /me with the credential answered 401',
    );
  });
});
