import type { Json } from '../../base/canonical.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { asAccount, asDeveloper, walk, webhooks } from './api.ts';
import { subscriptionSchema } from './schema.ts';

const BLIND = [
  'apps of others that are connected, and private apps with their tokens: only the settings show them',
  'whether chatflows are switched on',
];
const NO_APP = 'webhooks: no app of your own is configured (app)';

const subscriptionItem = (row: Json): Listed | null => {
  const { success, data } = subscriptionSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.id, 40),
    params: { subscription: cut(data.id, 40) },
    title: `webhook subscription ${cut(data.eventType, 80)}`,
    state: data.active ? 'active' : 'paused',
    detail: 'of our own app, in every account that installed it',
    ...(data.createdAt === undefined ? {} : { createdAt: cut(data.createdAt, 40) }),
  };
};

export const list = async (outside: Outside) => {
  if (outside.config['app'] === undefined) return await listed(asDeveloper, outside, [], [NO_APP, ...BLIND]);
  const walkAll = walk(webhooks(outside, '/subscriptions'));
  return await listed(
    asDeveloper,
    outside,
    [{ title: 'webhook subscriptions', walk: walkAll, item: subscriptionItem }],
    BLIND,
  );
};

export const health = healthBy(
  asAccount,
  () => ({ method: 'GET', path: '/account-info/v3/details' }),
  () => ({ detail: 'the token is let in to the account' }),
);
