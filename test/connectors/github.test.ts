import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import type { ActionInput, Outside } from '../../src/connectors/connector.ts';
import { connector } from '../../src/connectors/github/index.ts';
import { worldSchema } from '../../src/connectors/github/world.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { seed } from '../fixtures/connectors/github.ts';
import { fastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';

const OWN = 'ghp_simOwnTokenOfFirebreak000000000001';
const LEAKED = 'ghp_simLeakedToken00000000000000000001';

const open: RunningSimulator[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Given = Readonly<{
  suspects?: readonly string[];
  token?: string | null;
  more?: object;
  config?: Outside['config'];
}>;

const setUp = async ({ suspects = [], token = OWN, more = {}, config = {} }: Given = {}) => {
  const clock = fastClock();
  const sim = await startSimulator({
    simulator: connector.simulator ?? never(),
    seed: { ...seed, ...more } as Json,
    recipe: null,
    now: () => clock.now(),
    persist: () => {},
  });
  open.push(sim);
  const secrets: Record<string, string> = token === null ? {} : { token };
  const { outside, heard } = rigOutside({ baseUrl: sim.url, secrets, suspects, clock, config });
  const act = (name: keyof typeof connector.actions, input: ActionInput = {}) => {
    const action = connector.actions[name] ?? never();
    const parsed = action.input.parse(input);
    return {
      preview: async () => await action.preview(parsed, outside),
      run: async () => await action.run(parsed, outside),
      verify: async () => await action.verify(parsed, outside),
    };
  };
  return { sim, outside, clock, heard, act, world: () => worldSchema.parse(sim.state()) };
};

const never = (): never => {
  throw new Error('not there');
};

const hook = { org: 'lindqvist', hook_id: 11 };

describe('webhooks', () => {
  test('a pause sends active and nothing else, so that the secret of the hook survives', async () => {
    const { sim, act, world } = await setUp();
    await act('pause-webhook', hook).run();
    const writes = sim.seen().filter((ask) => ask.method === 'PATCH');
    expect(writes.map((ask) => ask.body)).toEqual(['{"active":false}']);
    expect(world().hooks[0]?.config['secret']).toBe('sim-hook-secret');
  });

  test('a hook that the token may not see is not taken for a hook that is gone', async () => {
    const { act } = await setUp({ more: { tokens: [{ token: OWN, scopes: ['repo'] }] } });
    expect(await act('pause-webhook', hook).run()).toMatchObject({ result: 'forbidden', http: 404 });
    expect((await act('pause-webhook', hook).verify()).is).toBe('unproved');
  });

  test('a hook that is gone from a list that can be read is already off', async () => {
    const { act } = await setUp();
    const gone = { org: 'lindqvist', hook_id: 4040 };
    expect((await act('pause-webhook', gone).run()).result).toBe('already');
    expect((await act('pause-webhook', gone).verify()).is).toBe('proved');
  });

  test('a hook that is not found and stands in the list all the same is not taken for gone', async () => {
    const { sim, act } = await setUp();
    sim.fault({ is: 'status', status: 404, path: '/hooks/11', method: 'GET' });
    expect((await act('pause-webhook', hook).run()).result).toBe('forbidden');
    sim.fault({ is: 'status', status: 404, path: '/hooks/11', method: 'GET' });
    expect((await act('pause-webhook', hook).verify()).is).toBe('unproved');
  });

  test('a fine-grained token without the permission is told the reason', async () => {
    const token = 'github_pat_simOwnFineGrained0000000001';
    const { act } = await setUp({ token, more: { tokens: [{ token, scopes: [] }] } });
    const outcome = await act('pause-webhook', hook).run();
    expect(outcome).toMatchObject({ result: 'forbidden', http: 403 });
    expect(outcome.detail).toContain('Resource not accessible');
  });

  test('a password in the address of a receiver stays out of the receipt and the preview', async () => {
    const { act } = await setUp();
    const shown = JSON.stringify([
      await act('pause-webhook', hook).preview(),
      await act('pause-webhook', hook).run(),
    ]);
    expect(shown).toContain('parlo.example');
    expect(shown).not.toContain('hunter22');
    expect(shown).not.toContain('key=hidden');
  });
});

describe('leaked tokens', () => {
  test('are revoked without any Authorization header, and proved dead only once GitHub refuses them', async () => {
    const { sim, act, clock } = await setUp({ suspects: [LEAKED] });
    expect((await act('revoke-credentials').run()).result).toBe('accepted');
    const sent = sim.seen().find((ask) => ask.path === '/credentials/revoke');
    expect(sent?.headers['authorization']).toBeUndefined();
    expect(await act('revoke-credentials').verify()).toMatchObject({ is: 'proved', http: 401 });
    expect(clock.slept()).toBeGreaterThanOrEqual(1500);
  });

  test('are reported as working when the deadline passes and they still do', async () => {
    const { act } = await setUp({ suspects: [LEAKED], more: { revoke_after_ms: 3_600_000 } });
    await act('revoke-credentials').run();
    expect(await act('revoke-credentials').verify()).toMatchObject({ is: 'refuted', http: 200 });
  });

  test('need no credential of our own', async () => {
    const { act } = await setUp({ suspects: [LEAKED], token: null });
    expect((await act('revoke-credentials').run()).result).toBe('accepted');
  });

  test('are killed without our own among them, which is said', async () => {
    const { act, world } = await setUp({ suspects: [LEAKED, OWN] });
    const outcome = await act('revoke-credentials').run();
    expect(outcome.detail).toContain('left out and is still alive');
    expect(world().tokens.map((one) => one.dies_at !== null)).toEqual([false, true, false]);
    const proof = await act('revoke-credentials').verify();
    expect(proof.is).toBe('unproved');
    expect(proof.how).toContain('is still alive, so the whole is not proved');
    const alone = await setUp({ suspects: [OWN] });
    expect((await alone.act('revoke-credentials').run()).result).toBe('accepted');
    expect((await alone.act('revoke-credentials').verify()).is).toBe('proved');
  });

  test('of a kind that cannot be revoked this way are not sent, and a refresh token is never called proved', async () => {
    const installation = await setUp({ suspects: ['ghs_simInstallation0000000000000000001'] });
    expect((await installation.act('revoke-credentials').run()).result).toBe('not-supported');
    expect(installation.sim.seen()).toEqual([]);
    const refresh = await setUp({ suspects: ['ghr_simRefresh00000000000000000000000001'] });
    expect((await refresh.act('revoke-credentials').run()).result).toBe('accepted');
    expect((await refresh.act('revoke-credentials').verify()).is).toBe('unproved');
  });

  test('that were not given change nothing', async () => {
    const { act, sim } = await setUp();
    expect((await act('revoke-credentials').preview()).now).toBe('unknown');
    expect((await act('revoke-credentials').run()).result).toBe('failed');
    expect(sim.seen()).toEqual([]);
  });

  test('go in calls of a thousand at most', async () => {
    const suspects = Array.from({ length: 1001 }, (_, i) => `ghp_sim${String(i).padStart(32, '0')}`);
    const tokens = suspects.map((token) => ({ token }));
    const { act, sim } = await setUp({ suspects, more: { tokens } });
    await act('revoke-credentials').run();
    const sizes = sim
      .seen()
      .filter((ask) => ask.path === '/credentials/revoke')
      .map((ask) => (JSON.parse(ask.body) as { credentials: string[] }).credentials.length);
    expect(sizes).toEqual([1000, 1]);
  });
});

describe('listing and health', () => {
  const config = { org: 'lindqvist', repos: 'lindqvist/storefront, lindqvist/secret-repo' };

  test('shows hooks, keys and apps, and names what it could not see', async () => {
    const { outside } = await setUp({ config });
    const listing = await connector.list?.(outside);
    expect(listing?.items.map((item) => `${item.id} ${item.state}`)).toEqual([
      'orgs/lindqvist/actions/secrets/DEPLOY_TOKEN active',
      'orgs/lindqvist/credential-authorizations/161195 active',
      'orgs/lindqvist/credential-authorizations/161196 active',
      'orgs/lindqvist/hooks/11 active',
      'orgs/lindqvist/hooks/13 paused',
      'orgs/lindqvist/installations/501 active',
      'orgs/lindqvist/installations/502 active',
      'repos/lindqvist/storefront/actions/secrets/NPM_TOKEN active',
      'repos/lindqvist/storefront/hooks/12 active',
      'repos/lindqvist/storefront/keys/71 active',
      'repos/lindqvist/storefront/keys/72 active',
    ]);
    expect(listing?.blindSpots.join('\n')).toContain('secret-repo');
    expect(listing?.blindSpots.join('\n')).toContain('OAuth apps');
    expect(listing?.blindSpots.join('\n')).toContain('fine-grained tokens of members');
  });

  test('tells the scopes of the token, or that it is dead', async () => {
    const { outside } = await setUp();
    expect(await connector.health(outside)).toMatchObject({
      ok: true,
      scopes: ['admin:org_hook', 'admin:org', 'read:org', 'repo'],
    });
    const dead = await setUp({ token: 'ghp_simNobodyKnowsThisToken000000000001' });
    expect((await connector.health(dead.outside)).ok).toBe(false);
  });
});

describe('the simulator', () => {
  const send = async (
    sim: RunningSimulator,
    method: string,
    path: string,
    token: string | null,
    body?: object,
  ) => {
    const { outside } = rigOutside({ baseUrl: sim.url });
    const response = await outside.http.fetch(`${sim.url}${path}`, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      json: (text === '' ? null : JSON.parse(text)) as Readonly<Record<string, unknown>> | null,
    };
  };

  test('masks the secret of a hook, and drops it when a config comes without one', async () => {
    const { sim, world } = await setUp();
    const read = await send(sim, 'GET', '/orgs/lindqvist/hooks/11', OWN);
    expect(read.json).toMatchObject({ active: true, config: { secret: '********' } });
    await send(sim, 'PATCH', '/orgs/lindqvist/hooks/11', OWN, { config: { url: 'https://parlo.example/' } });
    expect(world().hooks[0]?.config).toEqual({ url: 'https://parlo.example/' });
  });

  test('refuses the revoking of credentials to whoever is logged in', async () => {
    const { sim, world } = await setUp();
    const answer = await send(sim, 'POST', '/credentials/revoke', OWN, { credentials: [LEAKED] });
    expect(answer.status).toBe(403);
    expect((await send(sim, 'POST', '/credentials/revoke', null, { credentials: [] })).status).toBe(422);
    expect(world().tokens.every((one) => one.dies_at === null)).toBe(true);
  });

  test('lets a thief in with a living token, and out with a dead one', async () => {
    const { sim, clock } = await setUp();
    expect((await send(sim, 'GET', '/repos/lindqvist/storefront', LEAKED)).status).toBe(200);
    await send(sim, 'POST', '/credentials/revoke', null, { credentials: [LEAKED] });
    await clock.sleep(2000);
    expect((await send(sim, 'GET', '/repos/lindqvist/storefront', LEAKED)).status).toBe(401);
    expect((await send(sim, 'GET', '/user', null)).json).toMatchObject({
      message: 'Requires authentication',
    });
  });
});
