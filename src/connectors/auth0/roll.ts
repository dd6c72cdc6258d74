import { z } from 'zod';
import { call } from '../call.ts';
import { rolling } from '../rolling.ts';
import { textAt } from '../vendor.ts';
import { auth0 } from './api.ts';

/** A new client secret by API, where the service gets it at once: Auth0 ends the old one in the same moment. */

type ClientInput = Readonly<{ client: string }>;

export const rollSecret = rolling<ClientInput>(
  {
    vendor: auth0,
    what: 'the client secret',
    roll: ({ client }) => ({ method: 'POST', path: `/api/v2/clients/${client}/rotate-secret` }),
    of: ({ json }) => textAt(json, 'client_secret'),
    id: ({ client }) => client,
    use: async (secret, { client }, outside) =>
      await call(outside, {
        method: 'POST',
        path: '/oauth/token',
        json: { grant_type: 'client_credentials', client_id: client, client_secret: secret },
      }),
  },
  {
    title: 'Roll an application’s client secret',
    confidence: 'confirmed',
    scopes: ['update:client_keys'],
    secrets: ['token'],
    input: z.object({ client: z.string().regex(/^\w{10,64}$/, 'the client’s id') }),
    breaks: [
      'Whatever signs in with the old secret is refused at once. Not for clients that come with a private key.',
    ],
    byHand: {
      where: 'manage.auth0.com > Applications > the application > Settings > Danger Zone',
      steps: ['Choose Rotate secret', 'Give the new one to the service, not through chat or mail'],
      record: 'the client id, the time, which service got the new secret',
    },
  },
);
