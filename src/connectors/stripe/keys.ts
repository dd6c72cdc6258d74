import { z } from 'zod';
import { allRefused, byPerson } from '../by-hand.ts';
import { call } from '../call.ts';

/** Stripe lets nobody roll or end a key through its API; whether one is dead it tells whoever comes with it. */

export const rollKey = byPerson<Record<string, never>>({
  title: 'Roll a leaked API key',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['a person with the Developer or the Administrator role'],
  secrets: [],
  input: z.object({}) as z.ZodType<Record<string, never>>,
  needsSuspect: true,
  breaks: ['Whatever uses this key is refused by Stripe until it has the new one: payments first of all.'],
  byHand: {
    where: 'dashboard.stripe.com > Developers > API keys, for live and for test mode',
    steps: [
      'Find the key by its last four characters and write down its name and its last use',
      'Choose Roll key in its menu, with expiry "now"; keep the new key out of chat and mail',
      'Give the new key to the services that need it',
      'Come back here: the old key is tried once more and must be refused',
    ],
    record: 'the key’s name and last four characters, its last use, the time, which services got the new one',
  },
  prove: async (_input, outside) =>
    await allRefused(
      outside,
      'GET /v1/balance',
      async (token) =>
        await call(outside, {
          method: 'GET',
          path: '/v1/balance',
          headers: { authorization: `Bearer ${token.use()}` },
        }),
    ),
});
