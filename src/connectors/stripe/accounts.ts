import type { Json } from '../../base/canonical.ts';
import { cut } from '../several.ts';
import { removing } from '../removal.ts';
import type { Found, Removal } from '../removal.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { atHost, succeeded } from '../vendor.ts';
import { errorOf, stripe } from './api.ts';
import { accountInput, accountSchema } from './schema.ts';
import type { AccountInput } from './schema.ts';

/** A connected account that must not act through our platform any more. */

const keptOf = (json: Json): Json => {
  const { success, data } = accountSchema.safeParse(json);
  return success ? { id: cut(data.id, 80), type: data.type, country: data.country } : {};
};

/** Stripe's own words for an account that our platform may not speak for: 403 with this code. */
const isCutOff = (answer: CallAnswer): boolean =>
  answer.status === 403 && errorOf(answer).code === 'account_invalid';

const find = async ({ account }: AccountInput, outside: Outside): Promise<Found> => {
  const answer = await stripe.ask(outside, { method: 'GET', path: `/v1/accounts/${account}` });
  if (succeeded(answer)) return { is: 'there', kept: keptOf(answer.json) };
  if (!isCutOff(answer)) return { is: 'hidden', refusal: stripe.refused(answer, 'looking for the account') };
  // The same words would be used of a key that may see no account at all, so our own must answer.
  const own = await stripe.ask(outside, { method: 'GET', path: '/v1/balance' });
  return succeeded(own)
    ? { is: 'gone', how: 'Stripe lets our key in and refuses it this account: it is not connected' }
    : { is: 'hidden', refusal: stripe.refused(own, 'trying our own key') };
};

const removal: Removal<AccountInput> = {
  vendor: {
    ...stripe,
    // Connect has a host of its own; a simulator and a proxy answer for both.
    ask: async (outside, request) =>
      await stripe.ask(
        request.path === '/oauth/deauthorize'
          ? atHost(outside, 'https://api.stripe.com', 'https://connect.stripe.com')
          : outside,
        request,
      ),
  },
  what: 'the connection',
  find,
  end: ({ account }, outside) => ({
    method: 'POST',
    path: '/oauth/deauthorize',
    form: { client_id: String(outside.config['client_id'] ?? ''), stripe_user_id: account },
  }),
};

export const deauthorizeAccount = removing<AccountInput>(removal, {
  title: 'Cut a connected account off',
  confidence: 'confirmed',
  scopes: ['the platform’s secret key; a restricted key cannot'],
  secrets: ['api_key'],
  input: accountInput,
  breaks: [
    'Our platform can no longer act for this account, and its events stop. The account itself goes on; its owner must connect it again.',
  ],
  byHand: {
    where: 'dashboard.stripe.com > Connect > Accounts',
    steps: ['Open the account with this id', 'Choose Remove account in its menu', 'Reload: it is gone'],
    record: 'the account’s id, the time, who decided it',
  },
});
