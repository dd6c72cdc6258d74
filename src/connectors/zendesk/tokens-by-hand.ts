import { z } from 'zod';
import { allRefused, byPerson } from '../by-hand.ts';
import { call } from '../call.ts';

/** API tokens have no API. They are deactivated, never deleted: no account can make a new one any more. */

export const deactivateApiToken = byPerson<Readonly<{ email: string }>>({
  title: 'Deactivate a leaked API token',
  effect: 'reversible',
  confidence: 'confirmed',
  scopes: ['a person with the role of administrator'],
  secrets: [],
  input: z.object({ email: z.string().max(200).describe('the address the token is used with') }),
  needsSuspect: true,
  breaks: [
    'Whatever uses this token is refused. It can be activated again; deleted it could not be replaced, because no new API token can be made since 27 October 2026.',
  ],
  byHand: {
    where: 'Admin Center > Apps and integrations > APIs > API tokens',
    steps: [
      'Find the token by its name and its last use and write both down',
      'Choose Deactivate; never Delete',
      'Come back here: the token is tried once more and must be refused',
    ],
    record: 'the token’s name, its last use, the time, which services used it',
  },
  prove: async ({ email }, outside) =>
    await allRefused(
      outside,
      'GET /api/v2/account/settings',
      async (token) =>
        await call(outside, {
          method: 'GET',
          path: '/api/v2/account/settings',
          headers: {
            authorization: `Basic ${Buffer.from(`${email}/token:${token.use()}`, 'utf8').toString('base64')}`,
          },
        }),
    ),
});
