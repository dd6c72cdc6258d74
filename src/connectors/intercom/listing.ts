import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { intercom, walk } from './api.ts';
import { dataConnectorSchema, meSchema, secretSchema } from './schema.ts';

const BLIND = [
  'apps of others that are installed, and their tokens: only the settings show them',
  'webhooks of apps, whether Fin and the workflows are on, whether the Messenger is shown',
];

const connectorItem = (row: Json): Listed | null => {
  const { success, data } = dataConnectorSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.url ?? '');
  return {
    kind: 'integration',
    id: cut(data.id, 60),
    params: { connector: cut(data.id, 60) },
    title: `data connector ${cut(data.name ?? '', 80)}`,
    state: data.state === 'live' ? 'active' : 'paused',
    detail: `it asks ${host}`,
    sends: {
      scheme,
      host,
      signed: 'unknown',
      tls: 'checked',
      method: (data.http_method ?? '').toUpperCase() === 'GET' ? 'GET' : 'POST',
    },
  };
};

const secretItem = (row: Json): Listed | null => {
  const { success, data } = secretSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(data.id, 60),
    params: { secret: cut(data.id, 60) },
    title: `identity secret ${cut(data.name ?? '', 80)}`,
    state: 'active',
    detail: 'signs who a visitor of the Messenger is',
  };
};

export const list = async (outside: Outside) =>
  await listed(
    intercom,
    outside,
    [
      { title: 'data connectors', walk: walk('/data_connectors', 'data'), item: connectorItem },
      { title: 'identity secrets', walk: walk('/secure_mode_secrets', 'data'), item: secretItem },
    ],
    BLIND,
  );

export const health = healthBy(
  intercom,
  () => ({ method: 'GET', path: '/me' }),
  ({ json }) => ({
    detail: `the token is let in to ${cut(meSchema.safeParse(json).data?.app?.name ?? 'a workspace', 80)}`,
  }),
);
