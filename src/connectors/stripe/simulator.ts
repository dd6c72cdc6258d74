import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, changed, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';

/** Answers as api.stripe.com and connect.stripe.com do: by key, with errors that carry a type and a code. */

export const worldSchema = z.strictObject({
  keys: z.array(z.string()).default(['rk_sim_firebreak']),
  client_id: z.string().default('ca_simPlatform'),
  endpoints: z
    .array(
      z.strictObject({
        id: z.string(),
        url: z.string(),
        status: z.enum(['enabled', 'disabled']).default('enabled'),
        enabled_events: z.array(z.string()).default(['charge.succeeded']),
        created: z.number().int().default(1_700_000_000),
        livemode: z.boolean().default(true),
      }),
    )
    .default([]),
  destinations: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().default('events'),
        type: z.string().default('webhook_endpoint'),
        status: z.enum(['enabled', 'disabled']).default('enabled'),
        enabled_events: z.array(z.string()).default(['v1.billing.meter.error_report_triggered']),
        created: z.string().default('2026-01-02T03:04:05.000Z'),
        livemode: z.boolean().default(true),
      }),
    )
    .default([]),
  links: z.array(z.strictObject({ id: z.string(), active: z.boolean().default(true) })).default([]),
  accounts: z
    .array(
      z.strictObject({
        id: z.string(),
        country: z.string().default('IE'),
        connected: z.boolean().default(true),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;

const error = (status: number, type: string, code: string, message: string): Answer =>
  json(status, { error: { type, code, message, doc_url: `https://stripe.com/docs/error-codes/${code}` } });

const missing = (what: string, id: string): Answer =>
  error(404, 'invalid_request_error', 'resource_missing', `No such ${what}: '${id}'`);

const page = ({ ask }: Told<World>, rows: readonly (Json & { id: string })[]): Json => {
  const limit = Number(ask.query['limit']?.[0] ?? '10');
  const after = ask.query['starting_after']?.[0];
  const from = after === undefined ? 0 : rows.findIndex((row) => row.id === after) + 1;
  return {
    object: 'list',
    data: rows.slice(from, from + limit),
    has_more: rows.length > from + limit,
  };
};

const endpoints: Serve<World> = (told) => stay(told, json(200, page(told, told.state.endpoints)));

const endpoint: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.endpoints.find((one) => one.id === id);
  return stay(told, found === undefined ? missing('webhook endpoint', id) : json(200, found));
};

const changeEndpoint: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.endpoints.find((one) => one.id === id);
  if (found === undefined) return stay(told, missing('webhook endpoint', id));
  const disabled = told.body?.['disabled'];
  if (disabled !== 'true' && disabled !== 'false')
    return stay(told, error(400, 'invalid_request_error', 'parameter_invalid_boolean', 'Invalid boolean'));
  const next = { ...found, status: disabled === 'true' ? ('disabled' as const) : ('enabled' as const) };
  const rows = changed(
    told.state.endpoints,
    (one) => one.id === id,
    () => next,
  );
  return { state: { ...told.state, endpoints: [...rows] }, answer: json(200, next) };
};

const needsVersion = ({ ask }: Told<World>): Answer | null =>
  ask.headers['stripe-version'] === undefined
    ? error(400, 'invalid_request_error', 'missing_api_version', 'Set the Stripe-Version header')
    : null;

const destinations: Serve<World> = (told) =>
  stay(
    told,
    needsVersion(told) ??
      json(200, { data: told.state.destinations, next_page_url: null, previous_page_url: null }),
  );

const destination: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.destinations.find((one) => one.id === id);
  const answer = found === undefined ? error(404, 'not_found', 'not_found', 'Not found') : json(200, found);
  return stay(told, needsVersion(told) ?? answer);
};

const switchDestination =
  (status: 'enabled' | 'disabled'): Serve<World> =>
  (told) => {
    const { id = '' } = told.params;
    const found = told.state.destinations.find((one) => one.id === id);
    const not = needsVersion(told);
    if (not !== null) return stay(told, not);
    if (found === undefined) return stay(told, error(404, 'not_found', 'not_found', 'Not found'));
    const next = { ...found, status };
    const rows = changed(
      told.state.destinations,
      (one) => one.id === id,
      () => next,
    );
    return { state: { ...told.state, destinations: [...rows] }, answer: json(200, next) };
  };

const link: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.links.find((one) => one.id === id);
  return stay(
    told,
    found === undefined ? missing('payment link', id) : json(200, { ...found, object: 'payment_link' }),
  );
};

const changeLink: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.links.find((one) => one.id === id);
  if (found === undefined) return stay(told, missing('payment link', id));
  const next = { ...found, active: told.body?.['active'] === 'true' };
  const rows = changed(
    told.state.links,
    (one) => one.id === id,
    () => next,
  );
  return {
    state: { ...told.state, links: [...rows] },
    answer: json(200, { ...next, object: 'payment_link' }),
  };
};

const account: Serve<World> = (told) => {
  const { id = '' } = told.params;
  const found = told.state.accounts.find((one) => one.id === id && one.connected);
  if (found !== undefined)
    return stay(told, json(200, { id, object: 'account', type: 'standard', country: found.country }));
  const message = `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`;
  return stay(told, error(403, 'invalid_request_error', 'account_invalid', message));
};

const deauthorize: Serve<World> = (told) => {
  const { client_id: client, stripe_user_id: id } = told.body ?? {};
  const { state } = told;
  const oauth = (status: number, code: string): Answer =>
    json(status, { error: code, error_description: 'made by the simulator' });
  if (client !== state.client_id || typeof id !== 'string') return stay(told, oauth(401, 'invalid_client'));
  const is = (one: World['accounts'][number]): boolean => one.id === id && one.connected;
  if (!state.accounts.some(is)) return stay(told, oauth(401, 'invalid_client'));
  const accounts = state.accounts.map((one) => (is(one) ? { ...one, connected: false } : one));
  return { state: { ...state, accounts }, answer: json(200, { stripe_user_id: id }) };
};

const respond = routed<World>({
  guard: ({ state, ask }) =>
    state.keys.includes(bearerOf(ask))
      ? null
      : error(401, 'invalid_request_error', 'api_key_invalid', 'Invalid API Key provided'),
  routes: {
    'GET /v1/balance': (told) => stay(told, json(200, { object: 'balance', livemode: true })),
    'GET /v1/webhook_endpoints': endpoints,
    'GET /v1/webhook_endpoints/{id}': endpoint,
    'POST /v1/webhook_endpoints/{id}': changeEndpoint,
    'GET /v2/core/event_destinations': destinations,
    'GET /v2/core/event_destinations/{id}': destination,
    'POST /v2/core/event_destinations/{id}/disable': switchDestination('disabled'),
    'POST /v2/core/event_destinations/{id}/enable': switchDestination('enabled'),
    'GET /v1/payment_links/{id}': link,
    'POST /v1/payment_links/{id}': changeLink,
    'GET /v1/accounts/{id}': account,
    'POST /oauth/deauthorize': deauthorize,
  },
  missing: ({ ask }) =>
    error(404, 'invalid_request_error', '', `Unrecognized request URL (${ask.method}: ${ask.path}).`),
});

export const stripeSimulator = simulator<World>({ state: worldSchema, respond, furnish });
