import { z } from 'zod';
import { cut } from '../several.ts';
import { flag, pausing } from '../thing.ts';
import { auth0 } from './api.ts';
import { clientInput, grantInput, streamInput, userInput } from './schema.ts';
import type { ClientInput, GrantInput, StreamInput, UserInput } from './schema.ts';

/** What Auth0 lets be switched off and on again. Access tokens that are out already live on until they expire. */

const STILL = 'Access tokens that were issued already (JWT) are accepted until they expire.';

export const blockUser = pausing<UserInput, Readonly<{ blocked: boolean }>>(
  flag({
    vendor: auth0,
    what: 'the user',
    path: ({ user }) => `/api/v2/users/${encodeURIComponent(user)}`,
    // A user who was never blocked has no such field.
    state: z.object({ blocked: z.boolean().default(false) }),
    off: { blocked: true },
    method: 'PATCH',
    says: { on: 'Auth0 shows the user as not blocked', off: 'Auth0 shows the user as blocked' },
  }),
  {
    title: 'Block a user',
    confidence: 'confirmed',
    scopes: ['update:users'],
    secrets: ['token'],
    input: userInput,
    breaks: ['The person cannot sign in any more. Sessions and refresh tokens go on: end them too.', STILL],
    byHand: {
      where: 'manage.auth0.com > User Management > Users',
      steps: ['Open the user', 'Actions > Block', 'Reload and see Blocked'],
      record: 'the user’s id, the time',
    },
  },
);

export const pauseClient = pausing<ClientInput, Readonly<{ grant_types: readonly string[] }>>(
  flag({
    vendor: auth0,
    what: 'the application',
    path: ({ client }) => `/api/v2/clients/${client}`,
    // An application that was never given any may use all of them: only a list that is there can be empty.
    state: z.object({ grant_types: z.array(z.string()) }),
    off: { grant_types: [] },
    method: 'PATCH',
    remarks: ({ grant_types: grants }) => [`it may use: ${cut(grants.join(', '))}`],
    says: {
      on: 'Auth0 shows the application with ways to get tokens',
      off: 'Auth0 shows the application with no way to get a token',
    },
  }),
  {
    title: 'Pause an application',
    confidence: 'confirmed',
    scopes: ['update:clients'],
    secrets: ['token'],
    input: clientInput,
    breaks: [
      'The application gets no new tokens: nobody signs in through it, no service works as it.',
      STILL,
    ],
    byHand: {
      where: 'manage.auth0.com > Applications > the application > Settings > Advanced > Grant Types',
      steps: ['Write down which grants are ticked', 'Take every tick away and save', 'Reload and see none'],
      record: 'the client id, the grants as they were, the time',
    },
  },
);

export const pauseGrant = pausing<GrantInput, Readonly<{ scope: readonly string[] }>>(
  flag({
    vendor: auth0,
    what: 'the client grant',
    path: ({ grant }) => `/api/v2/client-grants/${grant}`,
    state: z.object({ scope: z.array(z.string()) }),
    off: { scope: [] },
    method: 'PATCH',
    remarks: ({ scope }) => [`it may: ${cut(scope.join(', '))}`],
    says: { on: 'Auth0 shows the grant with scopes', off: 'Auth0 shows the grant with no scope' },
  }),
  {
    title: 'Empty a machine’s grant',
    confidence: 'confirmed',
    scopes: ['update:client_grants'],
    secrets: ['token'],
    input: grantInput,
    breaks: ['The service gets tokens with which it may do nothing at this API.', STILL],
    byHand: {
      where: 'manage.auth0.com > Applications > APIs > the API > Machine to Machine Applications',
      steps: ['Open the application’s row and write its scopes down', 'Take every scope away', 'Update'],
      record: 'the grant’s id, its scopes as they were, the time',
    },
  },
);

export const pauseLogStream = pausing<StreamInput, Readonly<{ status: string }>>(
  flag({
    vendor: auth0,
    what: 'the log stream',
    path: ({ stream }) => `/api/v2/log-streams/${stream}`,
    state: z.object({ status: z.string() }),
    off: { status: 'paused' },
    method: 'PATCH',
    says: { on: 'Auth0 shows the log stream as not paused', off: 'Auth0 shows the log stream as paused' },
  }),
  {
    title: 'Pause a log stream',
    confidence: 'confirmed',
    scopes: ['update:log_streams'],
    secrets: ['token'],
    input: streamInput,
    breaks: [
      'Sign-ins and changes no longer reach its receiver, your own monitoring included if that is it.',
    ],
    byHand: {
      where: 'manage.auth0.com > Monitoring > Streams',
      steps: ['Open the stream', 'Choose Pause', 'Reload and see Paused'],
      record: 'the stream’s id, the time',
    },
  },
);
