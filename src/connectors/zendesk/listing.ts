import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { walk, zendesk } from './api.ts';
import { installationSchema, meSchema, tokenSchema, webhookSchema } from './schema.ts';

const BLIND = [
  'API tokens (Admin Center > APIs): no API lists them',
  'keys of messaging channels (Sunshine Conversations): they have an API of their own',
  'whether the web widget is switched on',
];

const webhookItem = (row: Json): Listed | null => {
  const { success, data } = webhookSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.endpoint);
  return {
    kind: 'integration',
    id: cut(data.id, 60),
    params: { webhook: cut(data.id, 60) },
    title: `webhook ${cut(data.name, 80)} to ${host}`,
    state: data.status === 'active' ? 'active' : 'paused',
    detail:
      data.authentication === undefined || data.authentication === null
        ? 'it sends no credentials'
        : 'it sends credentials',
    ...(data.created_at === undefined ? {} : { createdAt: cut(data.created_at, 40) }),
    sends: {
      scheme,
      host,
      signed: 'always',
      tls: 'checked',
      method: data.http_method === 'GET' ? 'GET' : 'POST',
    },
  };
};

const tokenItem = (row: Json): Listed | null => {
  const { success, data } = tokenSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: String(data.id),
    params: { token: String(data.id) },
    title: `OAuth token ${data.id} of client ${String(data.client_id ?? 'unknown')}`,
    state: 'active',
    detail: `may: ${cut(data.scopes.join(', '))}`,
    scopes: data.scopes.map((one) => cut(one, 60)),
    ...(data.user_id === null ? {} : { owner: String(data.user_id) }),
    ...(typeof data.used_at === 'string' ? { lastUsedAt: cut(data.used_at, 40) } : {}),
    ...(typeof data.created_at === 'string' ? { createdAt: cut(data.created_at, 40) } : {}),
  };
};

const installationItem = (row: Json): Listed | null => {
  const { success, data } = installationSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: String(data.id),
    params: { installation: String(data.id) },
    title: `app ${cut(data.settings.name || data.settings.title, 80)}`,
    state: data.enabled ? 'active' : 'paused',
    detail: 'runs on the agents’ screens',
    ...(typeof data.created_at === 'string' ? { createdAt: cut(data.created_at, 40) } : {}),
  };
};

export const list = async (outside: Outside) =>
  await listed(
    zendesk,
    outside,
    [
      { title: 'webhooks', walk: walk('/api/v2/webhooks', 'webhooks'), item: webhookItem },
      {
        title: 'OAuth tokens',
        walk: walk('/api/v2/oauth/tokens', 'tokens', { all: 'true' }),
        item: tokenItem,
      },
      { title: 'apps', walk: walk('/api/v2/apps/installations', 'installations'), item: installationItem },
    ],
    BLIND,
  );

export const health = healthBy(
  zendesk,
  () => ({ method: 'GET', path: '/api/v2/users/me' }),
  ({ json }) => {
    const me = meSchema.safeParse(json).data?.user;
    return {
      detail: `the token is let in as ${cut(me?.role ?? 'somebody', 40)} ${String(me?.id ?? '')}`.trim(),
    };
  },
);
