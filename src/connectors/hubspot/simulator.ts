import { z } from 'zod';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as api.hubapi.com does: the app's webhooks to its maker, people and logs to the account. */

export const worldSchema = z.strictObject({
  tokens: z.array(z.string()).default(['pat-sim-own']),
  developer_token: z.string().default('sim-developer-token'),
  app: z.string().default('4711'),
  client_id: z.string().default('sim-client'),
  client_secret: z.string().default('sim-client-secret'),
  refresh_tokens: z.array(z.string()).default([]),
  subscriptions: z
    .array(
      z.strictObject({
        id: z.string(),
        eventType: z.string().default('contact.creation'),
        active: z.boolean().default(true),
        createdAt: z.string().default('2025-01-02T03:04:05Z'),
      }),
    )
    .default([]),
  settings: z
    .strictObject({
      targetUrl: z.string(),
      throttling: z.strictObject({ maxConcurrentRequests: z.number(), period: z.string() }),
    })
    .nullable()
    .default(null),
  users: z
    .array(
      z.strictObject({
        id: z.string(),
        roleId: z.string().default('1'),
        superAdmin: z.boolean().default(false),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;

const error = (status: number, category: string, message: string): Answer =>
  json(status, { status: 'error', category, message, correlationId: 'sim' });
const missing = (): Answer => error(404, 'OBJECT_NOT_FOUND', 'resource not found');

const guard = ({ state, ask }: Told<World>): Answer | null => {
  if (ask.path.startsWith('/oauth/')) return null;
  const given = bearerOf(ask);
  const fits = ask.path.startsWith('/webhooks/')
    ? given === state.developer_token
    : state.tokens.includes(given);
  return fits ? null : error(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found');
};

const subscriptions = table<World, World['subscriptions'][number]>({
  of: (state) => state.subscriptions,
  put: (state, rows) => ({ ...state, subscriptions: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => row,
  missing,
});
const patchSubscription = subscriptions.change((row, { body }) =>
  typeof body?.['active'] === 'boolean'
    ? { ...row, active: body['active'] }
    : { refused: error(400, 'VALIDATION_ERROR', 'active is required') },
);

const settings: Serve<World> = (told) =>
  stay(told, told.state.settings === null ? missing() : json(200, told.state.settings));
const dropSettings: Serve<World> = (told) =>
  told.state.settings === null
    ? stay(told, missing())
    : { state: { ...told.state, settings: null }, answer: json(204, null) };
const putSettings: Serve<World> = (told) => {
  const next = worldSchema.shape.settings.unwrap().unwrap().safeParse(told.body);
  return next.success
    ? { state: { ...told.state, settings: next.data }, answer: json(200, next.data) }
    : stay(told, error(400, 'VALIDATION_ERROR', 'Invalid input'));
};

const users = table<World, World['users'][number]>({
  of: (state) => state.users,
  put: (state, rows) => ({ ...state, users: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => row,
  missing,
});

const isClient = ({ state, body }: Told<World>): boolean =>
  body?.['client_id'] === state.client_id && body['client_secret'] === state.client_secret;
const badClient = (): Answer =>
  json(400, { error: 'invalid_client', message: 'client id or secret mismatch' });

const revoke: Serve<World> = (told) => {
  if (!isClient(told)) return stay(told, badClient());
  const left = told.state.refresh_tokens.filter((one) => one !== told.body?.['token']);
  return left.length === told.state.refresh_tokens.length
    ? stay(told, json(200, {}))
    : { state: { ...told.state, refresh_tokens: left }, answer: json(200, {}) };
};
const token: Serve<World> = (told) => {
  if (!isClient(told)) return stay(told, badClient());
  const alive = told.state.refresh_tokens.some((one) => one === told.body?.['refresh_token']);
  return stay(
    told,
    alive
      ? json(200, { access_token: 'sim-access', expires_in: 1800, token_type: 'bearer' })
      : json(400, {
          error: 'invalid_grant',
          status: 'BAD_REFRESH_TOKEN',
          message: 'missing or unknown refresh token',
        }),
  );
};

const respond = routed<World>({
  guard,
  routes: {
    'GET /account-info/v3/details': (told) => stay(told, json(200, { portalId: 1 })),
    'GET /webhooks/v3/{app}/subscriptions': (told) =>
      stay(told, json(200, { results: told.state.subscriptions })),
    'GET /webhooks/v3/{app}/subscriptions/{id}': subscriptions.one,
    'PATCH /webhooks/v3/{app}/subscriptions/{id}': patchSubscription,
    'GET /webhooks/v3/{app}/settings': settings,
    'PUT /webhooks/v3/{app}/settings': putSettings,
    'DELETE /webhooks/v3/{app}/settings': dropSettings,
    'GET /settings/v3/users': (told) => stay(told, json(200, { results: told.state.users })),
    'DELETE /settings/v3/users/{id}': users.remove(),
    'POST /oauth/v3/token/revoke': revoke,
    'POST /oauth/v3/token': token,
  },
  missing,
});

export const hubspotSimulator = simulator<World>({ state: worldSchema, respond, furnish });
