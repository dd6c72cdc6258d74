import type { Json } from '../../base/canonical.ts';
import { formatUtc, parseMailDate } from '../../base/instant.ts';
import { addressOf } from '../address.ts';
import type { Listed, Outside } from '../connector.ts';
import { healthBy, listed } from '../listing.ts';
import { cut } from '../several.ts';
import { appsPath } from './apps.ts';
import { account, twilio, walk } from './api.ts';
import { accountSchema, appSchema, keySchema, numberSchema } from './schema.ts';

const BLIND = [
  'people with access to the Console, and how they sign in',
  'when an API key was last used: Twilio does not tell',
  'messaging services, Studio flows and Event Streams sinks: look at them in the Console',
];

const accountItem =
  (own: string) =>
  (row: Json): Listed | null => {
    const { success, data } = accountSchema.safeParse(row);
    if (!success) return null;
    const main = data.sid === own;
    return {
      kind: 'integration',
      id: cut(data.sid, 40),
      ...(main ? {} : { params: { subaccount: cut(data.sid, 40) } }),
      title: `${main ? 'main account' : 'subaccount'} ${cut(data.friendly_name, 80)}`,
      state: data.status === 'active' ? 'active' : 'paused',
      detail: cut(`${data.type} ${data.status}`.trim(), 60),
    };
  };

const keyItem = (row: Json): Listed | null => {
  const { success, data } = keySchema.safeParse(row);
  if (!success) return null;
  const made = parseMailDate(data.date_created ?? '');
  return {
    kind: 'credential',
    id: cut(data.sid, 40),
    params: { key: cut(data.sid, 40) },
    title: `API key ${cut(data.friendly_name ?? '', 80)}`,
    state: 'active',
    detail: 'it cannot be paused, only deleted',
    ...(made === null ? {} : { createdAt: formatUtc(made) }),
  };
};

const numberItem = (row: Json): Listed | null => {
  const { success, data } = numberSchema.safeParse(row);
  if (!success) return null;
  const url = data.sms_url === '' ? data.voice_url : data.sms_url;
  const { scheme, host } = addressOf(url);
  const get = data.sms_method === 'GET' || data.voice_method === 'GET';
  return {
    kind: 'integration',
    id: cut(data.sid, 40),
    params: { number: cut(data.sid, 40) },
    title: `number ${cut(data.phone_number, 20)}`,
    state: url === '' ? 'paused' : 'active',
    detail: url === '' ? 'no address is set' : `messages or calls go to ${host}`,
    ...(url === ''
      ? {}
      : { sends: { scheme, host, signed: 'always', tls: 'unknown', method: get ? 'GET' : 'POST' } }),
  };
};

const appItem = (row: Json): Listed | null => {
  const { success, data } = appSchema.safeParse(row);
  if (!success) return null;
  return {
    kind: 'integration',
    id: cut(data.connect_app_sid, 40),
    params: { app: cut(data.connect_app_sid, 40) },
    title: `Connect app ${cut(data.connect_app_friendly_name ?? '', 80)}`,
    state: 'active',
    detail: `of ${cut(data.connect_app_company_name ?? 'an unnamed company', 80)}`,
    scopes: data.permissions.map((one) => cut(one, 40)),
  };
};

export const list = async (outside: Outside) => {
  const own = account(outside);
  const base = `/2010-04-01/Accounts/${own}`;
  return await listed(
    twilio,
    outside,
    [
      { title: 'accounts', walk: walk('/2010-04-01/Accounts.json', 'accounts'), item: accountItem(own) },
      { title: 'API keys', walk: walk(`${base}/Keys.json`, 'keys'), item: keyItem },
      {
        title: 'numbers',
        walk: walk(`${base}/IncomingPhoneNumbers.json`, 'incoming_phone_numbers'),
        item: numberItem,
      },
      {
        title: 'authorised apps',
        walk: walk(appsPath(outside), 'authorized_connect_apps'),
        item: appItem,
      },
    ],
    BLIND,
  );
};

export const health = healthBy(
  twilio,
  (outside) => ({ method: 'GET', path: `/2010-04-01/Accounts/${account(outside)}.json` }),
  ({ json }) => {
    const status = accountSchema.safeParse(json).data?.status ?? 'of an unknown state';
    return { detail: `the credentials are let in; the account is ${cut(status, 20)}` };
  },
);
