import { call } from '../call.ts';
import type { Outside } from '../connector.ts';
import { making } from '../making.ts';
import type { Making } from '../making.ts';
import { basic, pages, textAt } from '../vendor.ts';
import { account, twilio, walk } from './api.ts';
import { newKeyInput } from './schema.ts';
import type { NewKeyInput } from './schema.ts';

/**
 * A new API key. What Twilio shows once is a pair, so that the service is given `SID:secret`, as HTTP Basic writes it; the key of
 * the tool itself stays what it is.
 */

const keysOf = (outside: Outside, { account: whose }: NewKeyInput): string =>
  `/2010-04-01/Accounts/${whose ?? account(outside)}/Keys`;

const key: Making<NewKeyInput> = {
  vendor: twilio,
  what: 'the API key',
  async marked(mark, input, outside) {
    const found = await pages(
      twilio,
      outside,
      walk(`${keysOf(outside, input)}.json`, 'keys'),
      'listing the keys',
    );
    if ('refusal' in found) return found;
    return {
      ids: found.rows.filter((row) => textAt(row, 'friendly_name') === mark).map((row) => textAt(row, 'sid')),
    };
  },
  make: async (mark, input, outside) =>
    await Promise.resolve({
      method: 'POST',
      path: `${keysOf(outside, input)}.json`,
      form: { FriendlyName: mark },
    }),
  of: ({ json }) => {
    const [id, secret] = [textAt(json, 'sid'), textAt(json, 'secret')];
    return id === '' || secret === '' ? null : { id, secret: `${id}:${secret}` };
  },
  end: (id, input, outside) => [{ method: 'DELETE', path: `${keysOf(outside, input)}/${id}.json` }],
  use: async (secret, { account: whose }, outside) => {
    const [user = '', password = ''] = secret.split(':');
    return await call(outside, {
      method: 'GET',
      path: `/2010-04-01/Accounts/${whose ?? account(outside)}/IncomingPhoneNumbers.json`,
      query: { PageSize: '1' },
      headers: basic(user, password),
    });
  },
};

export const makeKey = making<NewKeyInput>(key, {
  title: 'Make a new API key',
  confidence: 'confirmed',
  scopes: ['the main account’s Auth Token, or an API key of type Main'],
  secrets: ['password'],
  input: newKeyInput,
  breaks: [
    'Nothing: it stands beside the old one. It is a standard key; in place of a restricted or a main one make one by hand.',
    'The service is given SID:secret, as HTTP Basic writes it.',
  ],
  byHand: {
    where: 'console.twilio.com > Account > API keys & tokens',
    steps: [
      'Create an API key of the same type as the old one, and name it after the service',
      'Give it as SID:secret: the secret is shown once',
    ],
    record: 'the new key’s SID, its type, the time',
  },
});
