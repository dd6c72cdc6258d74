import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { textAt } from '../vendor.ts';
import { furnish } from './furnish.ts';

/** Answers as an organisation's own domain does: queries over what it holds, changes by id, tokens revoked by who holds them. */

const WHEN = '2026-01-02T03:04:05.000+0000';

export const worldSchema = z.strictObject({
  access_tokens: z.array(z.string()).default(['00Dsim00000000001!own']),
  refresh_tokens: z.array(z.string()).default([]),
  client_id: z.string().default('3MVGsim'),
  client_secret: z.string().default('sim-client-secret'),
  users: z
    .array(
      z.strictObject({
        id: z.string(),
        login: z.string(),
        frozen: z.boolean().default(false),
        active: z.boolean().default(true),
      }),
    )
    .default([]),
  sessions: z
    .array(z.strictObject({ id: z.string(), user: z.string(), created: z.string().default(WHEN) }))
    .default([]),
  tokens: z
    .array(
      z.strictObject({ id: z.string(), app: z.string(), user: z.string(), used: z.string().default(WHEN) }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;

const error = (status: number, errorCode: string, message: string): Answer =>
  json(status, [{ errorCode, message }]);
const missing = (): Answer => error(404, 'NOT_FOUND', 'The requested resource does not exist');

const guard = ({ state, ask }: Told<World>): Answer | null =>
  ask.path.startsWith('/services/oauth2/') || state.access_tokens.includes(bearerOf(ask))
    ? null
    : error(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

const records = (told: Told<World>, rows: readonly Json[]): ReturnType<Serve<World>> =>
  stay(told, json(200, { totalSize: rows.length, done: true, records: rows }));

/** The few queries that are asked, by their object and their one condition. */
const query: Serve<World> = (told) => {
  const soql = told.ask.query['q']?.[0] ?? '';
  const from = /^SELECT [\w,]+ FROM (\w+)/.exec(soql)?.[1];
  const where = /WHERE (\w+)='((?:[^'\\]|\\.)*)'/.exec(soql);
  const fits = (field: string, value: string): boolean =>
    where === null || (where[1] === field && where[2]?.replace(/\\(.)/g, '$1') === value);
  const { users, sessions, tokens } = told.state;
  if (from === 'UserLogin')
    return records(
      told,
      users.filter((one) => fits('UserId', one.id)).map((one) => ({ Id: one.login, IsFrozen: one.frozen })),
    );
  if (from === 'User')
    return records(
      told,
      users.filter((one) => fits('Id', one.id)).map((one) => ({ IsActive: one.active })),
    );
  if (from === 'AuthSession')
    return records(
      told,
      sessions
        .filter((one) => fits('UsersId', one.user))
        .map((one) => ({ Id: one.id, ParentId: null, SessionType: 'UI', CreatedDate: one.created })),
    );
  if (from === 'OauthToken')
    return records(
      told,
      tokens
        .filter((one) => fits('Id', one.id) || fits('AppName', one.app))
        .map((one) => ({
          Id: one.id,
          AppName: one.app,
          UserId: one.user,
          LastUsedDate: one.used,
          UseCount: 3,
        })),
    );
  return stay(told, error(400, 'INVALID_TYPE', 'sObject type is not supported'));
};

const changed = (
  key: 'login' | 'id',
  to: (user: World['users'][number], body: Told<World>['body']) => World['users'][number] | null,
) =>
  table<World, World['users'][number]>({
    of: (state) => state.users,
    put: (state, rows) => ({ ...state, users: rows }),
    is: (row, { params }) => row[key] === params['id'],
    shown: () => null,
    missing,
  }).change(
    (row, { body }) => to(row, body) ?? { refused: error(400, 'JSON_PARSER_ERROR', 'Unrecognized field') },
    () => json(204, null),
  );

const freeze = changed('login', (row, body) =>
  typeof body?.['IsFrozen'] === 'boolean' ? { ...row, frozen: body['IsFrozen'] } : null,
);
const activate = changed('id', (row, body) =>
  typeof body?.['IsActive'] === 'boolean' ? { ...row, active: body['IsActive'] } : null,
);

const dropped =
  (name: 'sessions' | 'tokens'): Serve<World> =>
  (told) => {
    const rows = told.state[name];
    const left = (rows as readonly Readonly<{ id: string }>[]).filter((one) => one.id !== told.params['id']);
    return left.length === rows.length
      ? stay(told, missing())
      : { state: { ...told.state, [name]: left }, answer: json(204, null) };
  };

const revoke: Serve<World> = (told) => {
  const token = textAt(told.body, 'token');
  const { access_tokens: access, refresh_tokens: refresh } = told.state;
  if (!access.includes(token) && !refresh.includes(token))
    return stay(told, json(400, { error: 'invalid_token', error_description: 'invalid token' }));
  const not = (one: string): boolean => one !== token;
  const state = { ...told.state, access_tokens: access.filter(not), refresh_tokens: refresh.filter(not) };
  return { state, answer: json(200, null) };
};

const token: Serve<World> = (told) => {
  const { body, state } = told;
  if (body?.['client_id'] !== state.client_id || body['client_secret'] !== state.client_secret)
    return stay(told, json(400, { error: 'invalid_client_id' }));
  return stay(
    told,
    state.refresh_tokens.some((one) => one === body['refresh_token'])
      ? json(200, { access_token: '00Dsim00000000001!new', token_type: 'Bearer' })
      : json(400, { error: 'invalid_grant', error_description: 'expired access/refresh token' }),
  );
};

const respond = routed<World>({
  guard,
  routes: {
    'POST /services/oauth2/revoke': revoke,
    'POST /services/oauth2/token': token,
    'GET /services/data/{v}/limits': (told) =>
      stay(told, json(200, { DailyApiRequests: { Max: 1, Remaining: 1 } })),
    'GET /services/data/{v}/query': query,
    'PATCH /services/data/{v}/sobjects/UserLogin/{id}': freeze,
    'PATCH /services/data/{v}/sobjects/User/{id}': activate,
    'DELETE /services/data/{v}/sobjects/AuthSession/{id}': dropped('sessions'),
    'DELETE /services/data/{v}/sobjects/OauthToken/{id}': dropped('tokens'),
  },
  missing,
});

export const salesforceSimulator = simulator<World>({ state: worldSchema, respond, furnish });
