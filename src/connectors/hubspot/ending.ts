import type { Json } from '../../base/canonical.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Proof } from '../../model/action.ts';
import { allRefused, byPerson } from '../by-hand.ts';
import { call, lost, unproved } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { killSwitch } from '../kill.ts';
import { hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut, HIDDEN, shown } from '../several.ts';
import { ownSecret } from '../suspects.ts';
import { succeeded, textAt, under } from '../vendor.ts';
import { asAccount, walk } from './api.ts';
import { noInput, userInput } from './schema.ts';
import type { UserInput } from './schema.ts';

/** What HubSpot ends for good: refresh tokens of our app, and people's access. */

const clientOf = async (outside: Outside) => ({
  client_id: String(outside.config['client_id'] ?? ''),
  client_secret: (await outside.secret('client_secret')).use(),
});

/** The v3 call alone: the older one carries the token in its path. */
const REVOKE = '/oauth/v3/token/revoke';

const killOne = async (
  token: Secret,
  { name, receipt }: Readonly<{ name: string; receipt: Json }>,
  outside: Outside,
): Promise<Outcome> => {
  try {
    const form = { ...(await clientOf(outside)), token: token.use(), token_type_hint: 'refresh_token' };
    const answer = await call(outside, { method: 'POST', path: REVOKE, form });
    if (succeeded(answer))
      return {
        result: 'done',
        detail: `revoking ${name}: confirmed with ${answer.status}`,
        http: answer.status,
        receipt,
      };
    return { ...asAccount.refused(answer, `revoking ${name}`), receipt };
  } catch (error) {
    return { ...lost(error, `revoking ${name}`), receipt };
  }
};

/** A refresh token is dead when it is refused a new access token; one that is alive would be used up by no such question. */
const refresh = async (token: Secret, outside: Outside): Promise<CallAnswer> =>
  await call(outside, {
    method: 'POST',
    path: '/oauth/v3/token',
    form: { grant_type: 'refresh_token', ...(await clientOf(outside)), refresh_token: token.use() },
  });

const proveOne = async (token: Secret, name: string, outside: Outside): Promise<Proof> => {
  const asked = `asking for an access token with ${name}`;
  try {
    const answer = await refresh(token, outside);
    const http = answer.status;
    if (succeeded(answer)) return { is: 'refuted', how: `${asked} was answered with one`, http };
    const code = textAt(answer.json, 'error') || textAt(answer.json, 'status');
    const dead = http === 400 && /invalid_grant|BAD_REFRESH_TOKEN/i.test(code);
    return { is: dead ? 'proved' : 'unproved', how: `${asked}: answered ${http} ${cut(code, 60)}`, http };
  } catch (error) {
    return unproved(error, asked);
  }
};

export const revokeRefreshToken = action<Record<string, never>>({
  title: 'Revoke a leaked refresh token',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'unconfirmed',
  scopes: ['the app’s own client secret'],
  secrets: ['client_secret'],
  input: noInput,
  needsSuspect: true,
  byHand: {
    where: 'HubSpot, the customer’s account > Settings > Integrations > Connected apps',
    steps: ['Open the app', 'Actions > Uninstall', 'Reload: the app is gone'],
    record: 'which account, the time',
  },
  ...killSwitch({
    breaks: [
      'The app cannot get new access tokens for this account; those that are out work for up to 30 minutes more.',
    ],
    own: async (outside) => [await ownSecret(outside, 'token')],
    call: (_input, outside, name) =>
      shown(
        outside.baseUrl,
        {
          method: 'POST',
          path: REVOKE,
          form: {
            client_id: String(outside.config['client_id'] ?? ''),
            client_secret: HIDDEN,
            token: HIDDEN,
            token_type_hint: 'refresh_token',
          },
        },
        name,
      ),
    capture: null,
    killOne: async (token, doomed, _input, outside) => await killOne(token, doomed, outside),
    proveOne: async (token, name, _input, outside) => await proveOne(token, name, outside),
  }),
});

const find = async ({ user }: UserInput, outside: Outside): Promise<Found> =>
  await rowIn(
    {
      vendor: asAccount,
      walk: walk('/settings/v3/users', { limit: '100' }),
      name: 'HubSpot’s list of users',
    },
    outside,
    (row) => hasId(row, 'id', user),
    (row) => {
      const superAdmin = under(row, 'superAdmin') === true;
      return {
        kept: { id: user, role: cut(textAt(row, 'roleId'), 40), super_admin: superAdmin },
        remarks: superAdmin ? ['this person is a super admin'] : [],
      };
    },
  );

export const removeUser = removing<UserInput>(
  {
    vendor: asAccount,
    what: 'the user',
    find,
    end: ({ user }) => ({ method: 'DELETE', path: `/settings/v3/users/${user}` }),
  },
  {
    title: 'Remove a user from the account',
    confidence: 'confirmed',
    scopes: ['settings.users.write'],
    secrets: ['token'],
    input: userInput,
    breaks: ['The person is out of the account at once; what they own stays. They can be invited again.'],
    byHand: {
      where: 'HubSpot > Settings > Users & Teams',
      steps: ['Open the user and write down their rights', 'Actions > Remove from account', 'Reload: gone'],
      record: 'the user’s number and rights, the time',
    },
  },
);

export const rotatePrivateToken = byPerson<Record<string, never>>({
  title: 'Rotate a leaked private app’s token',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['a super admin of the account'],
  secrets: [],
  input: noInput,
  needsSuspect: true,
  breaks: ['Whatever uses the old token is refused at once, if it is rotated with expiry now.'],
  byHand: {
    where: 'HubSpot > Settings > Integrations > Private Apps > the app > Auth',
    steps: [
      'Choose Rotate, and "Rotate and expire this token now"',
      'Give the new token to the service that needs it',
      'Come back here: the old one is tried once more and must be refused',
    ],
    record: 'the app, the time, which service got the new token',
  },
  prove: async (_input, outside) =>
    await allRefused(
      outside,
      'GET /account-info/v3/details',
      async (token) =>
        await call(outside, {
          method: 'GET',
          path: '/account-info/v3/details',
          headers: { authorization: `Bearer ${token.use()}` },
        }),
    ),
});
