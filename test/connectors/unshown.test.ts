import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { connectors } from '../../src/connectors/index.ts';
import type { ActionInput, Outside } from '../../src/connectors/connector.ts';
import { listen } from '../../src/io/server.ts';
import { rigOutside } from '../rig/outside.ts';

/**
 * Answers of the vendor that do not show what was asked for: a field that is left out, a list that goes on, rows that are written
 * otherwise one day. What is not shown is not off: nothing is proved by it, and nothing is left undone because of it.
 */

type Unshown = readonly [
  title: string,
  connector: keyof typeof connectors,
  action: string,
  input: ActionInput,
  answer: Json,
  config: Outside['config'],
];

const more = { cursors: { after: 'QVFI' }, next: 'https://graph.facebook.com/next' };
const APP = '1234567890';
const meta = { app_id: APP, business_id: '77001' };
const someApp = { id: '4711000', name: 'Other', subscribed_fields: ['messages'] };

const all: readonly Unshown[] = [
  [
    'an application whose grants are not in the answer may use all of them',
    'auth0',
    'pause-client',
    { client: 'simClient00000001' },
    { client_id: 'simClient00000001', name: 'Shop' },
    {},
  ],
  [
    'a grant whose scopes are not in the answer',
    'auth0',
    'pause-client-grant',
    { grant: 'cgr_simGrant0001' },
    { id: 'cgr_simGrant0001', client_id: 'simClient00000001' },
    {},
  ],
  [
    'an inbox of another kind has no address that was taken away',
    'chatwoot',
    'stop-api-inbox',
    { inbox: '4' },
    { id: 4, name: 'Website', channel_type: 'Channel::WebWidget', allowed_domains: '' },
    { account: '1' },
  ],
  ['an inbox without a word of bots', 'chatwoot', 'detach-bot', { inbox: '4' }, {}, { account: '1' }],
  [
    'agents that are numbered otherwise',
    'chatwoot',
    'remove-agent',
    { agent: '41' },
    [{ agent_id: 41, name: 'Eve', role: 'agent' }],
    { account: '1' },
  ],
  [
    'a key without its scopes may do everything',
    'sendgrid',
    'pause-key',
    { key: 'simKeyOfTheThief' },
    { api_key_id: 'simKeyOfTheThief', name: 'leaked' },
    {},
  ],
  [
    'a person whose role is written as a number',
    'hubspot',
    'remove-user',
    { user: '51' },
    { results: [{ id: 51, email: 'eve@lrh.example', roleId: 7, superAdmin: false }] },
    {},
  ],
  [
    'secrets that are named otherwise',
    'intercom',
    'delete-identity-secret',
    { secret: 's2' },
    { data: [{ uuid: 's2', name: 'web' }] },
    {},
  ],
  [
    'an answer that is no list of apps',
    'google',
    'revoke-app',
    { user: 'alex@lrh.example', client: '123-abc.apps.googleusercontent.com' },
    {},
    {},
  ],
  [
    'consents that are written otherwise',
    'microsoft',
    'revoke-consents',
    { app: '00000003-1111-2222-3333-444444444444' },
    { value: [{ id: 'grant-1', consentType: null, scope: 'Mail.Read' }] },
    {},
  ],
  ['a webhook without its address', 'telegram', 'pause-webhook', {}, { ok: true, result: {} }, {}],
  [
    'subscriptions that go on behind the first page',
    'meta',
    'stop-webhooks',
    { waba: '102290129340398' },
    {
      data: [{ whatsapp_business_api_data: { id: '4711000', name: 'Other' } }],
      paging: more,
    },
    meta,
  ],
  [
    'a page whose apps go on behind the first page',
    'meta',
    'stop-page-webhooks',
    { page_id: '300100' },
    { data: [someApp], paging: more },
    meta,
  ],
  [
    'a page that lists our app without its fields',
    'meta',
    'stop-page-webhooks',
    { page_id: '300100' },
    { data: [{ id: APP, name: 'LRH Chat' }] },
    meta,
  ],
  [
    'a user who is assigned, the answer does not say for what',
    'meta',
    'remove-from-account',
    { waba: '102290129340398', user_id: '900001' },
    { data: [{ id: '900001', name: 'firebreak-su' }] },
    meta,
  ],
  [
    'a number that the answer does not name',
    'meta',
    'clear-callback-override',
    { phone: '106540352242922' },
    {},
    meta,
  ],
];

test.each(all)('%s', async (_title, name, action, input, answer, config) => {
  const connector = await connectors[name].load();
  const found = connector.actions[action];
  if (found === undefined) throw new Error(`${name} has no action ${action}`);
  const writes: string[] = [];
  const server = await listen(({ method, path }) => {
    if (method !== 'GET' && !path.endsWith('/getWebhookInfo')) writes.push(path);
    return {
      status: 200,
      body: JSON.stringify(answer),
      headers: { 'content-type': 'application/json' },
    };
  });
  const secrets = Object.fromEntries(Object.keys(connector.secrets).map((one) => [one, `sim-${one}`]));
  const { outside } = rigOutside({
    baseUrl: server.url,
    secrets,
    config: connector.config.parse(config),
  });
  try {
    const parsed = found.input.parse(input);
    expect((await found.preview(parsed, outside)).now).not.toBe('already');
    expect((await found.verify(parsed, outside)).is).not.toBe('proved');
    expect((await found.run(parsed, outside)).result).not.toBe('already');
    // What can be put back is not touched without its state before.
    if (found.effect === 'reversible') expect(writes).toEqual([]);
  } finally {
    await server.close();
  }
});
