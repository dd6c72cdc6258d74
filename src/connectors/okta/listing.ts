import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { okta, walk } from './api.ts';
import { appSchema, hookSchema, meSchema, tokenSchema } from './schema.ts';

const BLIND = [
  'sessions that apps keep for themselves after signing in through Okta',
  'what a token is allowed to do: an API token has the rights of the person who made it',
];

const made = (created: string): { createdAt?: string } =>
  created === '' ? {} : { createdAt: cut(created, 40) };

const appItem = (row: Json): Listed | null => {
  const { success, data } = appSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.id, 60),
    params: { app: cut(data.id, 60) },
    title: `app ${cut(data.label, 80)}`,
    state: data.status === 'ACTIVE' ? 'active' : 'paused',
    detail: cut(data.signOnMode ?? '', 40),
    ...made(data.created),
  };
};

const hookItem =
  (kind: string) =>
  (row: Json): Listed | null => {
    const { success, data } = hookSchema.safeParse(row);
    if (!success) return null;
    const { uri, authScheme } = data.channel.config;
    const { scheme, host } = addressOf(uri);
    const events = data.events?.items ?? [];
    return {
      kind: 'integration',
      id: cut(data.id, 60),
      params: { hook: cut(data.id, 60) },
      title: `${kind} ${cut(data.name, 80)}`,
      state: data.status === 'ACTIVE' ? 'active' : 'paused',
      detail: `to ${host}${events.length === 0 ? '' : `, events: ${cut(events.join(', '))}`}`,
      ...made(data.created),
      sends: {
        scheme,
        host,
        signed: authScheme === undefined || authScheme === null ? 'no' : 'yes',
        tls: 'checked',
        method: 'POST',
      },
    };
  };

const tokenItem = (row: Json): Listed | null => {
  const { success, data } = tokenSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(data.id, 60),
    params: { token: cut(data.id, 60) },
    title: `API token ${cut(data.name, 80)}`,
    state: 'active',
    detail: 'it may do what its owner may',
    owner: cut(data.userId, 60),
    ...made(data.created),
  };
};

export const list = async (outside: Outside) =>
  await listed(
    okta,
    outside,
    [
      { title: 'apps', walk: walk('/api/v1/apps', { limit: '100' }), item: appItem },
      { title: 'API tokens', walk: walk('/api/v1/api-tokens'), item: tokenItem },
      { title: 'event hooks', walk: walk('/api/v1/eventHooks'), item: hookItem('event hook') },
      { title: 'inline hooks', walk: walk('/api/v1/inlineHooks'), item: hookItem('inline hook') },
    ],
    BLIND,
  );

export const health = healthBy(
  okta,
  () => ({ method: 'GET', path: '/api/v1/users/me' }),
  ({ json }) => {
    const me = meSchema.safeParse(json);
    return { detail: `the token is let in${me.success ? ` as ${cut(me.data.id, 40)}` : ''}` };
  },
);
