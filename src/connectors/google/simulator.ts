import { z } from 'zod';
import { formatUtc } from '../../base/instant.ts';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { textAt } from '../vendor.ts';
import { furnish } from './furnish.ts';

/** Answers as admin, iam and oauth2.googleapis.com do, all under one address. */

const WHEN = '2026-01-02T03:04:05Z';

export const worldSchema = z.strictObject({
  /** The administrator's own among them. */
  access_tokens: z.array(z.string()).default(['ya29.sim-own']),
  refresh_tokens: z.array(z.string()).default([]),
  client_id: z.string().default('sim.apps.googleusercontent.com'),
  client_secret: z.string().default('sim-client-secret'),
  users: z
    .array(
      z.strictObject({
        email: z.string(),
        suspended: z.boolean().default(false),
        two_step: z.boolean().default(false),
        apps: z
          .array(z.strictObject({ clientId: z.string(), scopes: z.array(z.string()).default([]) }))
          .default([]),
      }),
    )
    .default([]),
  accounts: z
    .array(
      z.strictObject({
        email: z.string(),
        disabled: z.boolean().default(false),
        keys: z.array(z.strictObject({ id: z.string(), disabled: z.boolean().default(false) })).default([]),
      }),
    )
    .default([]),
  log: z
    .array(z.strictObject({ app: z.string(), event: z.string(), user: z.string(), time: z.string() }))
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
type User = World['users'][number];
type Account = World['accounts'][number];
type Turned = ReturnType<Serve<World>>;

const error = (code: number, status: string, message: string): Answer =>
  json(code, { error: { code, status, message } });
const missing = (): Answer => error(404, 'NOT_FOUND', 'Resource Not Found');
const wrong = { refused: error(400, 'INVALID_ARGUMENT', 'Invalid Value') };

const guard = ({ state, ask }: Told<World>): Answer | null =>
  ['/revoke', '/token', '/tokeninfo'].includes(ask.path) || state.access_tokens.includes(bearerOf(ask))
    ? null
    : error(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');

const users = table<World, User>({
  of: (state) => state.users,
  put: (state, rows) => ({ ...state, users: rows }),
  is: (row, { params }) => row.email === params['user'],
  shown: ({ email, suspended }) => ({ primaryEmail: email, suspended }),
  missing,
});

const signOut: Serve<World> = (told) => {
  const user = told.params['user'] ?? '';
  if (!told.state.users.some((one) => one.email === user)) return stay(told, missing());
  const entry = { app: 'admin', event: 'RESET_SIGNIN_COOKIES', user, time: formatUtc(told.now) };
  return { state: { ...told.state, log: [...told.state.log, entry] }, answer: json(204, null) };
};

const apps: Serve<World> = (told) => {
  const found = told.state.users.find((one) => one.email === told.params['user']);
  return stay(
    told,
    found === undefined
      ? missing()
      : json(200, {
          kind: 'admin#directory#tokenList',
          // Empty lists are left out.
          ...(found.apps.length === 0
            ? {}
            : { items: found.apps.map((app) => ({ ...app, displayText: 'app', nativeApp: false })) }),
        }),
  );
};

const dropApp = users.change(
  (row, { params }) => {
    const left = row.apps.filter((one) => one.clientId !== params['client']);
    return left.length === row.apps.length ? { refused: missing() } : { ...row, apps: left };
  },
  () => json(204, null),
);

/** Newest first, by the name of the event and by the person that it is about. */
const activity: Serve<World> = (told) => {
  const event = told.ask.query['eventName']?.[0];
  const about = /^USER_EMAIL==(.+)$/.exec(told.ask.query['filters']?.[0] ?? '')?.[1] ?? told.params['who'];
  const rows = told.state.log
    .filter((one) => one.app === told.params['app'])
    .filter((one) => event === undefined || one.event === event)
    .filter((one) => about === 'all' || one.user === about);
  const items = rows.toReversed().map((one) => ({
    id: { time: one.time, applicationName: one.app },
    events: [{ name: one.event }],
  }));
  return stay(
    told,
    json(200, { items: items.slice(0, Number(told.ask.query['maxResults']?.[0] ?? '1000')) }),
  );
};

const accounts = table<World, Account>({
  of: (state) => state.accounts,
  put: (state, rows) => ({ ...state, accounts: rows }),
  is: (row, { params }) => row.email === params['account'],
  shown: (row) => shownAccount(row),
  // With the project left open a missing account is not told from one that may not be seen.
  missing: () => error(403, 'PERMISSION_DENIED', 'Permission denied on resource (or it may not exist).'),
});
const named = (email: string): string => `projects/sim-project/serviceAccounts/${email}`;
/** Google leaves out what is false. */
const off = (disabled: boolean): Readonly<{ disabled?: true }> => (disabled ? { disabled: true } : {});
const shownAccount = ({ email, disabled }: Account): Json => ({
  name: named(email),
  email,
  ...off(disabled),
});
const shownKey = (email: string, key: Account['keys'][number]): Json => ({
  name: `${named(email)}/keys/${key.id}`,
  keyType: 'USER_MANAGED',
  validAfterTime: WHEN,
  validBeforeTime: '9999-12-31T23:59:59Z',
  ...off(key.disabled),
});

const keys =
  (one: boolean): Serve<World> =>
  (told) => {
    const account = told.state.accounts.find((row) => row.email === told.params['account']);
    if (account === undefined) return stay(told, missing());
    if (!one) return stay(told, json(200, { keys: account.keys.map((key) => shownKey(account.email, key)) }));
    const key = account.keys.find(({ id }) => id === told.params['key']);
    return stay(told, key === undefined ? missing() : json(200, shownKey(account.email, key)));
  };

const empty = (): Answer => json(200, {});
const turnAccount = (disabled: boolean): Serve<World> =>
  accounts.change((row) => (row.disabled === disabled ? row : { ...row, disabled }), empty);
const turnKey = (disabled: boolean): Serve<World> =>
  accounts.change((row, { params }) => {
    if (!row.keys.some((key) => key.id === params['key'])) return wrong;
    return { ...row, keys: row.keys.map((key) => (key.id === params['key'] ? { ...key, disabled } : key)) };
  }, empty);

const without = (told: Told<World>, token: string): World => ({
  ...told.state,
  access_tokens: told.state.access_tokens.filter((one) => one !== token),
  refresh_tokens: told.state.refresh_tokens.filter((one) => one !== token),
});

const isAlive = ({ state }: Told<World>, token: string): boolean =>
  [...state.access_tokens, ...state.refresh_tokens].includes(token);

const revoke: Serve<World> = (told) => {
  const token = textAt(told.body, 'token');
  return isAlive(told, token)
    ? { state: without(told, token), answer: empty() }
    : stay(told, json(400, { error: 'invalid_token', error_description: 'Token expired or revoked' }));
};

const tokenInfo: Serve<World> = (told): Turned =>
  stay(
    told,
    told.state.access_tokens.includes(bearerOf(told.ask))
      ? json(200, { expires_in: '3000', scope: 'openid' })
      : json(400, { error: 'invalid_token', error_description: 'Invalid Value' }),
  );

const token: Serve<World> = (told) => {
  const { body, state } = told;
  if (body?.['client_id'] !== state.client_id || body['client_secret'] !== state.client_secret)
    return stay(told, json(401, { error: 'invalid_client' }));
  return stay(
    told,
    state.refresh_tokens.some((one) => one === body['refresh_token'])
      ? json(200, { access_token: 'ya29.sim-new', token_type: 'Bearer' })
      : json(400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }),
  );
};

const respond = routed<World>({
  guard,
  routes: {
    'POST /revoke': revoke,
    'POST /token': token,
    'POST /tokeninfo': tokenInfo,
    'GET /admin/directory/v1/users': (told) =>
      stay(
        told,
        json(200, {
          kind: 'admin#directory#users',
          users: told.state.users.map(({ suspended, two_step: enforced }) => ({
            suspended,
            isEnforcedIn2Sv: enforced,
          })),
        }),
      ),
    'GET /admin/directory/v1/users/{user}': users.one,
    'PATCH /admin/directory/v1/users/{user}': users.change((row, { body }) =>
      typeof body?.['suspended'] === 'boolean' ? { ...row, suspended: body['suspended'] } : wrong,
    ),
    'POST /admin/directory/v1/users/{user}/signOut': signOut,
    'GET /admin/directory/v1/users/{user}/tokens': apps,
    'DELETE /admin/directory/v1/users/{user}/tokens/{client}': dropApp,
    'GET /admin/reports/v1/activity/users/{who}/applications/{app}': activity,
    'GET /v1/projects/{project}/serviceAccounts': (told) =>
      stay(told, json(200, { accounts: told.state.accounts.map(shownAccount) })),
    'POST /v1/projects/{project}/serviceAccounts/{account}:disable': turnAccount(true),
    'POST /v1/projects/{project}/serviceAccounts/{account}:enable': turnAccount(false),
    'GET /v1/projects/{project}/serviceAccounts/{account}': accounts.one,
    'GET /v1/projects/{project}/serviceAccounts/{account}/keys': keys(false),
    'GET /v1/projects/{project}/serviceAccounts/{account}/keys/{key}': keys(true),
    'POST /v1/projects/{project}/serviceAccounts/{account}/keys/{key}:disable': turnKey(true),
    'POST /v1/projects/{project}/serviceAccounts/{account}/keys/{key}:enable': turnKey(false),
  },
  missing,
});

export const googleSimulator = simulator<World>({ state: worldSchema, respond, furnish });
