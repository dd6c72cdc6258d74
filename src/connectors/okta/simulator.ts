import { formatUtc } from '../../base/instant.ts';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { basicOf, changed, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';
import { worldSchema } from './world.ts';
import type { World } from './world.ts';

/** Answers as an Okta org does: life cycles that refuse what does not fit the status, a log that tells what was done. */

type Turned = ReturnType<Serve<World>>;
type Row = Readonly<{ id: string; status: string }>;

const error = (status: number, code: string, summary: string): Answer =>
  json(status, {
    errorCode: code,
    errorSummary: summary,
    errorLink: code,
    errorId: 'oaesim',
    errorCauses: [],
  });

const missing = (told: Told<World>): Turned =>
  stay(told, error(404, 'E0000007', `Not found: Resource not found: ${told.ask.path}`));

const wrongState = (told: Told<World>): Turned =>
  stay(told, error(400, 'E0000001', 'Cannot do this in the current status.'));

const given = ({ ask }: Told<World>): string =>
  /^(?:SSWS|Bearer) (.+)$/.exec(ask.headers['authorization'] ?? '')?.[1] ?? '';

/** One row's status, changed where the life cycle allows it. */
const moved = <R extends Row>(
  told: Told<World>,
  rows: readonly R[],
  id: string,
  step: Readonly<{ from: string; to: string }>,
  put: (rows: R[]) => World,
): Turned => {
  const found = rows.find((row) => row.id === id);
  if (found === undefined) return missing(told);
  if (found.status !== step.from && found.status !== step.to) return wrongState(told);
  const next = changed(
    rows,
    (row) => row === found && row.status !== step.to,
    (row) => ({ ...row, status: step.to }),
  );
  return { state: next === rows ? told.state : put([...next]), answer: json(200, {}) };
};

const DEACTIVATE = { from: 'ACTIVE', to: 'INACTIVE' } as const;
const ACTIVATE = { from: 'INACTIVE', to: 'ACTIVE' } as const;

const user: Serve<World> = (told) => {
  const { id = '' } = told.params;
  if (id === 'me') {
    const own = told.state.tokens.find((one) => one.token === given(told));
    return stay(told, json(200, { id: own?.userId ?? '', status: 'ACTIVE' }));
  }
  const found = told.state.users.find((one) => one.id === id);
  return found === undefined ? missing(told) : stay(told, json(200, { id, status: found.status }));
};

const moveUser =
  (from: string, to: string): Serve<World> =>
  (told) =>
    moved(told, told.state.users, told.params['id'] ?? '', { from, to }, (users) => ({
      ...told.state,
      users,
    }));

const clear: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.users.find((one) => one.id === id);
  if (found === undefined) return missing(told);
  const log = [
    ...told.state.log,
    { published: formatUtc(told.now), eventType: 'user.session.clear', user: id },
  ];
  const users = changed(
    told.state.users,
    (one) => one.id === id,
    (one) => ({ ...one, sessions: 0 }),
  );
  return { state: { ...told.state, users: [...users], log }, answer: json(204, null) };
};

const grants: Serve<World> = (told) => {
  const found = told.state.users.find((one) => one.id === told.params['id']);
  return found === undefined
    ? missing(told)
    : stay(
        told,
        json(
          200,
          found.grants.map((id) => ({ id, status: 'ACTIVE' })),
        ),
      );
};

const dropGrants: Serve<World> = (told) => {
  const is = (one: World['users'][number]): boolean => one.id === told.params['id'];
  if (!told.state.users.some(is)) return missing(told);
  const users = changed(told.state.users, is, (one) => ({ ...one, grants: [] }));
  return { state: { ...told.state, users: [...users] }, answer: json(204, null) };
};

const appOf = ({ state, params }: Told<World>) => state.apps.find((one) => one.id === params['id']);
const shownApp = ({ id, status, label }: World['apps'][number]): Json => ({
  id,
  status,
  label,
  signOnMode: 'OPENID_CONNECT',
  created: '2025-01-02T03:04:05.000Z',
});

const apps: Serve<World> = (told) => {
  const limit = Number(told.ask.query['limit']?.[0] ?? '50');
  const after = told.ask.query['after']?.[0];
  const from = after === undefined ? 0 : told.state.apps.findIndex((one) => one.id === after) + 1;
  const page = told.state.apps.slice(from, from + limit);
  const last = page.at(-1);
  const more = told.state.apps.length > from + limit && last !== undefined;
  const link = more
    ? { link: `<https://org.okta.com/api/v1/apps?after=${last.id}&limit=${limit}>; rel="next"` }
    : {};
  return stay(told, json(200, page.map(shownApp), link));
};

const app: Serve<World> = (told) => {
  const found = appOf(told);
  return found === undefined ? missing(told) : stay(told, json(200, shownApp(found)));
};

const moveApp =
  (step: typeof ACTIVATE | typeof DEACTIVATE): Serve<World> =>
  (told) =>
    moved(told, told.state.apps, told.params['id'] ?? '', step, (rows) => ({ ...told.state, apps: rows }));

const appTokens: Serve<World> = (told) => {
  const found = appOf(told);
  return found === undefined
    ? missing(told)
    : stay(
        told,
        json(
          200,
          found.tokens.map((id) => ({ id, status: 'ACTIVE' })),
        ),
      );
};

const withApp = (told: Told<World>, to: (one: World['apps'][number]) => World['apps'][number]): World => ({
  ...told.state,
  apps: [...changed(told.state.apps, (one) => one.id === told.params['id'], to)],
});

const dropAppTokens: Serve<World> = (told) =>
  appOf(told) === undefined
    ? missing(told)
    : { state: withApp(told, (one) => ({ ...one, tokens: [] })), answer: json(204, null) };

const secrets: Serve<World> = (told) => {
  const found = appOf(told);
  return found === undefined ? missing(told) : stay(told, json(200, found.secrets));
};

const moveSecret =
  (step: typeof ACTIVATE | typeof DEACTIVATE): Serve<World> =>
  (told) => {
    const found = appOf(told);
    if (found === undefined) return missing(told);
    const id = told.params['secret'] ?? '';
    const others = found.secrets.filter((one) => one.id !== id && one.status === 'ACTIVE');
    if (step === DEACTIVATE && others.length === 0)
      return stay(told, error(400, 'E0000001', 'The last active secret cannot be deactivated'));
    return moved(told, found.secrets, id, step, (rows) =>
      withApp(told, (one) => ({ ...one, secrets: rows })),
    );
  };

const SECRETS_MAX = 2;

const addSecret: Serve<World> = (told) => {
  const found = appOf(told);
  if (found === undefined) return missing(told);
  if (found.secrets.length >= SECRETS_MAX)
    return stay(told, error(400, 'E0000001', 'Api validation failed: client_secret: at most two'));
  const { next } = told.state;
  const given = told.body?.['client_secret'];
  const row = {
    id: `ocsim${String(next).padStart(15, '0')}`,
    status: 'ACTIVE',
    client_secret: typeof given === 'string' && given !== '' ? given : `sim-client-secret-${next}`,
  };
  const state = withApp(told, (one) => ({ ...one, secrets: [...one.secrets, row] }));
  return { state: { ...state, next: next + 1 }, answer: json(201, row) };
};

const dropSecret: Serve<World> = (told) => {
  const found = appOf(told);
  const row = found?.secrets.find((one) => one.id === told.params['secret']);
  if (found === undefined || row === undefined) return missing(told);
  if (row.status !== 'INACTIVE') return wrongState(told);
  const secrets = found.secrets.filter((one) => one !== row);
  return { state: withApp(told, (one) => ({ ...one, secrets })), answer: json(204, null) };
};

/** Whoever signs in as an app may ask about a token; what is none is not active. */
const introspect: Serve<World> = (told) => {
  const { user = '', password = '' } = basicOf(told.ask) ?? {};
  const app = told.state.apps.find(({ id, status }) => id === user && status === 'ACTIVE');
  const known = app?.secrets.some((one) => one.status === 'ACTIVE' && one.client_secret === password);
  return stay(
    told,
    known === true && password !== ''
      ? json(200, { active: false })
      : json(401, { error: 'invalid_client', error_description: 'The client secret supplied is invalid.' }),
  );
};

const shownHook = ({ id, status, uri }: World['event_hooks'][number]): Json => ({
  id,
  status,
  name: 'hook',
  created: '2025-01-02T03:04:05.000Z',
  events: { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] },
  channel: { type: 'HTTP', version: '1.0.0', config: { uri } },
});

const hooks =
  (name: 'event_hooks' | 'inline_hooks'): Serve<World> =>
  (told) =>
    stay(told, json(200, told.state[name].map(shownHook)));

const hook: Serve<World> = (told) => {
  const found = told.state.event_hooks.find((one) => one.id === told.params['id']);
  return found === undefined ? missing(told) : stay(told, json(200, shownHook(found)));
};

const moveHook =
  (name: 'event_hooks' | 'inline_hooks', step: typeof ACTIVATE | typeof DEACTIVATE): Serve<World> =>
  (told) =>
    moved(told, told.state[name], told.params['id'] ?? '', step, (rows) => ({ ...told.state, [name]: rows }));

const apiTokens: Serve<World> = (told) =>
  stay(
    told,
    json(
      200,
      told.state.tokens.map(({ token: _hidden, ...shown }) => shown),
    ),
  );

const dropApiToken: Serve<World> = (told) => {
  const left = told.state.tokens.filter((one) => one.id !== told.params['id']);
  return left.length === told.state.tokens.length
    ? missing(told)
    : { state: { ...told.state, tokens: left }, answer: json(204, null) };
};

const policies: Serve<World> = (told) => {
  if (told.ask.query['type']?.[0] !== 'OKTA_SIGN_ON') return stay(told, json(200, []));
  const shown = told.state.policies.map(({ rules: _rules, ...one }) => ({ ...one, type: 'OKTA_SIGN_ON' }));
  return stay(told, json(200, shown));
};

const policyRules: Serve<World> = (told) => {
  const found = told.state.policies.find((one) => one.id === told.params['id']);
  if (found === undefined) return missing(told);
  const rules = found.rules.map(({ access, require_factor: requireFactor, ...one }) => ({
    ...one,
    type: 'SIGN_ON',
    actions: { signon: { access, requireFactor } },
  }));
  return stay(told, json(200, rules));
};

/** The log by the two filters that are asked for, newest first where that is asked. */
const logs: Serve<World> = (told) => {
  const filter = told.ask.query['filter']?.[0] ?? '';
  const type = /eventType eq "([^"]+)"/.exec(filter)?.[1];
  const who = /(?:target|actor)\.id eq "([^"]+)"/.exec(filter)?.[1];
  const rows = told.state.log.filter(
    (one) => (type === undefined || one.eventType === type) && (who === undefined || one.user === who),
  );
  const sorted = told.ask.query['sortOrder']?.[0] === 'DESCENDING' ? rows.toReversed() : rows;
  const shown = sorted.map(({ user: id, ...one }) => ({ ...one, actor: { id }, target: [{ id }] }));
  return stay(told, json(200, shown.slice(0, Number(told.ask.query['limit']?.[0] ?? '100'))));
};

const respond = routed<World>({
  guard: (told) =>
    told.ask.path.startsWith('/oauth2/') || told.state.tokens.some((one) => one.token === given(told))
      ? null
      : error(401, 'E0000011', 'Invalid token provided'),
  routes: {
    'GET /api/v1/users/{id}': user,
    'POST /api/v1/users/{id}/lifecycle/suspend': moveUser('ACTIVE', 'SUSPENDED'),
    'POST /api/v1/users/{id}/lifecycle/unsuspend': moveUser('SUSPENDED', 'ACTIVE'),
    'DELETE /api/v1/users/{id}/sessions': clear,
    'GET /api/v1/users/{id}/grants': grants,
    'DELETE /api/v1/users/{id}/grants': dropGrants,
    'GET /api/v1/apps': apps,
    'GET /api/v1/apps/{id}': app,
    'POST /api/v1/apps/{id}/lifecycle/deactivate': moveApp(DEACTIVATE),
    'POST /api/v1/apps/{id}/lifecycle/activate': moveApp(ACTIVATE),
    'GET /api/v1/apps/{id}/tokens': appTokens,
    'DELETE /api/v1/apps/{id}/tokens': dropAppTokens,
    'GET /api/v1/apps/{id}/credentials/secrets': secrets,
    'POST /api/v1/apps/{id}/credentials/secrets': addSecret,
    'DELETE /api/v1/apps/{id}/credentials/secrets/{secret}': dropSecret,
    'POST /oauth2/v1/introspect': introspect,
    'POST /api/v1/apps/{id}/credentials/secrets/{secret}/lifecycle/deactivate': moveSecret(DEACTIVATE),
    'POST /api/v1/apps/{id}/credentials/secrets/{secret}/lifecycle/activate': moveSecret(ACTIVATE),
    'GET /api/v1/eventHooks': hooks('event_hooks'),
    'GET /api/v1/eventHooks/{id}': hook,
    'POST /api/v1/eventHooks/{id}/lifecycle/deactivate': moveHook('event_hooks', DEACTIVATE),
    'POST /api/v1/eventHooks/{id}/lifecycle/activate': moveHook('event_hooks', ACTIVATE),
    'GET /api/v1/inlineHooks': hooks('inline_hooks'),
    'POST /api/v1/inlineHooks/{id}/lifecycle/deactivate': moveHook('inline_hooks', DEACTIVATE),
    'POST /api/v1/inlineHooks/{id}/lifecycle/activate': moveHook('inline_hooks', ACTIVATE),
    'GET /api/v1/api-tokens': apiTokens,
    'DELETE /api/v1/api-tokens/{id}': dropApiToken,
    'GET /api/v1/logs': logs,
    'GET /api/v1/policies': policies,
    'GET /api/v1/policies/{id}/rules': policyRules,
  },
  missing: (told) => missing(told).answer,
});

export const oktaSimulator = simulator<World>({ state: worldSchema, respond, furnish });
