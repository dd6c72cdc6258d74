import type { Json } from '../../base/canonical.ts';
import { formatUtc, instantOrNull } from '../../base/instant.ts';
import { unread } from '../call.ts';
import type { Collected, Listed, Outside, Window } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { pages, textAt } from '../vendor.ts';
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

/** What the person's own audit log tells of sign-ins and changes: 18 months (from memory). */
export const collect = async ({ from, to }: Window, outside: Outside): Promise<Collected> => {
  const [since, before] = [instantOrNull(from), instantOrNull(to)];
  if (since === null || before === null) return { logs: [], gaps: ['the window is no span of time'] };
  const what = 'reading the audit log';
  const path = '/user/audit_logs';
  const query = { since: formatUtc(since), before: formatUtc(before) };
  const plain = walk(path);
  const asked = (request: typeof plain.first) => ({ ...request, query: { ...request.query, ...query } });
  try {
    const all = await pages(
      cloudflare,
      outside,
      {
        ...plain,
        first: asked(plain.first),
        next: (answer) => {
          const next = plain.next(answer);
          return next === null ? null : asked(next);
        },
      },
      what,
    );
    if ('refusal' in all) return { logs: [], gaps: [all.refusal.detail] };
    return {
      logs: [{ name: 'audit-log', records: all.rows }],
      gaps: [
        'what other people of the account did: their own logs have it',
        ...(all.complete ? [] : ['the end of the window: there were more pages than are read']),
      ],
    };
  } catch (error) {
    return { logs: [], gaps: [unread(error, what).detail] };
  }
};
