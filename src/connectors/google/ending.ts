import { parseInstant } from '../../base/instant.ts';
import { byPerson } from '../by-hand.ts';
import { call } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { revokingTokens } from '../token-kill.ts';
import { rowsOf, succeeded, textAt, under } from '../vendor.ts';
import { admin, atOauth, userPath, walk } from './api.ts';
import { activitySchema, appInput, tokenSchema, userAppInput, userInput } from './schema.ts';
import type { AppInput, UserAppInput, UserInput } from './schema.ts';

/** What is ended at Google for good: sessions of a person, what apps hold of a person, leaked tokens. */

/** The newest entry of a log that fits; null where the log, as far as it reaches, holds none. */
const newest = async (
  path: string,
  query: Readonly<Record<string, string>>,
  outside: Outside,
): Promise<Readonly<{ at: number | null }> | Readonly<{ refused: CallAnswer }>> => {
  const answer = await admin.ask(outside, {
    method: 'GET',
    path: `/admin/reports/v1/activity/users/${path}`,
    query: { ...query, maxResults: '1' },
  });
  if (!succeeded(answer)) return { refused: answer };
  const found = activitySchema.safeParse(rowsOf(under(answer.json, 'items'))[0]);
  return { at: found.success ? parseInstant(found.data.id.time) : null };
};

const hidden = (answer: CallAnswer): Found => ({
  is: 'hidden',
  refusal: admin.refused(answer, 'reading the log'),
});

/** Google lists nobody's sessions; but its logs tell when cookies were reset and whether anybody signed in since. */
const findSessions = async ({ user }: UserInput, outside: Outside): Promise<Found> => {
  const reset = await newest(
    'all/applications/admin',
    { eventName: 'RESET_SIGNIN_COOKIES', filters: `USER_EMAIL==${user}` },
    outside,
  );
  if ('refused' in reset) return hidden(reset.refused);
  const begun = await newest(
    `${encodeURIComponent(user)}/applications/login`,
    { eventName: 'login_success' },
    outside,
  );
  if ('refused' in begun) return hidden(begun.refused);
  if (reset.at !== null && (begun.at === null || begun.at < reset.at)) {
    const how = 'Google’s logs show the sign-in cookies reset and nobody signed in since';
    return { is: 'gone', how, since: reset.at };
  }
  return {
    is: 'there',
    kept: { last_login_ms: begun.at },
    remarks: ['tokens that apps hold of this person stay: revoke those as well'],
  };
};

const SECURITY = 'https://www.googleapis.com/auth/admin.directory.user.security';

export const signOut = removing<UserInput>(
  {
    vendor: admin,
    what: 'the sessions of the user',
    find: findSessions,
    // The logs are written minutes later.
    queued: true,
    end: ({ user }) => ({ method: 'POST', path: userPath(user, '/signOut') }),
  },
  {
    title: 'Sign a user out everywhere',
    confidence: 'unconfirmed',
    scopes: [SECURITY, 'https://www.googleapis.com/auth/admin.reports.audit.readonly for the proof'],
    secrets: ['token'],
    input: userInput,
    breaks: ['The person is signed out of the web and of devices. Tokens that apps hold of them stay.'],
    byHand: {
      where: 'admin.google.com > Directory > Users > the user > Security',
      steps: ['Open Sign in cookies', 'Press Reset', 'Confirm'],
      record: 'the user’s address, the time, and whom you told to sign in again',
    },
  },
);

const findApp = async ({ user, client }: UserAppInput, outside: Outside): Promise<Found> => {
  const apps = walk(userPath(user, '/tokens'), 'items');
  return await rowIn(
    {
      vendor: admin,
      // Google leaves an empty list out: only what says of itself that it is this list can be one.
      walk: {
        ...apps,
        rows: (answer) =>
          textAt(answer.json, 'kind') === 'admin#directory#tokenList' ? apps.rows(answer) : null,
      },
      name: 'Google’s list of apps of this user',
    },
    outside,
    (row) => hasId(row, 'clientId', client),
    (row) => {
      const { success, data } = tokenSchema.safeParse(row);
      return {
        kept: success
          ? { name: cut(data.displayText, 80), scopes: data.scopes.map((scope) => cut(scope, 120)) }
          : {},
      };
    },
  );
};

export const revokeApp = removing<UserAppInput>(
  {
    vendor: admin,
    what: 'the app’s access',
    find: findApp,
    end: ({ user, client }) => ({
      method: 'DELETE',
      path: userPath(user, `/tokens/${encodeURIComponent(client)}`),
    }),
  },
  {
    title: 'Revoke what an app holds of a user',
    confidence: 'confirmed',
    scopes: [SECURITY],
    secrets: ['token'],
    input: userAppInput,
    breaks: ['The app cannot act for this person until the person lets it in again.'],
    byHand: {
      where: 'admin.google.com > Directory > Users > the user > Security > Connected applications',
      steps: ['Find the app', 'Remove', 'Reload: it is gone'],
      record: 'the app and its scopes, the user, the time',
    },
  },
);

export const revokeToken = revokingTokens(
  {
    at: atOauth,
    revoke: '/revoke',
    token: '/token',
    isAccess: (token) => token.startsWith('ya29.'),
    use: async (token, outside) =>
      await call(atOauth(outside), {
        method: 'POST',
        path: '/tokeninfo',
        headers: { authorization: `Bearer ${token.use()}` },
        form: {},
      }),
    isRefusal: ({ status, json }) => status === 400 && textAt(json, 'error') === 'invalid_token',
  },
  {
    title: 'Revoke a leaked token',
    confidence: 'unconfirmed',
    scopes: ['none: whoever holds the token may revoke it'],
    breaks: ['Whatever works with this token stops; a refresh token takes its access tokens with it.'],
    byHand: {
      where: 'admin.google.com > Directory > Users > the user > Security > Connected applications',
      steps: ['Find the app whose token it is', 'Remove', 'Come back here: the old token is tried once more'],
      record: 'the app and user, the time',
    },
  },
);

export const blockApp = byPerson<AppInput>({
  title: 'Block an app for the whole organisation',
  effect: 'reversible',
  confidence: 'unconfirmed',
  scopes: ['a person with the super administrator role'],
  secrets: [],
  input: appInput,
  breaks: ['The app gets no tokens of anybody any more, and those that it holds stop working.'],
  byHand: {
    where: 'admin.google.com > Security > Access and data control > API controls > Manage app access',
    steps: [
      'Find the app by its client id, or add it with Configure new app',
      'Write down how it is configured now',
      'Choose Change access > Blocked, for the whole organisation',
      'Under API controls > Domain-wide delegation, take the client out as well if it stands there',
    ],
    record: 'the client id, how it was configured before, the time',
  },
  prove: async () =>
    await Promise.resolve({
      is: 'unproved',
      how: 'whether an app is blocked only the Admin console shows',
    }),
});
