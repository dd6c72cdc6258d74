import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connector } from '../../src/connectors/oauth/index.ts';
import { startOauthServer } from '../rig/oauth-server.ts';
import type { OauthServer } from '../rig/oauth-server.ts';
import { rigOutside } from '../rig/outside.ts';

// Against a server that nobody here wrote: it revokes for real, and answers 200 to garbage as RFC 7009 wants.

let server: OauthServer;
beforeAll(async () => {
  // It warns that it keeps its state in memory, which is the point.
  vi.spyOn(console, 'warn').mockReturnValue();
  server = await startOauthServer();
});
afterAll(async () => {
  await server.close();
  vi.restoreAllMocks();
});

const PATHS = { revoke_path: '/token/revocation', introspect_path: '/token/introspection' };

const world = (
  suspects: readonly string[],
  { secret = server.client.secret, config = {} }: { secret?: string; config?: Record<string, string> } = {},
) =>
  rigOutside({
    baseUrl: server.url,
    config: connector.config.parse({ client_id: server.client.id, ...PATHS, ...config }),
    secrets: { client_secret: secret },
    suspects,
  }).outside;

const action = () => {
  const found = connector.actions['revoke-token'];
  if (found === undefined) throw new Error('the connector has no such action');
  return found;
};
const input = { token_type_hint: '' };
const isActive = async (token: string): Promise<unknown> =>
  (JSON.parse((await server.post('/token/introspection', { token })).text) as { active: unknown }).active;

test('a leaked token is alive, is revoked, and is proved dead; a bystander lives on', async () => {
  const [leaked, bystander] = [await server.issue(), await server.issue()];
  const outside = world([leaked]);
  expect((await action().preview(input, outside)).now).toBe('active');
  expect((await action().verify(input, outside)).is).toBe('refuted');
  expect((await action().run(input, outside)).result).toBe('done');
  expect((await action().verify(input, outside)).is).toBe('proved');
  expect(await isActive(leaked)).toBe(false);
  expect(await isActive(bystander)).toBe(true);
  expect((await action().run(input, outside)).result).toBe('already');
});

test('its 200 for garbage is not taken for a proof', async () => {
  expect((await server.post('/token/revocation', { token: 'garbage' })).status).toBe(200);
  expect((await action().run(input, world(['garbage']))).result).toBe('already');
  // Nobody to ask: the server still says 200, and nothing is proved by it.
  const blind = world([await server.issue()], { config: { introspect_path: '' } });
  expect((await action().run(input, blind)).result).toBe('done');
  expect((await action().verify(input, blind)).is).toBe('unproved');
});

test('a client that is not let in changes nothing and proves nothing', async () => {
  const leaked = await server.issue();
  const outside = world([leaked], { secret: 'wrong' });
  expect((await connector.health(outside)).ok).toBe(false);
  expect((await action().run(input, outside)).result).toBe('forbidden');
  expect((await action().verify(input, outside)).is).toBe('unproved');
  expect(await isActive(leaked)).toBe(true);
  expect((await connector.health(world([leaked]))).ok).toBe(true);
});
