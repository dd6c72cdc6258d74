import type { Json } from '../../base/canonical.ts';
import { byPerson } from '../by-hand.ts';
import { call, deniesBearer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { revokingTokens } from '../token-kill.ts';
import { pages, rowsOf, succeeded, under } from '../vendor.ts';
import { data, query, quoted, salesforce, walk } from './api.ts';
import { appInput, tokenInput, tokenSchema } from './schema.ts';
import type { AppInput, TokenInput } from './schema.ts';

/** What apps hold at Salesforce: leaked tokens, entries of tokens by id, and the app as a whole. */

export const revokeToken = revokingTokens(
  {
    at: (outside) => outside,
    revoke: '/services/oauth2/revoke',
    token: '/services/oauth2/token',
    // A session id: the organisation's id, "!", and the rest.
    isAccess: (token) => /^00D\w{12,15}!/.test(token),
    use: async (token, outside) =>
      await call(outside, {
        method: 'GET',
        path: data(outside, '/limits'),
        headers: { authorization: `Bearer ${token.use()}` },
      }),
    isRefusal: deniesBearer,
  },
  {
    title: 'Revoke a leaked token',
    confidence: 'confirmed',
    scopes: ['none: whoever holds the token may revoke it'],
    breaks: ['Whatever works with this token stops; a refresh token takes its access tokens with it.'],
    byHand: {
      where: 'Setup > Connected Apps OAuth Usage > the app',
      steps: [
        'Find the user whose token it is',
        'Revoke',
        'Come back here: the old token is tried once more',
      ],
      record: 'the app and user, the time',
    },
  },
);

const FIELDS = 'Id,AppName,UserId,LastUsedDate,CreatedDate,UseCount';

const keptToken = (row: Json | undefined): Json => {
  const { success, data: one } = tokenSchema.safeParse(row);
  return success
    ? {
        app: cut(one.AppName ?? '', 80),
        user: cut(one.UserId ?? '', 18),
        last_used: cut(one.LastUsedDate ?? '', 40),
      }
    : {};
};

const find = async ({ token }: TokenInput, outside: Outside): Promise<Found> => {
  const answer = await salesforce.ask(
    outside,
    query(outside, `SELECT ${FIELDS} FROM OauthToken WHERE Id=${quoted(token)}`),
  );
  const what = 'looking for the token';
  if (!succeeded(answer)) return { is: 'hidden', refusal: salesforce.refused(answer, what) };
  const records = under(answer.json, 'records');
  if (!Array.isArray(records))
    return { is: 'hidden', refusal: { result: 'failed', detail: `${what}: the answer holds no list` } };
  const row = rowsOf(records)[0];
  return row === undefined
    ? { is: 'gone', how: 'Salesforce’s list of tokens can be read and does not hold it' }
    : { is: 'there', kept: keptToken(row) };
};

export const deleteToken = removing<TokenInput>(
  {
    vendor: salesforce,
    what: 'the token',
    find,
    end: ({ token }, outside) => ({ method: 'DELETE', path: data(outside, `/sobjects/OauthToken/${token}`) }),
  },
  {
    title: 'Revoke an app’s token for one user, by its id',
    confidence: 'unconfirmed',
    scopes: ['Manage Users'],
    secrets: ['token'],
    input: tokenInput,
    breaks: ['The app cannot act for this user any more until the user lets it in again.'],
    byHand: {
      where: 'Setup > Connected Apps OAuth Usage > the app',
      steps: ['Find the user', 'Revoke', 'Reload: the entry is gone'],
      record: 'the app and user, the last use, the time',
    },
  },
);

export const blockApp = byPerson<AppInput>({
  title: 'Block a connected app for everybody',
  effect: 'reversible',
  confidence: 'unconfirmed',
  scopes: ['a person with Customize Application and Manage Connected Apps'],
  secrets: [],
  input: appInput,
  breaks: [
    'The app is out for every user, its sessions end, and nobody can let it in again until it is unblocked.',
  ],
  byHand: {
    where: 'Setup > Connected Apps OAuth Usage',
    steps: [
      'Find the app by its name and write down how many users it has',
      'Press Block in its row, and confirm',
      'Reload: the button says Unblock. That is also the way back',
    ],
    record: 'the app’s name, how many users it had, the time, a picture of the page',
  },
  async prove({ app }, outside) {
    const soql = `SELECT Id,AppName FROM OauthToken WHERE AppName=${quoted(app)}`;
    const all = await pages(salesforce, outside, walk(outside, soql), 'listing the app’s tokens');
    if ('refusal' in all) return { is: 'unproved', how: all.refusal.detail };
    const { length } = all.rows;
    const how =
      length === 0
        ? 'no token of the app is listed; whether it is blocked only the Setup page shows'
        : `${length} tokens of the app are listed; whether it is blocked only the Setup page shows`;
    return { is: 'unproved', how };
  },
});

export const tokenQuery = `SELECT ${FIELDS} FROM OauthToken`;
