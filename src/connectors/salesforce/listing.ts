import type { Json } from '../../base/canonical.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { offering } from '../offering.ts';
import { cut } from '../several.ts';
import { data, salesforce, walk } from './api.ts';
import { tokenInput, tokenSchema } from './schema.ts';
import { tokenQuery } from './tokens.ts';

const BLIND = [
  'apps that are let in without a token of their own: named credentials, sessions of users, certificates',
  'what a token may do: its scopes are shown in Setup alone',
  'which apps are blocked: Setup > Connected Apps OAuth Usage',
];

const utc = (text: string): string => cut(text.replace(/\+0000$/, 'Z'), 40);

const tokenItem = (row: Json): Listed | null => {
  const { success, data: one } = tokenSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(one.Id, 18),
    ...offering(tokenInput, { token: one.Id }),
    title: `token of ${cut(one.AppName ?? 'an unnamed app', 80)}`,
    state: 'active',
    detail: one.UseCount === null ? 'it may do what its user may' : `used ${one.UseCount} times`,
    ...(one.LastUsedDate === null ? {} : { lastUsedAt: utc(one.LastUsedDate) }),
    ...(one.CreatedDate === null ? {} : { createdAt: utc(one.CreatedDate) }),
    ...(one.UserId === null ? {} : { owner: cut(one.UserId, 18) }),
  };
};

export const list = async (outside: Outside) =>
  await listed(
    salesforce,
    outside,
    [{ title: 'tokens of apps', walk: walk(outside, tokenQuery), item: tokenItem }],
    BLIND,
  );

export const health = healthBy(
  salesforce,
  (outside) => ({ method: 'GET', path: data(outside, '/limits') }),
  () => ({ detail: 'the token is let in; what it may do is not told by the API' }),
);
