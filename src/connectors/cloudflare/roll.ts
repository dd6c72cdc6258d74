import { call } from '../call.ts';
import { rolling } from '../rolling.ts';
import { ownSecret } from '../suspects.ts';
import { textAt } from '../vendor.ts';
import { cloudflare, resultOf } from './api.ts';
import { tokenInput } from './schema.ts';
import type { TokenInput } from './schema.ts';

/** An API token with the same rights and another text. Cloudflare ends the old text at once. */
export const rollToken = rolling<TokenInput>(
  {
    vendor: cloudflare,
    what: 'the API token',
    roll: ({ token }) => ({ method: 'PUT', path: `/user/tokens/${token}/value`, json: {} }),
    of: ({ json }) => textAt(json, 'result'),
    id: ({ token }) => token,
    use: async (secret, _input, outside) =>
      await call(outside, {
        method: 'GET',
        path: '/user/tokens/verify',
        headers: { authorization: `Bearer ${secret}` },
      }),
    async obstacle({ token }, outside) {
      const own = await ownSecret(outside, 'token');
      if (own === null) return null;
      const answer = await cloudflare.ask(outside, { method: 'GET', path: '/user/tokens/verify' });
      return textAt(resultOf(answer), 'id') === token
        ? 'this is the token firebreak itself works with: give it another one first'
        : null;
    },
  },
  {
    title: 'Roll an API token',
    confidence: 'confirmed',
    scopes: ['API Tokens: Edit (of the user)'],
    secrets: ['token'],
    input: tokenInput,
    breaks: ['Whatever uses the old text is refused within seconds. The rights stay the same.'],
    byHand: {
      where: 'dash.cloudflare.com > My Profile > API Tokens',
      steps: [
        'Find the token',
        'Choose Roll in its menu',
        'Give the new text to the service: it is shown once',
      ],
      record: 'the token’s id and name, the time, which service got the new text',
    },
  },
);
