import type { Json } from '../../base/canonical.ts';
import { formatUtc, instantOrNull } from '../../base/instant.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { stripe, walkV1, walkV2 } from './api.ts';
import { destinationSchema, endpointSchema } from './schema.ts';

/** What no listing shows, whatever the key may do. */
const BLIND = [
  'API keys and their last use: only the Dashboard shows them',
  'endpoints of the other mode: live and test are separate lists, and this key belongs to one',
  'who of the team has access to the Dashboard',
];

const endpointItem = (row: Json): Listed | null => {
  const { success, data } = endpointSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.url);
  const made = data.created === undefined ? null : instantOrNull(data.created * 1000);
  const all = data.enabled_events.includes('*');
  return {
    kind: 'integration',
    id: data.id,
    params: { endpoint: data.id },
    title: `webhook to ${host}`,
    state: data.status === 'enabled' ? 'active' : 'paused',
    detail: `events: ${cut(data.enabled_events.join(', '))}`,
    ...(made === null ? {} : { createdAt: formatUtc(made) }),
    sends: { scheme, host, signed: 'always', tls: 'checked', method: 'POST', events: all ? 'all' : 'some' },
    test: !data.livemode,
  };
};

const destinationItem = (row: Json): Listed | null => {
  const { success, data } = destinationSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: data.id,
    params: { destination: data.id },
    title: `event destination ${cut(data.name, 80)}`,
    state: data.status === 'enabled' ? 'active' : 'paused',
    detail: `${cut(data.type, 40)}, events: ${cut(data.enabled_events.join(', '))}`,
    ...(data.created === undefined ? {} : { createdAt: cut(data.created, 40) }),
    test: !data.livemode,
  };
};

export const list = async (outside: Outside) =>
  await listed(
    stripe,
    outside,
    [
      { title: 'webhook endpoints', walk: walkV1('/v1/webhook_endpoints'), item: endpointItem },
      { title: 'event destinations', walk: walkV2('/v2/core/event_destinations'), item: destinationItem },
    ],
    BLIND,
  );

export const health = healthBy(
  stripe,
  () => ({ method: 'GET', path: '/v1/balance' }),
  () => ({ detail: 'the key is let in; what it may do is not told by the API' }),
);
