import type { Json } from '../../base/canonical.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { textAt } from '../vendor.ts';
import { cloudflare, resultOf, walk } from './api.ts';
import { listedTokenSchema } from './schema.ts';

const BLIND = [
  'tokens of other people, and tokens of the account: this token sees its own person’s',
  'Global API Keys: nothing lists them',
  'workers, rules and scripts that others put in front of a site',
];

const tokenItem = (row: Json): Listed | null => {
  const { success, data } = listedTokenSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(data.id, 60),
    params: { token: cut(data.id, 60) },
    title: `API token ${cut(data.name, 80)}`,
    state: data.status === 'active' ? 'active' : 'paused',
    detail: cut(data.status, 20),
    ...(typeof data.issued_on === 'string' ? { createdAt: cut(data.issued_on, 40) } : {}),
    ...(typeof data.last_used_on === 'string' ? { lastUsedAt: cut(data.last_used_on, 40) } : {}),
  };
};

export const list = async (outside: Outside) =>
  await listed(
    cloudflare,
    outside,
    [{ title: 'API tokens', walk: walk('/user/tokens'), item: tokenItem }],
    BLIND,
  );

export const health = healthBy(
  cloudflare,
  () => ({ method: 'GET', path: '/user/tokens/verify' }),
  (answer) => ({ detail: `the token is let in and is ${cut(textAt(resultOf(answer), 'status'), 20)}` }),
);
