import type { Json } from '../../base/canonical.ts';
import { formatUtc, instantOrNull } from '../../base/instant.ts';
import { unread } from '../call.ts';
import type { Collected, Listed, Outside, Window } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { pages } from '../vendor.ts';
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

/** Activity logs are part of the Enterprise plans; on others HubSpot refuses them, and that is the gap. */
export const collect = async ({ from, to }: Window, outside: Outside): Promise<Collected> => {
  const [since, until] = [instantOrNull(from), instantOrNull(to)];
  if (since === null || until === null) return { logs: [], gaps: ['the window is no span of time'] };
  const query = { occurredAfter: formatUtc(since), occurredBefore: formatUtc(until), limit: '100' };
  const parts = ['audit-logs', 'login', 'security'] as const;
  const read = await Promise.all(
    parts.map(async (part) => {
      const what = `reading the ${part}`;
      const path = `/account-info/v3/activity/${part}`;
      try {
        const all = await pages(asAccount, outside, walk(path, query), what);
        if ('refusal' in all) return { logs: [], gaps: [all.refusal.detail] };
        const gaps = all.complete
          ? []
          : [`the end of the window in ${part}: there were more pages than are read`];
        return { logs: [{ name: part, records: all.rows }], gaps };
      } catch (error) {
        return { logs: [], gaps: [unread(error, what).detail] };
      }
    }),
  );
  return {
    logs: read.flatMap((one) => one.logs),
    gaps: [...read.flatMap((one) => one.gaps), 'what apps read and exported: HubSpot logs people, not apps'],
  };
};
