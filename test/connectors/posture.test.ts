import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import type { Connector } from '../../src/connectors/connector.ts';
import { connector as auth0 } from '../../src/connectors/auth0/index.ts';
import { connector as github } from '../../src/connectors/github/index.ts';
import { connector as google } from '../../src/connectors/google/index.ts';
import { connector as meta } from '../../src/connectors/meta/index.ts';
import { connector as microsoft } from '../../src/connectors/microsoft/index.ts';
import { connector as okta } from '../../src/connectors/okta/index.ts';
import type { Posture } from '../../src/connectors/posture.ts';
import { connector as slack } from '../../src/connectors/slack/index.ts';
import { connector as zendesk } from '../../src/connectors/zendesk/index.ts';
import { open } from './world.ts';

// What each system tells of itself as a whole, and what it says where it is not told.

type Seed = Readonly<Record<string, unknown>>;
type Where = Readonly<{ connector: Connector; own: Seed; config?: Record<string, string> }>;
const TOKEN = 'sim-own-token-of-the-tool';

const systems = {
  google: { connector: google, own: { access_tokens: [TOKEN] } },
  microsoft: { connector: microsoft, own: { token: TOKEN } },
  okta: { connector: okta, own: { tokens: [{ id: '1', token: TOKEN }] } },
  auth0: { connector: auth0, own: { tokens: [TOKEN] } },
  zendesk: { connector: zendesk, own: { tokens: [{ id: 1, token: TOKEN }] } },
  slack: { connector: slack, own: { tokens: [{ token: TOKEN, scopes: ['users:read'] }] } },
  github: {
    connector: github,
    own: { orgs: ['lrh'], tokens: [{ token: TOKEN, scopes: ['admin:org', 'security_events'] }] },
    config: { org: 'lrh' },
  },
  meta: {
    connector: meta,
    own: { tokens: [{ name: 'own', token: TOKEN, user_id: '1' }] },
    config: { app_id: '840021', business_id: '550001' },
  },
} satisfies Record<string, Where>;

const postureOf = async (name: keyof typeof systems, seed: Seed, token = TOKEN): Promise<Posture> => {
  const { connector, own, config = {} }: Where = systems[name];
  const { outside, simulator } = await open({
    connector,
    config,
    seed: { ...own, ...seed } as unknown as Json,
    secrets: { token },
  });
  try {
    return (await connector.posture?.(outside)) ?? {};
  } finally {
    await simulator.close();
  }
};

const rule = (more: object) => ({ name: 'Default Rule', status: 'ACTIVE', access: 'ALLOW', ...more });
const policy = (more: object) => ({
  policies: [{ id: 'p1', rules: [rule({ require_factor: true }), rule({ access: 'DENY' }), rule(more)] }],
});

test.each([
  [
    'google',
    {
      users: [
        { email: 'a', two_step: true },
        { email: 'b', suspended: true },
      ],
    },
    true,
  ],
  ['google', { users: [{ email: 'a', two_step: true }, { email: 'b' }] }, false],
  ['microsoft', { security_defaults: true }, true],
  ['microsoft', {}, false],
  ['microsoft', { mfa_policies: [{ name: 'All' }] }, true],
  ['microsoft', { mfa_policies: [{ name: 'Tried out', state: 'enabledForReportingButNotEnforced' }] }, false],
  ['microsoft', { mfa_policies: [{ name: 'One app', apps: ['00000003'] }] }, false],
  ['okta', policy({ require_factor: true }), true],
  ['okta', policy({ status: 'INACTIVE' }), true],
  ['okta', policy({}), false],
  ['auth0', { mfa_policies: ['all-applications'] }, true],
  ['auth0', { mfa_policies: ['confidence-score'] }, false],
  ['auth0', {}, false],
  [
    'zendesk',
    {
      users: [
        { id: 1, role: 'admin', two_factor_auth_enabled: true },
        { id: 2, role: 'end-user' },
      ],
    },
    true,
  ],
  ['zendesk', { users: [{ id: 1, role: 'admin', two_factor_auth_enabled: true }, { id: 2 }] }, false],
  ['slack', { users: [{ id: 'U1', has_2fa: true }] }, true],
  [
    'slack',
    {
      users: [
        { id: 'U1', has_2fa: true },
        { id: 'U2', has_2fa: false },
      ],
    },
    false,
  ],
  ['github', { two_factor: ['lrh'] }, true],
  ['github', {}, false],
] as const)('%s with %j: a second factor is demanded: %s', async (name, seed, enforced) => {
  const { mfa } = await postureOf(name, seed);
  expect(mfa).toMatchObject({ is: 'told', enforced });
});

test.each([
  ['microsoft', { mfa_policies: [{ name: 'All', left_out: ['break-glass'] }] }, 'leaves out'],
  ['auth0', {}, 'administers'],
  ['slack', { users: [{ id: 'U1', has_2fa: true }] }, 'single sign-on'],
] as const)('%s says of whom it tells nothing', async (name, seed, whom) => {
  expect((await postureOf(name, seed)).mfa).toMatchObject({
    except: expect.stringContaining(whom) as string,
  });
});

test.each([
  ['slack', { users: [{ id: 'U1' }] }, 'administrators alone'],
  ['slack', { tokens: [{ token: TOKEN, scopes: [] }] }, 'users:read'],
  ['github', { tokens: [{ token: TOKEN, scopes: ['read:org'] }] }, 'admin:org'],
  ['okta', {}, 'not what Okta describes'],
  ['zendesk', {}, 'nobody was listed'],
  ['meta', {}, 'Security Center'],
] as const)('%s with %j is not told, and says why', async (name, seed, why) => {
  const { mfa } = await postureOf(name, seed);
  expect(mfa).toMatchObject({ is: 'untold', why: expect.stringContaining(why) as string });
});

test.each(Object.keys(systems) as (keyof typeof systems)[])(
  '%s with a token that is refused tells nothing, and does not fail',
  async (name) => {
    const parts = Object.values(await postureOf(name, {}, 'a-token-that-nobody-knows'));
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(part).toMatchObject({ is: 'untold' });
  },
);

test('GitHub counts open alerts, and never sends the secrets it found', async () => {
  const alert = { org: 'lrh', secret: 'EAAG-the-leaked-one' };
  const seed = {
    alerts: [
      { ...alert, number: 1, created_at: '2026-08-02T10:00:00Z' },
      { ...alert, number: 2, publicly_leaked: true },
      { ...alert, number: 3, state: 'resolved' },
    ],
  };
  const { alerts } = await postureOf('github', seed);
  expect(alerts).toEqual({ is: 'told', open: 2, public: 1, oldest: '2025-03-04T09:12:44Z' });
  expect(JSON.stringify(alerts)).not.toContain('EAAG');
  const blind = await postureOf('github', { tokens: [{ token: TOKEN, scopes: ['admin:org'] }] });
  expect(blind.alerts).toMatchObject({
    is: 'untold',
    why: expect.stringContaining('security_events') as string,
  });
});

test('Meta tells which numbers are not verified, and what approved templates say and link to', async () => {
  const body = (text: string, more: object = {}) => [{ type: 'BODY', text, ...more }];
  const { numbers, templates } = await postureOf('meta', {
    phones: [
      { id: '1', display_phone_number: '+353 1' },
      {
        id: '2',
        display_phone_number: '+353 2',
        code_verification_status: 'EXPIRED',
        name_status: 'DECLINED',
      },
    ],
    templates: [
      {
        id: '8',
        name: 'hello',
        components: body('Go to https://Evil.example:8443/x?y', { example: { body_text: [['Ann']] } }),
      },
      {
        id: '9',
        name: 'buttons',
        components: [{ type: 'BUTTONS', buttons: [{ type: 'URL', url: 'https://{{1}}.lrh.example/' }] }],
      },
      { id: '10', name: 'refused', status: 'REJECTED', components: body('never sent') },
    ],
  });
  expect(numbers).toMatchObject({
    numbers: [
      { title: '+353 1', faults: [] },
      { title: '+353 2', faults: ['the number is EXPIRED', 'its name is DECLINED'] },
    ],
  });
  expect(templates).toMatchObject({
    templates: [
      {
        title: 'hello (en)',
        hosts: ['evil.example'],
        texts: [expect.any(String), '{"body_text":[["Ann"]]}'],
      },
      { hosts: ['{{1}}.lrh.example'] },
    ],
  });
});
