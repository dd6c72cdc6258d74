import type { Json } from '../../base/canonical.ts';
import type { Listed, Listing, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import type { Part } from '../listing.ts';
import { offering } from '../offering.ts';
import { cut } from '../several.ts';
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
