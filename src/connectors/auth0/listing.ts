import type { Json } from '../../base/canonical.ts';
import { formatUtc, instantOrNull } from '../../base/instant.ts';
import { unread } from '../call.ts';
import type { Collected, Listed, Outside, Window } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { pages, rowsIn, rowsOf } from '../vendor.ts';
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

/** Auth0 keeps logs for 1 to 30 days by plan; what is older is a gap that nobody is told of. */
export const collect = async ({ from, to }: Window, outside: Outside): Promise<Collected> => {
  const [since, until] = [instantOrNull(from), instantOrNull(to)];
  if (since === null || until === null) return { logs: [], gaps: ['the window is no span of time'] };
  const what = 'reading the logs';
  const q = `date:[${formatUtc(since)} TO ${formatUtc(until)}]`;
  const at = (page: number) => ({
    method: 'GET' as const,
    path: '/api/v2/logs',
    query: { q, sort: 'date:1', page: String(page), per_page: '100' },
  });
  // A search answers its first 1,000 rows and no more.
  let page = 0;
  try {
    const all = await pages(
      auth0,
      outside,
      {
        first: at(0),
        rows: ({ json }) => rowsIn(json),
        next: ({ json }) => (rowsOf(json).length < 100 || page >= 9 ? null : at((page += 1))),
      },
      what,
    );
    if ('refusal' in all) return { logs: [], gaps: [all.refusal.detail] };
    return {
      logs: [{ name: 'logs', records: all.rows }],
      gaps: [
        'what is older than the plan keeps (1 to 30 days): Auth0 does not say where its memory ends',
        ...(all.rows.length >= 1000 ? ['more than 1,000 records: ask for shorter windows'] : []),
      ],
    };
  } catch (error) {
    return { logs: [], gaps: [unread(error, what).detail] };
  }
};
