import type { Json } from '../../base/canonical.ts';
import { instantOrNull } from '../../base/instant.ts';
import { addressOf } from '../address.ts';
import { unread } from '../call.ts';
import type { Collected, Listed, Outside, Window } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { pages } from '../vendor.ts';
import { intercom, walk } from './api.ts';
import { dataConnectorSchema, meSchema, secretSchema } from './schema.ts';

const BLIND = [
  'apps of others that are installed, and their tokens: only the settings show them',
  'webhooks of apps, whether Fin and the workflows are on, whether the Messenger is shown',
];

const connectorItem = (row: Json): Listed | null => {
  const { success, data } = dataConnectorSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.url ?? '');
  return {
    kind: 'integration',
    id: cut(data.id, 60),
    params: { connector: cut(data.id, 60) },
    title: `data connector ${cut(data.name ?? '', 80)}`,
    state: data.state === 'live' ? 'active' : 'paused',
    detail: `it asks ${host}`,
    sends: {
      scheme,
      host,
      signed: 'unknown',
      tls: 'checked',
      method: (data.http_method ?? '').toUpperCase() === 'GET' ? 'GET' : 'POST',
    },
  };
};

const secretItem = (row: Json): Listed | null => {
  const { success, data } = secretSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(data.id, 60),
    params: { secret: cut(data.id, 60) },
    title: `identity secret ${cut(data.name ?? '', 80)}`,
    state: 'active',
    detail: 'signs who a visitor of the Messenger is',
  };
};

export const list = async (outside: Outside) =>
  await listed(
    intercom,
    outside,
    [
      { title: 'data connectors', walk: walk('/data_connectors', 'data'), item: connectorItem },
      { title: 'identity secrets', walk: walk('/secure_mode_secrets', 'data'), item: secretItem },
    ],
    BLIND,
  );

export const health = healthBy(
  intercom,
  () => ({ method: 'GET', path: '/me' }),
  ({ json }) => ({
    detail: `the token is let in to ${cut(meSchema.safeParse(json).data?.app?.name ?? 'a workspace', 80)}`,
  }),
);

export const collect = async ({ from, to }: Window, outside: Outside): Promise<Collected> => {
  if (instantOrNull(from) === null || instantOrNull(to) === null)
    return { logs: [], gaps: ['the window is no span of time'] };
  const what = 'reading the activity log';
  const query = {
    created_at_after: String(Math.floor(from / 1000)),
    created_at_before: String(Math.ceil(to / 1000)),
  };
  try {
    const all = await pages(intercom, outside, walk('/admins/activity_logs', 'activity_logs', query), what);
    if ('refusal' in all) return { logs: [], gaps: [all.refusal.detail] };
    return {
      logs: [{ name: 'activity-log', records: all.rows }],
      gaps: [
        'what customers and apps did: the log is of teammates',
        ...(all.complete ? [] : ['the end of the window: there were more pages than are read']),
      ],
    };
  } catch (error) {
    return { logs: [], gaps: [unread(error, what).detail] };
  }
};
