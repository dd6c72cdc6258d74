import type { Json } from '../../base/canonical.ts';
import { parseInstant } from '../../base/instant.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { anyIn, hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { rowsOf, succeeded, textAt } from '../vendor.ts';
import { okta, walk } from './api.ts';
import { appInput, eventSchema, tokenInput, tokenSchema, userInput } from './schema.ts';
import type { AppInput, TokenInput, UserInput } from './schema.ts';

/** What is ended at Okta for good: sessions, the tokens of an app, grants, API tokens. */

/** A list that must be empty afterwards. */
const emptied = async (path: string, what: string, outside: Outside): Promise<Found> =>
  await anyIn({ vendor: okta, walk: walk(path), name: `Okta’s list of ${what}` }, outside, (rows) => ({
    kept: { ids: rows.map((row) => cut(textAt(row, 'id'), 60)) },
    remarks: [`there are ${rows.length} ${what}`],
  }));

/** The newest event that fits a filter, as a time; null where the log, as far as it reaches, holds none. */
const newest = async (
  filter: string,
  outside: Outside,
): Promise<Readonly<{ at: number | null }> | Readonly<{ refused: CallAnswer }>> => {
  const query = { filter, sortOrder: 'DESCENDING', limit: '1' };
  const answer = await okta.ask(outside, { method: 'GET', path: '/api/v1/logs', query });
  if (!succeeded(answer)) return { refused: answer };
  const event = eventSchema.safeParse(rowsOf(answer.json)[0]);
  return { at: event.success ? parseInstant(event.data.published) : null };
};

/** Okta lists nobody's sessions; but its log tells when they were cleared and whether one was begun since. */
const findSessions = async ({ user }: UserInput, outside: Outside): Promise<Found> => {
  const cleared = await newest(`eventType eq "user.session.clear" and target.id eq "${user}"`, outside);
  if ('refused' in cleared) return hidden(cleared.refused);
  const begun = await newest(`eventType eq "user.session.start" and actor.id eq "${user}"`, outside);
  if ('refused' in begun) return hidden(begun.refused);
  if (cleared.at !== null && (begun.at === null || begun.at < cleared.at)) {
    const how =
      'Okta’s log shows the sessions cleared and none begun since; sessions that apps keep themselves are not in it';
    return { is: 'gone', how, since: cleared.at };
  }
  const last: Json = begun.at === null ? null : begun.at;
  return {
    is: 'there',
    kept: { last_session_start_ms: last },
    remarks: ['apps keep sessions of their own, which go on until they end there'],
  };
};

const hidden = (answer: CallAnswer): Found => ({
  is: 'hidden',
  refusal: okta.refused(answer, 'reading the log'),
});

export const endSessions = removing<UserInput>(
  {
    vendor: okta,
    what: 'the sessions of the user',
    find: findSessions,
    // The log is written seconds later.
    queued: true,
    end: ({ user }) => ({
      method: 'DELETE',
      path: `/api/v1/users/${user}/sessions`,
      query: { oauthTokens: 'true', forgetDevices: 'true' },
    }),
  },
  {
    title: 'End all sessions of a user, and the tokens Okta issued',
    confidence: 'confirmed',
    scopes: ['okta.users.manage', 'okta.logs.read for the proof'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'The person is signed out of Okta everywhere, remembered devices are forgotten, and Okta’s refresh tokens end.',
    ],
    byHand: {
      where: 'Okta Admin Console > Directory > People',
      steps: ['Open the person', 'More Actions > Clear User Sessions, with OAuth tokens too', 'Confirm'],
      record: 'the person’s Okta id, the time, and whom you told to sign in again',
    },
  },
);

export const revokeAppTokens = removing<AppInput>(
  {
    vendor: okta,
    what: 'the tokens of the app',
    find: async ({ app }, outside) => await emptied(`/api/v1/apps/${app}/tokens`, 'refresh tokens', outside),
    end: ({ app }) => ({ method: 'DELETE', path: `/api/v1/apps/${app}/tokens` }),
  },
  {
    title: 'Revoke all refresh tokens of an app',
    confidence: 'confirmed',
    scopes: ['okta.apps.manage'],
    secrets: ['token'],
    input: appInput,
    breaks: [
      'Everybody who uses the app must sign in again once their access token ends. Tokens that the app got for itself (client credentials) are not among them.',
    ],
    byHand: {
      where: 'Okta Admin Console > Applications > the app',
      steps: [
        'There is no page that does it at once: deactivate the app, or revoke the tokens person by person under Directory > People',
        'Activate the app again once its client secret is replaced',
      ],
      record: 'the app’s id, what was done, the time',
    },
  },
);

export const revokeGrants = removing<UserInput>(
  {
    vendor: okta,
    what: 'the grants of the user',
    find: async ({ user }, outside) => await emptied(`/api/v1/users/${user}/grants`, 'grants', outside),
    end: ({ user }) => ({ method: 'DELETE', path: `/api/v1/users/${user}/grants` }),
  },
  {
    title: 'Revoke all consents a user gave to apps',
    confidence: 'confirmed',
    scopes: ['okta.users.manage'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'Apps that the person let in by consent are out, with their tokens, until the person consents again.',
    ],
    byHand: {
      where: 'Okta Admin Console > Directory > People > the person > Applications',
      steps: ['Revoke each consent that is listed', 'Reload and see that none is left'],
      record: 'which apps had a consent, the time',
    },
  },
);

const keptOf = (row: Json): Json => {
  const { success, data } = tokenSchema.safeParse(row);
  if (!success) return {};
  const { id, name, userId, created } = data;
  return { id: cut(id, 60), name: cut(name, 80), user: cut(userId, 60), created: cut(created, 40) };
};

const findToken = async ({ token }: TokenInput, outside: Outside): Promise<Found> =>
  await rowIn(
    { vendor: okta, walk: walk('/api/v1/api-tokens'), name: 'Okta’s list of API tokens' },
    outside,
    (row) => hasId(row, 'id', token),
    (row) => ({
      kept: keptOf(row),
      remarks: [
        'if it is the token firebreak itself works with, its other steps at Okta are by hand afterwards',
      ],
    }),
  );

export const deleteApiToken = removing<TokenInput>(
  {
    vendor: okta,
    what: 'the API token',
    find: findToken,
    end: ({ token }) => ({ method: 'DELETE', path: `/api/v1/api-tokens/${token}` }),
  },
  {
    title: 'Delete an API token',
    confidence: 'confirmed',
    scopes: ['okta.apiTokens.manage'],
    secrets: ['token'],
    input: tokenInput,
    breaks: ['Whatever uses this token is refused by Okta at once.'],
    byHand: {
      where: 'Okta Admin Console > Security > API > Tokens',
      steps: ['Find the token by its name and owner', 'Choose Revoke', 'Reload: it is gone'],
      record: 'the token’s id, name and owner, the time',
    },
  },
);
