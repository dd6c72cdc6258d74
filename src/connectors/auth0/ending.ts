import type { Outside } from '../connector.ts';
import { anyIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { rowsIn, under } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { auth0 } from './api.ts';
import { userInput } from './schema.ts';
import type { UserInput } from './schema.ts';

/** What Auth0 ends for good, later than it says so: both answers are 202. */

const of = (user: string, rest: string): string => `/api/v2/users/${encodeURIComponent(user)}/${rest}`;

/** Lists by checkpoint: `next` is given back as `from`. */
const checkpoints = (path: string, rows: string): Walk => {
  const first = { method: 'GET' as const, path, query: { take: '100' } };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, rows)),
    next: ({ json }) => {
      const next = under(json, 'next');
      return typeof next === 'string' && next !== ''
        ? { ...first, query: { take: '100', from: next } }
        : null;
    },
  };
};

const emptied = async (path: string, rows: string, what: string, outside: Outside): Promise<Found> =>
  await anyIn(
    { vendor: auth0, walk: checkpoints(path, rows), name: `Auth0’s list of the user’s ${what}` },
    outside,
    ({ length: count }) => ({ kept: { count }, remarks: [`there are ${count} ${what}`] }),
  );

export const endSessions = removing<UserInput>(
  {
    vendor: auth0,
    what: 'the sessions of the user',
    find: async ({ user }, outside) => await emptied(of(user, 'sessions'), 'sessions', 'sessions', outside),
    end: ({ user }) => ({ method: 'DELETE', path: of(user, 'sessions') }),
    queued: true,
  },
  {
    title: 'End all sessions of a user',
    confidence: 'confirmed',
    scopes: ['delete:sessions', 'read:sessions for the proof'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'The person must sign in again everywhere. Access tokens that are out are accepted until they expire.',
    ],
    byHand: {
      where: 'manage.auth0.com > User Management > Users > the user > Devices',
      steps: ['Unlink each device', 'Block the user if you cannot see all sessions', 'Reload'],
      record: 'the user’s id, what was ended, the time',
    },
  },
);

export const revokeRefreshTokens = removing<UserInput>(
  {
    vendor: auth0,
    what: 'the refresh tokens of the user',
    find: async ({ user }, outside) =>
      await emptied(of(user, 'refresh-tokens'), 'tokens', 'refresh tokens', outside),
    end: ({ user }) => ({ method: 'DELETE', path: of(user, 'refresh-tokens') }),
    queued: true,
  },
  {
    title: 'Revoke all refresh tokens of a user',
    confidence: 'confirmed',
    scopes: ['delete:refresh_tokens', 'read:refresh_tokens for the proof'],
    secrets: ['token'],
    input: userInput,
    breaks: ['Apps of this person cannot renew their access: they must sign in again.'],
    byHand: {
      where: 'manage.auth0.com > User Management > Users > the user > Authorized Applications',
      steps: ['Revoke each application', 'Reload and see that none is left'],
      record: 'the user’s id, which applications, the time',
    },
  },
);
