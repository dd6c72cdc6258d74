import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { CallRequest } from '../call.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { rowsIn, rowsOf, under } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { sendgrid } from './api.ts';
import { hookSchema, keySchema, parseSchema, subuserSchema } from './schema.ts';

const BLIND = [
  'when an API key was last used: only the web page shows it',
  'what a key may do: the list gives names, each key alone gives its scopes',
  'keys and webhooks of subusers, unless the key is the subuser’s',
];

/** One page is all that these lists have. */
const whole = (path: string, rows: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query };
  return {
    first,
    rows: ({ json }) => rowsIn(rows === '' ? json : under(json, rows)),
    next: () => null,
  };
};

const keyItem = (row: Json): Listed | null => {
  const { success, data } = keySchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'credential',
    id: cut(data.api_key_id, 60),
    params: { key: cut(data.api_key_id, 60) },
    title: `API key ${cut(data.name, 80)}`,
    state: 'active',
    detail: 'its scopes are shown key by key',
  };
};

const hookItem = (row: Json): Listed | null => {
  const { success, data } = hookSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.url);
  const signed =
    data.public_key === undefined
      ? 'unknown'
      : data.public_key === null || data.public_key === ''
        ? 'no'
        : 'yes';
  return {
    kind: 'integration',
    id: cut(data.id, 60),
    params: { hook: cut(data.id, 60) },
    title: `event webhook to ${host}`,
    state: data.enabled ? 'active' : 'paused',
    detail: cut(data.friendly_name ?? '', 80),
    ...(data.created_date === undefined ? {} : { createdAt: cut(data.created_date, 40) }),
    sends: { scheme, host, signed, tls: 'checked', method: 'POST' },
  };
};

const parseItem = (row: Json): Listed | null => {
  const { success, data } = parseSchema.safeParse(row);
  if (!success) return null;
  const { scheme, host } = addressOf(data.url);
  return {
    kind: 'integration',
    id: cut(data.hostname, 253),
    params: { hostname: cut(data.hostname, 253) },
    title: `inbound parse of ${cut(data.hostname, 100)}`,
    state: host.endsWith('.invalid') ? 'paused' : 'active',
    detail: `incoming mail goes to ${host}`,
    sends: { scheme, host, signed: 'no', tls: 'unknown', method: 'POST', events: 'all' },
  };
};

const subuserItem = (row: Json): Listed | null => {
  const { success, data } = subuserSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.username, 64),
    params: { subuser: cut(data.username, 64) },
    title: `subuser ${cut(data.username, 64)}`,
    state: data.disabled ? 'paused' : 'active',
    detail: 'sends mail of its own',
  };
};

export const list = async (outside: Outside) =>
  await listed(
    sendgrid,
    outside,
    [
      { title: 'API keys', walk: whole('/v3/api_keys', 'result'), item: keyItem },
      {
        title: 'event webhooks',
        walk: whole('/v3/user/webhooks/event/settings/all', 'webhooks'),
        item: hookItem,
      },
      { title: 'inbound parse', walk: whole('/v3/user/webhooks/parse/settings', 'result'), item: parseItem },
      { title: 'subusers', walk: whole('/v3/subusers', '', { limit: '500' }), item: subuserItem },
    ],
    BLIND,
  );

export const health = healthBy(
  sendgrid,
  () => ({ method: 'GET', path: '/v3/scopes' }),
  ({ json }) => {
    const scopes = rowsOf(under(json, 'scopes')).filter((one) => typeof one === 'string');
    return {
      detail: `the key is let in, with ${scopes.length} scopes`,
      scopes: scopes.map((one) => cut(one, 80)),
    };
  },
);
