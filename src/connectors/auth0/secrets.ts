import { z } from 'zod';
import { allRefused, byPerson } from '../by-hand.ts';
import { call } from '../call.ts';

/**
 * A client secret is replaced by an API call whose answer is the new secret. It has to reach the service before the old one
 * ends, so it is a person's work here; that the old one is dead is proved by asking for a token with it.
 */
export const rotateSecret = byPerson<Readonly<{ client: string }>>({
  title: 'Rotate an application’s client secret',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['update:client_keys'],
  secrets: [],
  input: z.object({ client: z.string().regex(/^\w{10,64}$/, 'the client’s id') }),
  needsSuspect: true,
  breaks: [
    'Whatever signs in with the old secret is refused at once: have the new one ready to be put in place.',
  ],
  byHand: {
    where: 'manage.auth0.com > Applications > the application > Settings > Danger Zone',
    steps: [
      'Choose Rotate secret and give the new one to the service, not through chat or mail',
      'Come back here: the old secret is tried once more and must be refused',
    ],
    record: 'the client id, the time, which service got the new secret',
  },
  prove: async ({ client }, outside) =>
    await allRefused(
      outside,
      'POST /oauth/token',
      async (secret) =>
        await call(outside, {
          method: 'POST',
          path: '/oauth/token',
          json: { grant_type: 'client_credentials', client_id: client, client_secret: secret.use() },
        }),
    ),
});
