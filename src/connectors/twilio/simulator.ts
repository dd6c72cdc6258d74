import type { Json } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { basicOf, changed, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { textAt } from '../vendor.ts';
import { furnish } from './furnish.ts';
import { worldSchema } from './world.ts';
import type { World } from './world.ts';

/** Answers as Twilio's hosts do: Basic auth by key or Auth Token, suspended accounts refused, errors with a number. */

type Turned = ReturnType<Serve<World>>;

const error = (status: number, code: number, message: string): Answer =>
  json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });

const missing = (told: Told<World>): Turned =>
  stay(told, error(404, 20404, `The requested resource ${told.ask.path} was not found`));

const guard = ({ state, ask }: Told<World>): Answer | null => {
  const given = basicOf(ask);
  const known =
    given !== null &&
    (state.keys.some((key) => key.sid === given.user && key.secret === given.password) ||
      (given.user === state.main &&
        (given.password === state.auth_token || given.password === state.secondary)));
  return known ? null : error(401, 20003, 'Authenticate');
};

const list = (told: Told<World>, name: string, rows: readonly Json[]): Turned => {
  const size = Number(told.ask.query['PageSize']?.[0] ?? '50');
  const page = Number(told.ask.query['Page']?.[0] ?? '0');
  const more = rows.length > (page + 1) * size;
  const next = more ? `${told.ask.path}?PageSize=${size}&Page=${page + 1}` : null;
  const shown = rows.slice(page * size, (page + 1) * size);
  return stay(told, json(200, { [name]: [...shown], page, page_size: size, next_page_uri: next }));
};

const accounts: Serve<World> = (told) =>
  list(told, 'accounts', [
    {
      sid: told.state.main,
      status: 'active',
      type: 'Full',
      friendly_name: 'main',
      auth_token: told.state.auth_token,
    },
    ...told.state.accounts.map((one) => ({ ...one, type: 'Full', owner_account_sid: told.state.main })),
  ]);

const account: Serve<World> = (told) => {
  const { sid = '' } = told.params;
  if (sid === told.state.main)
    return stay(told, json(200, { sid, status: 'active', type: 'Full', friendly_name: 'main' }));
  const found = told.state.accounts.find((one) => one.sid === sid);
  return found === undefined ? missing(told) : stay(told, json(200, { ...found, type: 'Full' }));
};

const changeAccount: Serve<World> = (told) => {
  const { sid = '' } = told.params;
  const status = told.body?.['Status'];
  const found = told.state.accounts.find((one) => one.sid === sid);
  if (sid === told.state.main) return stay(told, error(400, 20001, 'The main account cannot be suspended'));
  if (found === undefined) return missing(told);
  if (found.status === 'closed') return stay(told, error(400, 20001, 'Account is closed'));
  if (status !== 'active' && status !== 'suspended' && status !== 'closed')
    return stay(told, error(400, 20001, 'Invalid Status'));
  const next: World['accounts'][number] = { ...found, status };
  const rows = changed(
    told.state.accounts,
    (one) => one === found,
    () => next,
  );
  return { state: { ...told.state, accounts: [...rows] }, answer: json(200, { ...next, type: 'Full' }) };
};

const keys: Serve<World> = (told) =>
  list(told, 'keys', told.state.keys.filter((key) => key.account === told.params['account']).map(shownKey));

const shownKey = ({ sid, friendly_name, date_created }: World['keys'][number]): Json => ({
  sid,
  friendly_name,
  date_created,
});

const keyOf = ({ state, params }: Told<World>) =>
  state.keys.find((key) => key.sid === params['sid'] && key.account === params['account']);

const key: Serve<World> = (told) => {
  const found = keyOf(told);
  return found === undefined ? missing(told) : stay(told, json(200, shownKey(found)));
};

const makeKey: Serve<World> = (told) => {
  const made = told.state.keys_made + 1;
  const sid = `SK${'f'.repeat(24)}${String(made).padStart(8, '0')}`;
  const row: World['keys'][number] = {
    sid,
    account: told.params['account'] ?? told.state.main,
    friendly_name: textAt(told.body, 'FriendlyName'),
    date_created: 'Fri, 20 Nov 2026 06:40:00 +0000',
    secret: `sim-made-key-secret-${made}`,
  };
  const state = { ...told.state, keys: [...told.state.keys, row], keys_made: made };
  return {
    state,
    answer: json(201, { ...(shownKey(row) as Readonly<Record<string, Json>>), secret: row.secret }),
  };
};

const deleteKey: Serve<World> = (told) => {
  const found = keyOf(told);
  if (found === undefined) return missing(told);
  const left = told.state.keys.filter((one) => one !== found);
  return { state: { ...told.state, keys: left }, answer: json(204, null) };
};

const numberOf = ({ state, params }: Told<World>) =>
  state.numbers.find((one) => one.sid === params['sid'] && one.account === params['account']);

const number: Serve<World> = (told) => {
  const found = numberOf(told);
  return found === undefined ? missing(told) : stay(told, json(200, found));
};

/** SmsUrl in a form is sms_url in an answer. */
const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? '' : '_') + letter.toLowerCase());

const changeNumber: Serve<World> = (told) => {
  const found = numberOf(told);
  if (found === undefined) return missing(told);
  const fields = Object.entries(told.body ?? {}).map(([name, value]) => [snake(name), value]);
  const next = { ...found, ...(Object.fromEntries(fields) as Partial<World['numbers'][number]>) };
  const rows = changed(
    told.state.numbers,
    (one) => one === found,
    () => next,
  );
  return { state: { ...told.state, numbers: [...rows] }, answer: json(200, next) };
};

const dropSecondary: Serve<World> = (told) =>
  told.state.secondary === null
    ? missing(told)
    : { state: { ...told.state, secondary: null }, answer: json(204, null) };

const makeSecondary: Serve<World> = (told) => {
  if (told.state.secondary !== null) return stay(told, error(409, 20409, 'A secondary token exists already'));
  const made = told.state.secondaries_made + 1;
  const secondary = `sim-auth-token-${made}`;
  return {
    state: { ...told.state, secondary, secondaries_made: made },
    answer: json(201, { secondary_auth_token: secondary }),
  };
};

const promote: Serve<World> = (told) => {
  const { secondary } = told.state;
  if (secondary === null) return stay(told, error(400, 20001, 'There is no secondary token'));
  const state = {
    ...told.state,
    auth_token: secondary,
    secondary: null,
    promotions: told.state.promotions + 1,
  };
  return { state, answer: json(200, { auth_token: secondary }) };
};

const BASE = '/2010-04-01/Accounts';

const respond = routed<World>({
  guard,
  routes: {
    [`GET ${BASE}.json`]: accounts,
    [`GET ${BASE}/{account}/Keys.json`]: keys,
    [`POST ${BASE}/{account}/Keys.json`]: makeKey,
    [`GET ${BASE}/{account}/Keys/{sid}.json`]: key,
    [`DELETE ${BASE}/{account}/Keys/{sid}.json`]: deleteKey,
    [`GET ${BASE}/{account}/IncomingPhoneNumbers.json`]: (told) =>
      list(told, 'incoming_phone_numbers', told.state.numbers),
    [`GET ${BASE}/{account}/IncomingPhoneNumbers/{sid}.json`]: number,
    [`POST ${BASE}/{account}/IncomingPhoneNumbers/{sid}.json`]: changeNumber,
    [`GET ${BASE}/{account}/AuthorizedConnectApps.json`]: (told) =>
      list(told, 'authorized_connect_apps', told.state.apps),
    [`GET ${BASE}/{sid}.json`]: account,
    [`POST ${BASE}/{sid}.json`]: changeAccount,
    'DELETE /v1/AuthTokens/Secondary': dropSecondary,
    'POST /v1/AuthTokens/Secondary': makeSecondary,
    'POST /v1/AuthTokens/Promote': promote,
  },
  missing: (told) => missing(told).answer,
});

export const twilioSimulator = simulator<World>({ state: worldSchema, respond, furnish });
