import { z } from 'zod';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as api.sendgrid.com does: a key may only give the scopes that it holds, and a webhook is changed with its address. */

export const worldSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        api_key_id: z.string(),
        name: z.string().default('key'),
        key: z.string(),
        scopes: z.array(z.string()).default(['mail.send']),
      }),
    )
    .default([]),
  keys_made: z.number().int().default(0),
  hooks: z
    .array(
      z.strictObject({
        id: z.string(),
        enabled: z.boolean().default(true),
        url: z.string(),
        friendly_name: z.string().default('events'),
        public_key: z.string().default(''),
        bounce: z.boolean().default(true),
      }),
    )
    .default([]),
  parses: z
    .array(
      z.strictObject({
        hostname: z.string(),
        url: z.string(),
        spam_check: z.boolean().default(true),
        send_raw: z.boolean().default(false),
      }),
    )
    .default([]),
  subusers: z
    .array(z.strictObject({ username: z.string(), disabled: z.boolean().default(false) }))
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
type Key = World['keys'][number];

const error = (status: number, message: string): Answer =>
  json(status, { errors: [{ message, field: null }] });
const missing = (): Answer => error(404, 'resource not found');
const own = ({ state, ask }: Told<World>): Key | undefined =>
  state.keys.find((one) => one.key === bearerOf(ask));

const keys = table<World, Key>({
  of: (state) => state.keys,
  put: (state, rows) => ({ ...state, keys: rows }),
  is: (row, { params }) => row.api_key_id === params['id'],
  shown: ({ key: _hidden, ...row }) => row,
  missing,
});

const putKey = keys.change((row, told) => {
  const { name, scopes } = told.body ?? {};
  if (typeof name !== 'string' || !Array.isArray(scopes) || scopes.length === 0)
    return { refused: error(400, 'name and scopes are required') };
  const wanted = scopes.filter((one): one is string => typeof one === 'string');
  const held = own(told)?.scopes ?? [];
  // What everybody has is given to anybody.
  const lacking = wanted.filter((one) => one !== 'user.profile.read' && !held.includes(one));
  if (lacking.length > 0) return { refused: error(403, 'access forbidden') };
  return { ...row, name, scopes: wanted };
});

const postKey: Serve<World> = (told) => {
  const { name, scopes } = told.body ?? {};
  if (typeof name !== 'string' || !Array.isArray(scopes)) return stay(told, error(400, 'name is required'));
  const made = told.state.keys_made + 1;
  const row = {
    api_key_id: `simMadeKey${String(made).padStart(4, '0')}`,
    key: `SG.simMade.${String(made).padStart(12, '0')}`,
    name,
    scopes: scopes.map(String),
  };
  const state = { ...told.state, keys: [...told.state.keys, row], keys_made: made };
  const { key, ...shown } = row;
  return { state, answer: json(201, { ...shown, api_key: key }) };
};

const hooks = table<World, World['hooks'][number]>({
  of: (state) => state.hooks,
  put: (state, rows) => ({ ...state, hooks: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: (row) => row,
  missing,
});

const patchHook = hooks.change((row, { body }) => {
  const { enabled, url } = body ?? {};
  if (typeof url !== 'string') return { refused: error(400, 'url is required') };
  return { ...row, url, ...(typeof enabled === 'boolean' ? { enabled } : {}) };
});

const parses = table<World, World['parses'][number]>({
  of: (state) => state.parses,
  put: (state, rows) => ({ ...state, parses: rows }),
  is: (row, { params }) => row.hostname === params['id'],
  shown: (row) => row,
  missing,
});

const patchParse = parses.change((row, { body }) => ({
  ...row,
  ...(typeof body?.['url'] === 'string' ? { url: body['url'] } : {}),
  ...(typeof body?.['spam_check'] === 'boolean' ? { spam_check: body['spam_check'] } : {}),
  ...(typeof body?.['send_raw'] === 'boolean' ? { send_raw: body['send_raw'] } : {}),
}));

const subusers = table<World, World['subusers'][number]>({
  of: (state) => state.subusers,
  put: (state, rows) => ({ ...state, subusers: rows }),
  is: (row, { params }) => row.username === params['id'],
  shown: (row) => row,
  missing,
});

const patchSubuser = subusers.change(
  (row, { body }) =>
    typeof body?.['disabled'] === 'boolean'
      ? { ...row, disabled: body['disabled'] }
      : { refused: error(400, 'disabled is required') },
  () => json(204, null),
);

const listSubusers: Serve<World> = (told) => {
  const name = told.ask.query['username']?.[0];
  const rows = told.state.subusers.filter((one) => name === undefined || one.username === name);
  return stay(told, json(200, rows));
};

const respond = routed<World>({
  guard: (told) =>
    own(told) === undefined
      ? error(401, 'The provided authorization grant is invalid, expired, or revoked')
      : null,
  routes: {
    'GET /v3/scopes': (told) => stay(told, json(200, { scopes: own(told)?.scopes ?? [] })),
    'GET /v3/api_keys': (told) =>
      stay(
        told,
        json(200, { result: told.state.keys.map(({ api_key_id, name }) => ({ api_key_id, name })) }),
      ),
    'POST /v3/api_keys': postKey,
    'GET /v3/api_keys/{id}': keys.one,
    'PUT /v3/api_keys/{id}': putKey,
    'DELETE /v3/api_keys/{id}': keys.remove(),
    'GET /v3/user/webhooks/event/settings/all': (told) =>
      stay(told, json(200, { max_allowed: 5, webhooks: told.state.hooks })),
    'GET /v3/user/webhooks/event/settings/{id}': hooks.one,
    'PATCH /v3/user/webhooks/event/settings/{id}': patchHook,
    'GET /v3/user/webhooks/parse/settings': (told) => stay(told, json(200, { result: told.state.parses })),
    'GET /v3/user/webhooks/parse/settings/{id}': parses.one,
    'PATCH /v3/user/webhooks/parse/settings/{id}': patchParse,
    'GET /v3/subusers': listSubusers,
    'PATCH /v3/subusers/{id}': patchSubuser,
  },
  missing,
});

export const sendgridSimulator = simulator<World>({ state: worldSchema, respond, furnish });
