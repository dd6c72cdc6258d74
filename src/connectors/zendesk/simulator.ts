import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { basicOf, bearerOf, changed, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { under } from '../vendor.ts';
import { furnish } from './furnish.ts';

/** Answers as a Zendesk account does: things under their own name, changes that name what they change. */

export const worldSchema = z.strictObject({
  tokens: z
    .array(
      z.strictObject({
        id: z.number().int(),
        token: z.string(),
        user_id: z.number().int().default(1),
        client_id: z.number().int().default(10),
        scopes: z.array(z.string()).default(['read', 'write']),
        used_at: z.string().default('2026-02-01T08:00:00Z'),
        created_at: z.string().default('2025-01-02T03:04:05Z'),
      }),
    )
    .default([]),
  /** By the address they are used with; what is deactivated stays here. */
  api_tokens: z
    .array(z.strictObject({ email: z.string(), token: z.string(), active: z.boolean().default(true) }))
    .default([]),
  webhooks: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().default('hook'),
        status: z.string().default('active'),
        endpoint: z.string(),
        http_method: z.string().default('POST'),
        signing_secret: z.string().default('sim-signing-secret'),
      }),
    )
    .default([]),
  clients: z
    .array(z.strictObject({ id: z.number().int(), identifier: z.string(), secret: z.string() }))
    .default([]),
  /** How many secrets were made anew: none comes twice. */
  made: z.number().int().default(0),
  triggers: z
    .array(
      z.strictObject({
        id: z.number().int(),
        title: z.string().default('trigger'),
        active: z.boolean().default(true),
      }),
    )
    .default([]),
  installations: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string().default('app'),
        enabled: z.boolean().default(true),
      }),
    )
    .default([]),
  users: z
    .array(
      z.strictObject({
        id: z.number().int(),
        suspended: z.boolean().default(false),
        role: z.enum(['end-user', 'agent', 'admin']).default('agent'),
        two_factor_auth_enabled: z.boolean().default(false),
        sessions: z.number().int().default(1),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;

const missing = (): Answer => json(404, { error: 'RecordNotFound', description: 'Not found' });
const invalid = (): Answer => json(422, { error: 'RecordInvalid', description: 'Record validation errors' });

const guard = ({ state, ask }: Told<World>): Answer | null => {
  // Whoever asks for a token says who they are in the body.
  if (ask.path === '/oauth/tokens') return null;
  const basic = basicOf(ask);
  const byToken = state.tokens.some((one) => one.token === bearerOf(ask));
  const byApiToken = state.api_tokens.some(
    (one) => one.active && basic?.user === `${one.email}/token` && basic.password === one.token,
  );
  return byToken || byApiToken
    ? null
    : json(401, {
        error: 'invalid_token',
        description: 'The access token provided is expired, revoked, malformed or invalid',
      });
};

/** What stands in the body under the thing's own name. */
const within = ({ body }: Told<World>, name: string): Json => (body === null ? null : under(body, name));

type Name = 'webhooks' | 'triggers' | 'users';

const named = <N extends Name>(name: N, single: string) =>
  table<World, World[N][number]>({
    of: (state) => state[name],
    put: (state, rows) => ({ ...state, [name]: rows }),
    is: (row, { params }) => String(row.id) === params['id'],
    shown: (row) => ({ [single]: hiding(row) }),
    missing,
  });
const hiding = (row: World[Name][number]): Json => {
  const { signing_secret: _hidden, ...shown } = { signing_secret: '', ...row };
  return shown;
};

const webhooks = named('webhooks', 'webhook');
const triggers = named('triggers', 'trigger');
const users = named('users', 'user');

const patchWebhook = webhooks.change((row, told) => {
  const status = under(within(told, 'webhook'), 'status');
  return status === 'active' || status === 'inactive' ? { ...row, status } : { refused: invalid() };
});
const putTrigger = triggers.change((row, told) => {
  const active = under(within(told, 'trigger'), 'active');
  return typeof active === 'boolean' ? { ...row, active } : { refused: invalid() };
});
const putUser = users.change((row, told) => {
  const suspended = under(within(told, 'user'), 'suspended');
  return typeof suspended === 'boolean' ? { ...row, suspended } : { refused: invalid() };
});

const shownInstallation = ({ id, name, enabled }: World['installations'][number]): Json => ({
  id,
  enabled,
  settings: { name, title: name },
});
const installations = table<World, World['installations'][number]>({
  of: (state) => state.installations,
  put: (state, rows) => ({ ...state, installations: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: shownInstallation,
  missing,
});
const putInstallation = installations.change((row, { body }) =>
  typeof body?.['enabled'] === 'boolean' ? { ...row, enabled: body['enabled'] } : { refused: invalid() },
);

const oauth = table<World, World['tokens'][number]>({
  of: (state) => state.tokens,
  put: (state, rows) => ({ ...state, tokens: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: (row) => row,
  missing,
});

const clients = table<World, World['clients'][number]>({
  of: (state) => state.clients,
  put: (state, rows) => ({ ...state, clients: rows, made: state.made + 1 }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: ({ id, identifier }) => ({ client: { id, identifier } }),
  missing,
});
const newSecret = clients.change(
  (row, { state }) => ({ ...row, secret: `sim-client-secret-${state.made + 1}` }),
  (row) => json(200, { client: row }),
);

/** Of two faults the client comes first, as RFC 6749 has it. */
const grantToken: Serve<World> = (told) => {
  const { client_id: id, client_secret: secret } = told.body ?? {};
  const known = told.state.clients.some((one) => one.identifier === id && one.secret === secret);
  return stay(told, known ? json(400, { error: 'invalid_grant' }) : json(401, { error: 'invalid_client' }));
};

const signing = table<World, World['webhooks'][number]>({
  of: (state) => state.webhooks,
  put: (state, rows) => ({ ...state, webhooks: rows, made: state.made + 1 }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: ({ signing_secret: secret }) => ({ signing_secret: { algorithm: 'SHA256', secret } }),
  missing,
});
const newSigningSecret = signing.change(
  (row, { state }) => ({ ...row, signing_secret: `sim-signing-secret-${state.made + 1}` }),
  ({ signing_secret: secret }) => json(201, { signing_secret: { algorithm: 'SHA256', secret } }),
);

const list =
  (name: string, rows: (state: World) => readonly Json[]): Serve<World> =>
  (told) => {
    const size = Number(told.ask.query['page[size]']?.[0] ?? '100');
    const from = Number(told.ask.query['page[after]']?.[0] ?? '0');
    const all = rows(told.state);
    const more = all.length > from + size;
    const meta = { has_more: more, after_cursor: more ? String(from + size) : null };
    return stay(told, json(200, { [name]: all.slice(from, from + size), meta }));
  };

const shownTokens = ({ tokens }: World): readonly Json[] =>
  tokens.map((one) => ({ ...one, token: one.token.slice(0, 10) }));

const team: Serve<World> = (told) =>
  list('users', ({ users: rows }) => rows.filter((one) => one.role === told.ask.query['role']?.[0]))(told);

const sessions: Serve<World> = (told) => {
  const found = told.state.users.find((one) => String(one.id) === told.params['id']);
  if (found === undefined) return stay(told, missing());
  const rows = Array.from({ length: found.sessions }, (_one, i) => ({ id: i + 1, user_id: found.id }));
  return list('sessions', () => rows)(told);
};

const endSessions: Serve<World> = (told) => {
  const is = (one: World['users'][number]): boolean => String(one.id) === told.params['id'];
  if (!told.state.users.some(is)) return stay(told, missing());
  const rows = changed(told.state.users, is, (one) => ({ ...one, sessions: 0 }));
  return { state: { ...told.state, users: [...rows] }, answer: json(204, null) };
};

const respond = routed<World>({
  guard,
  routes: {
    'GET /api/v2/users/me': (told) => stay(told, json(200, { user: { id: 1, role: 'admin' } })),
    'GET /api/v2/users': team,
    'GET /api/v2/account/settings': (told) => stay(told, json(200, { settings: {} })),
    'GET /api/v2/webhooks': list('webhooks', ({ webhooks: rows }) => rows.map(hiding)),
    'GET /api/v2/webhooks/{id}': webhooks.one,
    'PATCH /api/v2/webhooks/{id}': patchWebhook,
    'GET /api/v2/webhooks/{id}/signing_secret': signing.one,
    'POST /api/v2/webhooks/{id}/signing_secret': newSigningSecret,
    'GET /api/v2/oauth/clients/{id}': clients.one,
    'PUT /api/v2/oauth/clients/{id}/generate_secret': newSecret,
    'POST /oauth/tokens': grantToken,
    'GET /api/v2/triggers/{id}': triggers.one,
    'PUT /api/v2/triggers/{id}': putTrigger,
    'GET /api/v2/apps/installations': list('installations', ({ installations: rows }) =>
      rows.map(shownInstallation),
    ),
    'GET /api/v2/apps/installations/{id}': installations.one,
    'PUT /api/v2/apps/installations/{id}': putInstallation,
    'GET /api/v2/users/{id}': users.one,
    'PUT /api/v2/users/{id}': putUser,
    'GET /api/v2/users/{id}/sessions': sessions,
    'DELETE /api/v2/users/{id}/sessions': endSessions,
    'GET /api/v2/oauth/tokens': list('tokens', shownTokens),
    'DELETE /api/v2/oauth/tokens/{id}': oauth.remove(),
  },
  missing,
});

export const zendeskSimulator = simulator<World>({ state: worldSchema, respond, furnish });
