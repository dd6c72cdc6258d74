import type { Json } from '../../base/canonical.ts';
import { appRoutes, asInstagram, assign, subscribers } from './routes-app.ts';
import type { Heard, Refused, Route, Served } from './route.ts';
import type { State } from './state.ts';

/** One function a route of the simulated Graph API: state in, state and answer out. */

const unknownObject = (id: string): Refused => ({
  refused: [
    400,
    100,
    `Unsupported request. Object with ID '${id}' does not exist or cannot be loaded due to missing permissions`,
  ],
});
const success = (state: State): Served => ({ state, body: { success: true } });
const WHATSAPP = 'whatsapp_business_management';
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The callback check: Meta asks the URL, whose owner must know the verify token. Null when it passes. */
const challenge = (state: State, body: Readonly<Record<string, Json>>): Refused | null => {
  if (!text(body['override_callback_uri']).startsWith('https://'))
    return { refused: [400, 100, '(#100) Param override_callback_uri must be an https URL'] };
  const known = text(body['verify_token']) === state.verify_token;
  return known
    ? null
    : { refused: [400, 2200, '(#2200) Callback verification failed: the verify token does not match'] };
};

const account =
  (serve: (state: State, waba: string, heard: Heard) => Served) =>
  (state: State, heard: Heard): Served => {
    const id = heard.params['id'] ?? '';
    if (state.wabas.some((one) => one.id === id)) {
      const allowed = heard.caller.token === null || heard.caller.token.scopes.includes(WHATSAPP);
      return allowed
        ? serve(state, id, heard)
        : { refused: [403, 200, `(#200) Requires ${WHATSAPP} permission`] };
    }
    return subscribers(state, id, heard) ?? unknownObject(id);
  };

const withMethod =
  (method: string, serve: Route['serve']): Route['serve'] =>
  (state, heard) =>
    serve(state, { ...heard, params: { ...heard.params, method } });

const readApps = account((state, waba) => ({
  state,
  body: {
    data: state.subscribed_apps
      .filter((one) => one.waba === waba && one.active)
      .map((one) => ({
        whatsapp_business_api_data: {
          id: one.app_id,
          name: one.name,
          link: `https://www.facebook.com/games/?app_id=${one.app_id}`,
        },
        ...(one.override_callback_uri === null ? {} : { override_callback_uri: one.override_callback_uri }),
      })),
  },
}));

const dropApp = account((state, waba, { caller }) =>
  success({
    ...state,
    subscribed_apps: state.subscribed_apps.map((one) =>
      one.waba === waba && one.app_id === caller.app
        ? { ...one, active: false, override_callback_uri: null }
        : one,
    ),
  }),
);

const addApp = account((state, waba, { caller, body }) => {
  const wanted = body['override_callback_uri'];
  const refused = wanted === undefined ? null : challenge(state, body);
  if (refused !== null) return refused;
  const override = wanted === undefined ? null : text(wanted);
  const mine = (one: State['subscribed_apps'][number]): boolean =>
    one.waba === waba && one.app_id === caller.app;
  const known = state.subscribed_apps.some(mine);
  const apps = known
    ? state.subscribed_apps.map((one) =>
        mine(one) ? { ...one, active: true, override_callback_uri: override } : one,
      )
    : [
        ...state.subscribed_apps,
        {
          waba,
          app_id: caller.app,
          name: `app ${caller.app}`,
          active: true,
          override_callback_uri: override,
        },
      ];
  return success({ ...state, subscribed_apps: apps });
});

const accountParts = account((state, waba, { params, query, body }) => {
  if (params['part'] === 'phone_numbers') {
    const data = state.phones
      .filter((one) => one.waba === waba)
      .map(({ waba: _waba, override_callback_uri: _override, ...one }) => one);
    return { state, body: { data } };
  }
  if (params['part'] === 'message_templates') {
    const data = state.templates.filter((one) => one.waba === waba).map(({ waba: _waba, ...one }) => one);
    return { state, body: { data } };
  }
  if (params['method'] !== 'GET') return assign(state, waba, params['method'] ?? '', body);
  if (query['business'] === undefined) {
    return { refused: [400, 100, '(#100) The parameter business is required'] };
  }
  const data = state.users
    .filter((one) => one.waba === waba && one.active)
    .map(({ id, name, tasks }) => ({ id, name, tasks }));
  return { state, body: { data } };
});

const readPhone = (state: State, { params }: Heard): Served => {
  const phone = state.phones.find((one) => one.id === params['id']);
  if (phone === undefined) return unknownObject(params['id'] ?? '');
  const hook =
    phone.override_callback_uri === null
      ? {}
      : { webhook_configuration: { override_callback_uri: phone.override_callback_uri } };
  return { state, body: { id: phone.id, ...hook } };
};

const setPhone = (state: State, { params, body }: Heard): Served => {
  if (!state.phones.some((one) => one.id === params['id'])) return unknownObject(params['id'] ?? '');
  const hook = body['webhook_configuration'];
  if (hook === undefined || hook === null || typeof hook !== 'object' || Array.isArray(hook)) {
    return { refused: [400, 100, '(#100) The parameter webhook_configuration is required'] };
  }
  const asked = hook as Readonly<Record<string, Json>>;
  const override = text(asked['override_callback_uri']);
  const refused = override === '' ? null : challenge(state, asked);
  if (refused !== null) return refused;
  const phones = state.phones.map((one) =>
    one.id === params['id'] ? { ...one, override_callback_uri: override === '' ? null : override } : one,
  );
  return success({ ...state, phones });
};

const debug = (state: State, { query, caller }: Heard): Served => {
  const token = state.tokens.find((one) => one.token === query['input_token']?.[0]);
  if (token === undefined) {
    return {
      state,
      body: {
        data: { is_valid: false, scopes: [], error: { code: 190, message: 'Invalid OAuth access token.' } },
      },
    };
  }
  if (token.app_id !== caller.app)
    return { refused: [400, 100, '(#100) The App_id in the input_token did not match the Viewing App'] };
  const { app_id, user_id, expires_at, scopes, valid: is_valid } = token;
  return { state, body: { data: { app_id, type: 'SYSTEM_USER', user_id, expires_at, is_valid, scopes } } };
};

const revoke = (state: State, { query }: Heard): Served => {
  const ours = query['client_id']?.[0] === state.app_id && query['client_secret']?.[0] === state.app_secret;
  if (!ours) return { refused: [400, 1, 'Error validating client secret.'] };
  const asked = query['revoke_token']?.[0];
  if (!state.tokens.some((one) => one.token === asked))
    return { refused: [400, 190, 'Invalid OAuth access token.'] };
  return success({
    ...state,
    tokens: state.tokens.map((one) => (one.token === asked ? { ...one, valid: false } : one)),
  });
};

const readGrants = (state: State, { params }: Heard): Served => {
  const mine = state.permissions.filter((one) => one.user_id === params['id']);
  if (mine.length === 0) return unknownObject(params['id'] ?? '');
  return {
    state,
    body: {
      data: mine
        .filter((one) => one.granted)
        .map((one) => ({ permission: one.permission, status: 'granted' })),
    },
  };
};

const dropGrants = (state: State, { params }: Heard): Served =>
  success({
    ...state,
    permissions: state.permissions.map((one) =>
      one.user_id === params['id'] ? { ...one, granted: false } : one,
    ),
  });

const owned = (state: State, { params }: Heard): Served => ({
  state,
  body: {
    data: state.wabas.filter((one) => one.business_id === params['id']).map(({ id, name }) => ({ id, name })),
  },
});

const me = (state: State, { caller }: Heard): Served =>
  caller.token === null
    ? unknownObject('me')
    : { state, body: { id: caller.token.user_id, name: caller.token.name, ...asInstagram(state, caller) } };

const APPS = /^\/(?<id>\d+)\/subscribed_apps$/;
const NODE = /^\/(?<id>\d+)$/;
const GRANTS = /^\/(?<id>\d+)\/permissions$/;

export const routes: readonly Route[] = [
  { method: 'GET', path: /^\/(?<id>me)$/, scope: null, serve: me },
  { method: 'GET', path: /^\/(?<id>debug_token)$/, scope: null, serve: debug },
  { method: 'GET', path: /^\/(?<id>oauth)\/revoke$/, scope: null, serve: revoke },
  { method: 'GET', path: APPS, scope: null, serve: withMethod('GET', readApps) },
  { method: 'POST', path: APPS, scope: null, serve: withMethod('POST', addApp) },
  { method: 'DELETE', path: APPS, scope: null, serve: withMethod('DELETE', dropApp) },
  {
    method: 'GET',
    path: /^\/(?<id>\d+)\/(?<part>phone_numbers|assigned_users|message_templates)$/,
    scope: WHATSAPP,
    serve: withMethod('GET', accountParts),
  },
  ...(['POST', 'DELETE'] as const).map((method) => ({
    method,
    path: /^\/(?<id>\d+)\/(?<part>assigned_users)$/,
    scope: WHATSAPP,
    serve: withMethod(method, accountParts),
  })),
  {
    method: 'GET',
    path: /^\/(?<id>\d+)\/owned_whatsapp_business_accounts$/,
    scope: 'business_management',
    serve: owned,
  },
  ...appRoutes,
  { method: 'GET', path: NODE, scope: WHATSAPP, serve: readPhone },
  { method: 'POST', path: NODE, scope: WHATSAPP, serve: setPhone },
  { method: 'GET', path: GRANTS, scope: null, serve: readGrants },
  { method: 'DELETE', path: GRANTS, scope: null, serve: dropGrants },
];
