import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, changed, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as an Auth0 tenant does: what it deletes it has only promised, and it is gone a little later. */

const ended = { ends_at: z.number().int().nullable().default(null) };

export const worldSchema = z.strictObject({
  tokens: z.array(z.string()).default(['sim-management-token']),
  /** How long a promised deletion takes, in milliseconds. */
  queue_ms: z.number().int().default(800),
  /** `all-applications`, `confidence-score`, or none. */
  mfa_policies: z.array(z.string()).default([]),
  users: z
    .array(
      z.strictObject({
        user_id: z.string(),
        blocked: z.boolean().default(false),
        sessions: z.array(z.strictObject({ id: z.string(), ...ended })).default([]),
        refresh: z.array(z.strictObject({ id: z.string(), ...ended })).default([]),
      }),
    )
    .default([]),
  rotated: z.number().int().default(0),
  clients: z
    .array(
      z.strictObject({
        client_id: z.string(),
        name: z.string().default('client'),
        app_type: z.string().default('non_interactive'),
        grant_types: z.array(z.string()).default(['client_credentials']),
        secret: z.string().default('sim-client-secret'),
      }),
    )
    .default([]),
  grants: z
    .array(
      z.strictObject({
        id: z.string(),
        client_id: z.string(),
        audience: z.string().default('https://api.lrh.example/'),
        scope: z.array(z.string()).default(['read:chats']),
      }),
    )
    .default([]),
  streams: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().default('stream'),
        type: z.string().default('http'),
        status: z.string().default('active'),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
type User = World['users'][number];

const error = (status: number, message: string): Answer =>
  json(status, { statusCode: status, error: String(status), message });
const missing = (): Answer => error(404, 'The resource does not exist.');

const users = table<World, User>({
  of: (state) => state.users,
  put: (state, rows) => ({ ...state, users: rows }),
  is: (row, { params }) => row.user_id === params['id'],
  // Who was never blocked has no such field.
  shown: ({ user_id, blocked }) => ({ user_id, ...(blocked ? { blocked } : {}) }),
  missing,
});
const clients = table<World, World['clients'][number]>({
  of: (state) => state.clients,
  put: (state, rows) => ({ ...state, clients: rows }),
  is: (row, { params }) => row.client_id === params['id'],
  shown: ({ secret: _hidden, ...row }) => row,
  missing,
});
const grants = table<World, World['grants'][number]>({
  of: (state) => state.grants,
  put: (state, rows) => ({ ...state, grants: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => row,
  missing,
});
const streams = table<World, World['streams'][number]>({
  of: (state) => state.streams,
  put: (state, rows) => ({ ...state, streams: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => row,
  missing,
});

const strings = (value: Json | undefined): readonly string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;

const patchUser = users.change((row, { body }) =>
  typeof body?.['blocked'] === 'boolean'
    ? { ...row, blocked: body['blocked'] }
    : { refused: error(400, 'Payload validation error') },
);
const patchClient = clients.change((row, { body }) => {
  const types = strings(body?.['grant_types']);
  return types === null
    ? { refused: error(400, 'Payload validation error') }
    : { ...row, grant_types: [...types] };
});
const patchGrant = grants.change((row, { body }) => {
  const scope = strings(body?.['scope']);
  return scope === null ? { refused: error(400, 'Payload validation error') } : { ...row, scope: [...scope] };
});
const patchStream = streams.change((row, { body }) => {
  const { status } = body ?? {};
  return status === 'active' || status === 'paused'
    ? { ...row, status }
    : { refused: error(400, 'Payload validation error') };
});

type Ending = 'sessions' | 'refresh';

/** What is promised to end is still shown until its time has come. */
const alive =
  (name: Ending, rows: string): Serve<World> =>
  (told) => {
    const found = told.state.users.find((one) => one.user_id === told.params['id']);
    if (found === undefined) return stay(told, missing());
    const left = found[name].filter((one) => one.ends_at === null || told.now < one.ends_at);
    return stay(told, json(200, { [rows]: left.map(({ id }) => ({ id })) }));
  };

const end =
  (name: Ending): Serve<World> =>
  (told) => {
    const is = (one: User): boolean => one.user_id === told.params['id'];
    if (!told.state.users.some(is)) return stay(told, missing());
    const at = told.now + told.state.queue_ms;
    const rows = changed(told.state.users, is, (one) => ({
      ...one,
      [name]: one[name].map((each) => ({ ...each, ends_at: each.ends_at ?? at })),
    }));
    return { state: { ...told.state, users: [...rows] }, answer: { status: 202, body: '' } };
  };

const paged =
  (name: 'clients' | 'grants', rows: string): Serve<World> =>
  (told) => {
    const size = Number(told.ask.query['per_page']?.[0] ?? '50');
    const start = Number(told.ask.query['page']?.[0] ?? '0') * size;
    const all: readonly Json[] =
      name === 'clients' ? told.state.clients.map(({ secret: _hidden, ...row }) => row) : told.state.grants;
    const page = all.slice(start, start + size);
    return stay(told, json(200, { [rows]: page, start, limit: size, total: all.length }));
  };

const token: Serve<World> = (told) => {
  const { client_id: id, client_secret: secret } = told.body ?? {};
  const known = told.state.clients.some((one) => one.client_id === id && one.secret === secret);
  return stay(
    told,
    known
      ? json(200, { access_token: 'sim-access-token', token_type: 'Bearer' })
      : json(401, { error: 'access_denied', error_description: 'Unauthorized' }),
  );
};

const rotateSecret: Serve<World> = (told) => {
  const found = told.state.clients.find((one) => one.client_id === told.params['id']);
  if (found === undefined) return stay(told, missing());
  const secret = `sim-rotated-secret-${told.state.rotated + 1}`;
  const clients = told.state.clients.map((one) => (one === found ? { ...one, secret } : one));
  const state = { ...told.state, clients, rotated: told.state.rotated + 1 };
  return { state, answer: json(200, { client_id: found.client_id, client_secret: secret }) };
};

const guard = ({ state, ask }: Told<World>): Answer | null =>
  ask.path === '/oauth/token' || state.tokens.includes(bearerOf(ask)) ? null : error(401, 'Invalid token');

const respond = routed<World>({
  guard,
  routes: {
    'POST /oauth/token': token,
    'GET /api/v2/users/{id}': users.one,
    'PATCH /api/v2/users/{id}': patchUser,
    'GET /api/v2/users/{id}/sessions': alive('sessions', 'sessions'),
    'DELETE /api/v2/users/{id}/sessions': end('sessions'),
    'GET /api/v2/users/{id}/refresh-tokens': alive('refresh', 'tokens'),
    'DELETE /api/v2/users/{id}/refresh-tokens': end('refresh'),
    'GET /api/v2/guardian/policies': (told) => stay(told, json(200, told.state.mfa_policies)),
    'GET /api/v2/clients': paged('clients', 'clients'),
    'GET /api/v2/clients/{id}': clients.one,
    'PATCH /api/v2/clients/{id}': patchClient,
    'POST /api/v2/clients/{id}/rotate-secret': rotateSecret,
    'GET /api/v2/client-grants': paged('grants', 'client_grants'),
    'GET /api/v2/client-grants/{id}': grants.one,
    'PATCH /api/v2/client-grants/{id}': patchGrant,
    'GET /api/v2/log-streams': (told) => stay(told, json(200, told.state.streams)),
    'GET /api/v2/log-streams/{id}': streams.one,
    'PATCH /api/v2/log-streams/{id}': patchStream,
  },
  missing,
});

export const auth0Simulator = simulator<World>({ state: worldSchema, respond, furnish });
