import type { Json } from '../../base/canonical.ts';
import type { Caller, Heard, Route, Served } from './route.ts';
import type { State } from './state.ts';

/** What belongs to the app and the business: callbacks, pages and Instagram accounts, who is assigned, system users. */

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const success = (state: State): Served => ({ state, body: { success: true } });

type Apps = State['pages'][number]['apps'];

/** Pages and Instagram accounts share the path of WhatsApp accounts: `/{id}/subscribed_apps`. Null for neither. */
export const subscribers = (state: State, id: string, heard: Heard): Served | null => {
  const page = state.pages.find((one) => one.id === id);
  if (page !== undefined)
    return served(state, id, heard, page.apps, (apps) => ({
      ...state,
      pages: state.pages.map((one) => (one.id === id ? { ...one, apps } : one)),
    }));
  const account = state.instagram.find((one) => one.id === id);
  if (account === undefined) return null;
  return served(state, id, heard, account.apps, (apps) => ({
    ...state,
    instagram: state.instagram.map((one) => (one.id === id ? { ...one, apps } : one)),
  }));
};

const served = (
  state: State,
  id: string,
  { caller, params, body }: Heard,
  found: Apps,
  put: (apps: Apps) => State,
): Served => {
  if (caller.token?.user_id !== id)
    return { refused: [403, 210, '(#210) A page access token is required to request this resource'] };
  if (params['method'] === 'GET') {
    const data = found
      .filter((one) => one.active)
      .map((one) => ({ id: one.app_id, name: one.name, subscribed_fields: one.subscribed_fields }));
    return { state, body: { data } };
  }
  const asked = text(body['subscribed_fields'])
    .split(',')
    .filter((one) => one !== '');
  if (params['method'] === 'POST' && asked.length === 0)
    return { refused: [400, 100, '(#100) The parameter subscribed_fields is required'] };
  const active = params['method'] === 'POST';
  return success(
    put(
      found.map((one) =>
        one.app_id === caller.app ? { ...one, active, ...(active ? { subscribed_fields: asked } : {}) } : one,
      ),
    ),
  );
};

/** What Instagram adds to `/me`. */
export const asInstagram = (state: State, { token }: Caller): Readonly<Record<string, string>> => {
  const found = state.instagram.find((one) => one.id === token?.user_id);
  return found === undefined ? {} : { user_id: found.id, username: found.username };
};

const listOf = (value: Json | undefined): readonly string[] => {
  try {
    const parsed: unknown = JSON.parse(text(value));
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
};

export const assign = (state: State, waba: string, method: string, body: Heard['body']): Served => {
  const id = text(body['user']);
  const is = (one: State['users'][number]): boolean => one.waba === waba && one.id === id;
  if (!state.users.some(is)) return { refused: [400, 100, '(#100) Param user is not valid'] };
  const tasks = listOf(body['tasks']);
  if (method === 'POST' && tasks.length === 0)
    return { refused: [400, 100, '(#100) The parameter tasks is required'] };
  const users = state.users.map((one) =>
    is(one)
      ? method === 'POST'
        ? { ...one, active: true, tasks: [...tasks] }
        : { ...one, active: false }
      : one,
  );
  return success({ ...state, users });
};

/** Only the app itself may see and change where it sends. */
const asApp =
  (serve: (state: State, heard: Heard) => Served) =>
  (state: State, heard: Heard): Served =>
    heard.caller.token !== null || heard.caller.app !== heard.params['id']
      ? { refused: [403, 15, '(#15) This method must be called with an app access_token.'] }
      : serve(state, heard);

const readCallbacks = asApp((state, { caller }) => ({
  state,
  body: {
    data: state.app_callbacks
      .filter((one) => one.app_id === caller.app)
      .map(({ app_id: _app, fields, ...one }) => ({
        ...one,
        fields: fields.map((name) => ({ name, version: 'v23.0' })),
      })),
  },
}));

/** Without an object all of them end. */
const dropCallback = asApp((state, { caller, query }) => {
  const object = query['object']?.[0];
  const app_callbacks = state.app_callbacks.map((one) =>
    one.app_id === caller.app && one.object === (object ?? one.object) ? { ...one, active: false } : one,
  );
  return success({ ...state, app_callbacks });
});

const setCallback = asApp((state, { caller, body }) => {
  const url = text(body['callback_url']);
  if (!url.startsWith('https://')) return { refused: [400, 100, '(#100) callback_url must be an https URL'] };
  if (text(body['verify_token']) !== state.verify_token)
    return { refused: [400, 2200, '(#2200) Callback verification failed: the verify token does not match'] };
  const row = {
    app_id: caller.app,
    object: text(body['object']),
    callback_url: url,
    active: true,
    fields: text(body['fields']).split(','),
  };
  const is = (one: State['app_callbacks'][number]): boolean =>
    one.app_id === row.app_id && one.object === row.object;
  const app_callbacks = state.app_callbacks.some(is)
    ? state.app_callbacks.map((one) => (is(one) ? row : one))
    : [...state.app_callbacks, row];
  return success({ ...state, app_callbacks });
});

const CALLBACKS = /^\/(?<id>\d+)\/subscriptions$/;
const BUSINESS = 'business_management';

export const appRoutes: readonly Route[] = [
  { method: 'GET', path: CALLBACKS, scope: null, serve: readCallbacks },
  { method: 'POST', path: CALLBACKS, scope: null, serve: setCallback },
  { method: 'DELETE', path: CALLBACKS, scope: null, serve: dropCallback },
  {
    method: 'GET',
    path: /^\/(?<id>\d+)\/system_users$/,
    scope: BUSINESS,
    serve: (state) => ({ state, body: { data: state.system_users } }),
  },
  {
    method: 'GET',
    path: /^\/(?<id>\d+)\/owned_pages$/,
    scope: BUSINESS,
    serve: (state) => ({ state, body: { data: state.pages.map(({ id, name }) => ({ id, name })) } }),
  },
];
