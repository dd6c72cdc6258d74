import type { Json } from '../../base/canonical.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { auth0, walk, whole } from './api.ts';
import { clientSchema, grantSchema, streamSchema } from './schema.ts';

const BLIND = [
  'access tokens that are out: nothing lists or ends them',
  'who of the team has access to the dashboard',
];

const clientItem = (row: Json): Listed | null => {
  const { success, data } = clientSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.client_id, 64),
    params: { client: cut(data.client_id, 64) },
    title: `application ${cut(data.name, 80)}`,
    state: data.grant_types.length === 0 ? 'paused' : 'active',
    detail: `${cut(data.app_type ?? '', 40)}, may use: ${cut(data.grant_types.join(', '))}`,
  };
};

const grantItem = (row: Json): Listed | null => {
  const { success, data } = grantSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(data.id, 64),
    params: { grant: cut(data.id, 64) },
    title: `grant of ${cut(data.client_id, 64)} for ${cut(data.audience, 100)}`,
    state: data.scope.length === 0 ? 'paused' : 'active',
    detail: `may: ${cut(data.scope.join(', '))}`,
    scopes: data.scope.map((one) => cut(one, 60)),
  };
};

const streamItem = (row: Json): Listed | null => {
  const { success, data } = streamSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.id, 64),
    params: { stream: cut(data.id, 64) },
    title: `log stream ${cut(data.name, 80)}`,
    state: data.status === 'active' ? 'active' : 'paused',
    detail: cut(data.type, 40),
  };
};

export const list = async (outside: Outside) =>
  await listed(
    auth0,
    outside,
    [
      { title: 'applications', walk: walk('/api/v2/clients', 'clients'), item: clientItem },
      { title: 'client grants', walk: walk('/api/v2/client-grants', 'client_grants'), item: grantItem },
      { title: 'log streams', walk: whole('/api/v2/log-streams'), item: streamItem },
    ],
    BLIND,
  );

export const health = healthBy(
  auth0,
  () => ({ method: 'GET', path: '/api/v2/clients', query: { page: '0', per_page: '1' } }),
  () => ({
    detail: 'the token is let in; it lives for a day at most, so it must be got anew for each incident',
  }),
);
