import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { under } from '../vendor.ts';
import { furnish } from './furnish.ts';

/** Answers as a Chatwoot server does: what a PATCH does not name stays, and lists stand under names of their own. */

export const worldSchema = z.strictObject({
  tokens: z.array(z.string()).default(['sim-admin-token']),
  inboxes: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string().default('Website'),
        channel_type: z.string().default('Channel::WebWidget'),
        allowed_domains: z.string().default(''),
        hmac_mandatory: z.boolean().default(false),
        webhook_url: z.string().default(''),
        agent_bot: z.number().int().nullable().default(null),
      }),
    )
    .default([]),
  webhooks: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string().default(''),
        url: z.string(),
        subscriptions: z.array(z.string()).default(['message_created']),
        secret: z.string().nullable().default('sim-secret'),
      }),
    )
    .default([]),
  hooks: z
    .array(
      z.strictObject({
        id: z.number().int(),
        app: z.string().default('dialogflow'),
        status: z.boolean().default(true),
        settings: z.record(z.string(), z.string()).default({ credentials: 'sim-hook-credentials' }),
      }),
    )
    .default([]),
  bots: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string().default('bot'),
        outgoing_url: z.string(),
        access_token: z.string().default(''),
      }),
    )
    .default([]),
  rules: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string().default('rule'),
        active: z.boolean().default(true),
      }),
    )
    .default([]),
  /** How many tokens were made anew: none comes twice. */
  made: z.number().int().default(0),
  agents: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string().default('agent'),
        role: z.string().default('agent'),
        token: z.string().default(''),
      }),
    )
    .default([]),
});
export type World = z.infer<typeof worldSchema>;

const missing = (): Answer => json(404, { error: 'Resource could not be found' });
const invalid = (): Answer => json(422, { message: 'Invalid' });
const tokenOf = ({ ask }: Told<World>): string => ask.headers['api_access_token'] ?? '';
const guard = (told: Told<World>): Answer | null => {
  const { tokens, agents } = told.state;
  const given = tokenOf(told);
  if (tokens.includes(given)) return null;
  const agent = given !== '' && agents.some((one) => one.token === given);
  if (agent && told.ask.path.startsWith('/api/v1/profile')) return null;
  if (given !== '' && told.state.bots.some((one) => one.access_token === given))
    return json(401, { error: 'Access to this endpoint is not authorized for bots' });
  return json(401, { error: 'Invalid Access Token' });
};

const shownInbox = ({ agent_bot: _bot, ...row }: World['inboxes'][number]): Json => row;
const inboxes = table<World, World['inboxes'][number]>({
  of: (state) => state.inboxes,
  put: (state, rows) => ({ ...state, inboxes: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: shownInbox,
  missing,
});
const patchInbox = inboxes.change((row, { body }) => {
  const channel = body === null ? null : under(body, 'channel');
  const [domains, mandatory, url] = ['allowed_domains', 'hmac_mandatory', 'webhook_url'].map((name) =>
    under(channel, name),
  );
  return {
    ...row,
    ...(typeof domains === 'string' ? { allowed_domains: domains } : {}),
    ...(typeof mandatory === 'boolean' ? { hmac_mandatory: mandatory } : {}),
    ...(typeof url === 'string' ? { webhook_url: url } : {}),
  };
});
const setBot = inboxes.change(
  (row, { body }) => {
    const bot = body?.['agent_bot'];
    return bot === null || typeof bot === 'number' ? { ...row, agent_bot: bot } : { refused: invalid() };
  },
  () => json(204, null),
);
const shownBot = ({ access_token: _hidden, ...row }: World['bots'][number]): Json => row;
const bots = table<World, World['bots'][number]>({
  of: (state) => state.bots,
  put: (state, rows) => ({ ...state, bots: rows, made: state.made + 1 }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: (row) => row,
  missing,
});
const resetBot = bots.change((row, { state }) => ({
  ...row,
  access_token: `sim-bot-token-${state.made + 1}`,
}));
const botOf: Serve<World> = (told) => {
  const inbox = told.state.inboxes.find((one) => String(one.id) === told.params['id']);
  if (inbox === undefined) return stay(told, missing());
  const found = told.state.bots.find((one) => one.id === inbox.agent_bot);
  return stay(told, json(200, { agent_bot: found === undefined ? {} : shownBot(found) }));
};

const webhooks = table<World, World['webhooks'][number]>({
  of: (state) => state.webhooks,
  put: (state, rows) => ({ ...state, webhooks: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: (row) => ({ payload: { webhook: row } }),
  missing,
});
const patchWebhook = webhooks.change((row, { body }) => {
  const { url, subscriptions } = body ?? {};
  if (typeof url !== 'string' || !Array.isArray(subscriptions)) return { refused: invalid() };
  return { ...row, url, subscriptions: subscriptions.map(String) };
});

const hooks = table<World, World['hooks'][number]>({
  of: (state) => state.hooks,
  put: (state, rows) => ({ ...state, hooks: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: (row) => row,
  missing,
});
const patchHook = hooks.change((row, { body }) =>
  body?.['status'] === 0 || body?.['status'] === 1
    ? { ...row, status: body['status'] === 1 }
    : { refused: invalid() },
);
const apps: Serve<World> = (told) => {
  const names = [...new Set(told.state.hooks.map((one) => one.app))];
  const payload = names.map((app) => ({
    id: app,
    name: app,
    hooks: told.state.hooks.filter((one) => one.app === app).map(({ id, status }) => ({ id, status })),
  }));
  return stay(told, json(200, { payload }));
};

const rules = table<World, World['rules'][number]>({
  of: (state) => state.rules,
  put: (state, rows) => ({ ...state, rules: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: (row) => ({ payload: row }),
  missing,
});
const patchRule = rules.change((row, { body }) =>
  typeof body?.['active'] === 'boolean' ? { ...row, active: body['active'] } : { refused: invalid() },
);

const agents = table<World, World['agents'][number]>({
  of: (state) => state.agents,
  put: (state, rows) => ({ ...state, agents: rows }),
  is: (row, { params }) => String(row.id) === params['id'],
  shown: ({ token: _hidden, ...row }) => row,
  missing,
});

const whoIs = (told: Told<World>): World['agents'][number] | undefined =>
  told.state.agents.find(({ token }) => token !== '' && token === tokenOf(told));

const profile: Serve<World> = (told) => {
  const agent = whoIs(told);
  return stay(told, json(200, { id: agent?.id ?? 1, role: agent?.role ?? 'administrator' }));
};

/** Whoever asks gets a new one, and the one that was asked with is dead. */
const resetOwn: Serve<World> = (told) => {
  const [agent, old, made] = [whoIs(told), tokenOf(told), told.state.made + 1];
  const token = `sim-agent-token-${made}`;
  const state: World = {
    ...told.state,
    made,
    ...(agent === undefined
      ? { tokens: told.state.tokens.map((one) => (one === old ? token : one)) }
      : { agents: told.state.agents.map((one) => (one === agent ? { ...one, token } : one)) }),
  };
  return { state, answer: json(200, { id: agent?.id ?? 1, access_token: token }) };
};

const BASE = '/api/v1/accounts/{account}';

const respond = routed<World>({
  guard,
  routes: {
    'GET /api/v1/profile': profile,
    'POST /api/v1/profile/reset_access_token': resetOwn,
    [`GET ${BASE}/inboxes`]: (told) => stay(told, json(200, { payload: told.state.inboxes.map(shownInbox) })),
    [`GET ${BASE}/inboxes/{id}`]: inboxes.one,
    [`PATCH ${BASE}/inboxes/{id}`]: patchInbox,
    [`GET ${BASE}/inboxes/{id}/agent_bot`]: botOf,
    [`POST ${BASE}/inboxes/{id}/set_agent_bot`]: setBot,
    [`GET ${BASE}/webhooks`]: (told) => stay(told, json(200, { payload: { webhooks: told.state.webhooks } })),
    [`PATCH ${BASE}/webhooks/{id}`]: patchWebhook,
    [`GET ${BASE}/integrations/apps`]: apps,
    [`PATCH ${BASE}/integrations/hooks/{id}`]: patchHook,
    [`GET ${BASE}/agent_bots`]: (told) => stay(told, json(200, told.state.bots.map(shownBot))),
    [`POST ${BASE}/agent_bots/{id}/reset_access_token`]: resetBot,
    [`GET ${BASE}/automation_rules/{id}`]: rules.one,
    [`PATCH ${BASE}/automation_rules/{id}`]: patchRule,
    [`GET ${BASE}/agents`]: (told) =>
      stay(
        told,
        json(
          200,
          told.state.agents.map(({ token: _hidden, ...row }) => row),
        ),
      ),
    [`DELETE ${BASE}/agents/{id}`]: agents.remove(200),
  },
  missing,
});

export const chatwootSimulator = simulator<World>({ state: worldSchema, respond, furnish });
