import { z } from 'zod';
import { call } from '../call.ts';
import { making } from '../making.ts';
import type { Making } from '../making.ts';
import { basic, textAt } from '../vendor.ts';
import { account, family } from './api.ts';
import { SECONDARY } from './auth-token.ts';

/**
 * A secondary Auth Token beside the leaked one. There is one place for it: whatever stands in it, a thief’s or that of a try
 * before, goes first. It takes the place of the old one when it is promoted.
 */

type None = Record<string, never>;

const token: Making<None> = {
  vendor: family('accounts'),
  what: 'the secondary Auth Token',
  marked: async () => await Promise.resolve({ ids: ['secondary'] }),
  make: async () => await Promise.resolve({ method: 'POST', path: SECONDARY }),
  of: ({ json }) => {
    const secret = textAt(json, 'secondary_auth_token');
    return secret === '' ? null : { id: 'secondary', secret };
  },
  end: () => [{ method: 'DELETE', path: SECONDARY }],
  use: async (secret, _input, outside) =>
    await call(outside, {
      method: 'GET',
      path: `/2010-04-01/Accounts/${account(outside)}.json`,
      headers: basic(account(outside), secret),
    }),
  ends: 'promote-auth-token',
};

export const makeAuthToken = making<None>(token, {
  title: 'Make a secondary Auth Token',
  confidence: 'confirmed',
  scopes: ['an API key of type Main'],
  secrets: ['password'],
  input: z.object({}) as z.ZodType<None>,
  breaks: [
    'A secondary token that is there already is thrown away: a thief may have made it.',
    'Webhook signatures are made with the new one once it is promoted: receivers must know both until then.',
  ],
  byHand: {
    where: 'console.twilio.com > Account > API keys & tokens > Auth tokens',
    steps: [
      'If there is a secondary token that nobody of you made, delete it first',
      'Create a secondary token, and do not promote it yet',
    ],
    record: 'the time, who made it',
  },
});
