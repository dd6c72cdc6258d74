import type { Json } from '../../base/canonical.ts';
import type { Outside } from '../connector.ts';
import { anyIn, hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { walk, zendesk } from './api.ts';
import { tokenInput, tokenSchema, userInput } from './schema.ts';
import type { TokenInput, UserInput } from './schema.ts';

/** What Zendesk ends for good: OAuth tokens and people's sessions. */

/** Of a token Zendesk shows the first ten characters: enough to match a leak, and not kept. */
const keptOf = (row: Json): Json => {
  const { data } = tokenSchema.safeParse(row);
  return data === undefined
    ? {}
    : {
        id: data.id,
        user: data.user_id,
        client: data.client_id,
        scopes: data.scopes.map((one) => cut(one, 60)),
      };
};

const findToken = async ({ token }: TokenInput, outside: Outside): Promise<Found> =>
  await rowIn(
    {
      vendor: zendesk,
      walk: walk('/api/v2/oauth/tokens', 'tokens', { all: 'true' }),
      name: 'Zendesk’s list of OAuth tokens',
    },
    outside,
    (row) => hasId(row, 'id', token),
    (row) => ({ kept: keptOf(row) }),
  );

export const revokeToken = removing<TokenInput>(
  {
    vendor: zendesk,
    what: 'the OAuth token',
    find: findToken,
    end: ({ token }) => ({ method: 'DELETE', path: `/api/v2/oauth/tokens/${token}` }),
  },
  {
    title: 'Revoke an OAuth token',
    confidence: 'confirmed',
    scopes: ['write, as an administrator'],
    secrets: ['token'],
    input: tokenInput,
    breaks: [
      'Whatever uses this token is refused at once. Its maker’s client can ask for a new one if a person consents.',
    ],
    byHand: {
      where: 'Admin Center > Apps and integrations > APIs > OAuth clients',
      steps: [
        'Open the client the token belongs to',
        'Generate a new secret for it, or delete it: its tokens end',
        'Save',
      ],
      record: 'the client, the token’s number, the time',
    },
  },
);

const findSessions = async ({ user }: UserInput, outside: Outside): Promise<Found> =>
  await anyIn(
    {
      vendor: zendesk,
      walk: walk(`/api/v2/users/${user}/sessions`, 'sessions'),
      name: 'Zendesk’s list of this person’s sessions',
    },
    outside,
    ({ length: count }) => ({ kept: { sessions: count }, remarks: [`there are ${count} sessions`] }),
  );

export const endSessions = removing<UserInput>(
  {
    vendor: zendesk,
    what: 'the sessions of the user',
    find: findSessions,
    end: ({ user }) => ({ method: 'DELETE', path: `/api/v2/users/${user}/sessions` }),
  },
  {
    title: 'End all sessions of a user',
    confidence: 'confirmed',
    scopes: ['write, as an administrator'],
    secrets: ['token'],
    input: userInput,
    breaks: ['The person is signed out everywhere and must sign in again. Tokens for the API go on working.'],
    byHand: {
      where: 'Admin Center > People > Team members > the person > Security',
      steps: ['Look at Devices and applications', 'End each session', 'Reload and see that none is left'],
      record: 'the person’s number, how many sessions there were, the time',
    },
  },
);
