import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { textAt } from '../vendor.ts';
import { chatwoot, whole } from './api.ts';
import { appSchema, botSchema, inboxSchema, webhookSchema } from './schema.ts';

const BLIND = [
  'access tokens of agents: each agent sees their own alone',
  'the keys of the channels (WhatsApp, Facebook, Telegram) that stand in the settings of an inbox',
  'super administrators and their sessions',
];

const inboxItem = (row: Json): Listed | null => {
  const { success, data } = inboxSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.webhook_url);
  const widget = data.channel_type === 'Channel::WebWidget';
  const open = widget && data.allowed_domains === '' ? ', any page may show it' : '';
  const anybody = widget && data.hmac_mandatory !== true ? ', visitors need not prove who they are' : '';
  return {
    kind: 'integration',
    id: String(data.id),
    params: { inbox: String(data.id) },
    title: `inbox ${cut(data.name, 80)}`,
    state: data.allowed_domains === 'paused.invalid' ? 'paused' : 'active',
    detail: `${cut(data.channel_type.replace('Channel::', ''), 40)}${open}${anybody}`,
    ...(data.webhook_url === ''
      ? {}
      : { sends: { scheme, host, signed: 'unknown', tls: 'checked', method: 'POST' } }),
  };
};

/** All that Chatwoot can subscribe to, as many as its form has ticks for (4.x, from memory). */
const ALL_EVENTS = 8;

const webhookItem = (row: Json): Listed | null => {
  const { success, data } = webhookSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.url);
  const signed =
    data.secret === undefined ? 'unknown' : data.secret === null || data.secret === '' ? 'no' : 'yes';
  return {
    kind: 'integration',
    id: String(data.id),
    params: { webhook: String(data.id) },
    title: `webhook to ${host}`,
    state: host.endsWith('.invalid') ? 'paused' : 'active',
    detail: `events: ${cut(data.subscriptions.join(', '))}`,
    sends: {
      scheme,
      host,
      signed,
      tls: 'checked',
      method: 'POST',
      events: data.subscriptions.length >= ALL_EVENTS ? 'all' : 'some',
    },
  };
};

const appItem = (row: Json): Listed | null => {
  const { success, data } = appSchema.safeParse(row);
  if (!success) return null;
  const on = data.hooks.filter(({ status }) => status === true || status === 1 || status === 'enabled');
  return {
    kind: 'integration',
    id: cut(data.id, 60),
    title: `integration ${cut(data.name, 80)}`,
    state: on.length > 0 ? 'active' : 'paused',
    detail: `${data.hooks.length} connected, ${on.length} enabled`,
  };
};

const botItem = (row: Json): Listed | null => {
  const { success, data } = botSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.outgoing_url);
  return {
    kind: 'integration',
    id: String(data.id),
    title: `bot ${cut(data.name, 80)}`,
    state: 'active',
    detail: `it listens at ${host}`,
    sends: { scheme, host, signed: 'unknown', tls: 'checked', method: 'POST', events: 'all' },
  };
};

export const list = async (outside: Outside) =>
  await listed(
    chatwoot,
    outside,
    [
      { title: 'inboxes', walk: whole(outside, '/inboxes', ['payload']), item: inboxItem },
      { title: 'webhooks', walk: whole(outside, '/webhooks', ['payload', 'webhooks']), item: webhookItem },
      { title: 'integrations', walk: whole(outside, '/integrations/apps', ['payload']), item: appItem },
      { title: 'bots', walk: whole(outside, '/agent_bots', []), item: botItem },
    ],
    BLIND,
  );

export const health = healthBy(
  chatwoot,
  () => ({ method: 'GET', path: '/api/v1/profile' }),
  ({ json }) => ({ detail: `the token is let in as ${cut(textAt(json, 'role') || 'an agent', 40)}` }),
);
