import type { Json } from '../../base/canonical.ts';
import { formatUtc, instantOrNull } from '../../base/instant.ts';
import { unread } from '../call.ts';
import type { Collected, Listed, Listing, Outside, Window } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import type { Part } from '../listing.ts';
import { offering } from '../offering.ts';
import { cut } from '../several.ts';
import { pages } from '../vendor.ts';
import { accountPath, admin, iam, walk } from './api.ts';
import { accountInput, accountSchema, keyInput, keySchema } from './schema.ts';

const BLIND = [
  'apps that people let in: Google lists them for one person at a time',
  'domain-wide delegation: only the Admin console shows it',
  'when a service account or a key was last used',
];

const accountItem = (row: Json): Listed | null => {
  const { success, data } = accountSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.email, 120),
    ...offering(accountInput, { account: data.email }),
    title: `service account ${cut(data.displayName, 80)}`,
    state: data.disabled ? 'paused' : 'active',
    detail: 'what it may do stands in the policies of projects',
  };
};

const keyItem =
  (account: string) =>
  (row: Json): Listed | null => {
    const { success, data } = keySchema.safeParse(row);
    if (!success) return null;
    const key = data.name.split('/').at(-1) ?? '';
    return {
      kind: 'credential',
      id: cut(key, 60),
      ...offering(keyInput, { account, key }),
      title: 'key of a service account',
      state: data.disabled ? 'paused' : 'active',
      detail: data.validBeforeTime.startsWith('9999')
        ? 'it does not end'
        : `until ${cut(data.validBeforeTime, 40)}`,
      owner: cut(account, 120),
      ...(data.validAfterTime === '' ? {} : { createdAt: cut(data.validAfterTime, 40) }),
    };
  };

/** More accounts than this are listed without their keys, and it is said. */
const ACCOUNTS_MAX = 100;

const keysOf = (account: string): Part => ({
  title: `keys of ${cut(account, 120)}`,
  // Keys that Google manages never leave it.
  walk: walk(accountPath(account, '/keys'), 'keys', { keyTypes: 'USER_MANAGED' }),
  item: keyItem(account),
});

export const list = async (outside: Outside): Promise<Listing> => {
  const project = String(outside.config['project'] ?? '');
  if (project === '')
    return { items: [], blindSpots: [...BLIND, 'service accounts: no project is configured'] };
  const accounts = await listed(
    iam,
    outside,
    [
      {
        title: 'service accounts',
        walk: walk(`/v1/projects/${project}/serviceAccounts`, 'accounts', { pageSize: '100' }),
        item: accountItem,
      },
    ],
    BLIND,
  );
  const named = accounts.items.map((one) => one.id);
  const keys = await listed(iam, outside, named.slice(0, ACCOUNTS_MAX).map(keysOf), []);
  const rest = named.length - ACCOUNTS_MAX;
  return {
    items: [...accounts.items, ...keys.items],
    blindSpots: [
      ...accounts.blindSpots,
      ...keys.blindSpots,
      ...(rest > 0 ? [`the keys of ${rest} more service accounts were not read`] : []),
    ],
  };
};

export const health = healthBy(
  admin,
  () => ({
    method: 'GET',
    path: '/admin/directory/v1/users',
    query: { customer: 'my_customer', maxResults: '1', fields: 'kind' },
  }),
  () => ({ detail: 'the token is let in to the directory; for Cloud it may be another matter' }),
);

/** Most of these logs are kept for six months. */
const KEPT_MS = 180 * 24 * 60 * 60 * 1000;

export const collect = async ({ from, to }: Window, outside: Outside): Promise<Collected> => {
  const [since, until] = [instantOrNull(from), instantOrNull(to)];
  if (since === null || until === null) return { logs: [], gaps: ['the window is no span of time'] };
  const query = { startTime: formatUtc(since), endTime: formatUtc(until), maxResults: '1000' };
  const logs: Collected['logs'][number][] = [];
  const gaps =
    since < outside.clock.now() - KEPT_MS
      ? ['what lies more than six months back: Google does not keep it']
      : [];
  for (const name of ['login', 'token', 'admin']) {
    const what = `reading the ${name} log`;
    const path = `/admin/reports/v1/activity/users/all/applications/${name}`;
    try {
      const all = await pages(admin, outside, walk(path, 'items', query), what);
      if ('refusal' in all) {
        gaps.push(all.refusal.detail);
        continue;
      }
      logs.push({ name, records: all.rows });
      if (!all.complete) gaps.push(`a part of the ${name} log: there were more pages than are read`);
    } catch (error) {
      gaps.push(unread(error, what).detail);
    }
  }
  return { logs, gaps };
};
