import type { Json } from '../../base/canonical.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { hasId } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found, Removal } from '../removal.ts';
import { cut } from '../several.ts';
import { pages, succeeded } from '../vendor.ts';
import { account, twilio, walk } from './api.ts';
import { keyInput, keySchema } from './schema.ts';
import type { KeyInput } from './schema.ts';

/** API keys: they cannot be switched off, only deleted; access tokens that were signed with one end with it (from memory). */

const keysOf = (outside: Outside, { account: whose }: KeyInput): string =>
  `/2010-04-01/Accounts/${whose ?? account(outside)}/Keys`;

const kept = ({ json }: CallAnswer): Json => {
  const { success, data } = keySchema.safeParse(json);
  return success
    ? {
        sid: cut(data.sid, 40),
        name: cut(data.friendly_name ?? '', 80),
        created: cut(data.date_created ?? '', 60),
      }
    : {};
};

const find = async (input: KeyInput, outside: Outside): Promise<Found> => {
  const path = keysOf(outside, input);
  const answer = await twilio.ask(outside, { method: 'GET', path: `${path}/${input.key}.json` });
  if (succeeded(answer)) return { is: 'there', kept: kept(answer) };
  const refusal = twilio.refused(answer, 'looking for the key');
  if (answer.status !== 404) return { is: 'hidden', refusal };
  const all = await pages(twilio, outside, walk(`${path}.json`, 'keys'), 'listing the keys');
  if ('refusal' in all) return { is: 'hidden', refusal: all.refusal };
  return all.complete && all.rows.every((row) => hasId(row, 'sid', input.key) === false)
    ? { is: 'gone', how: 'Twilio’s list of keys can be read and does not hold it' }
    : { is: 'hidden', refusal };
};

const removal: Removal<KeyInput> = {
  vendor: twilio,
  what: 'the API key',
  find,
  end: (input, outside) => ({ method: 'DELETE', path: `${keysOf(outside, input)}/${input.key}.json` }),
  obstacle: async ({ key }, outside) =>
    await Promise.resolve(
      outside.config['key'] === key
        ? 'this is the key firebreak itself works with: give it another one first, then delete this'
        : null,
    ),
};

export const deleteKey = removing<KeyInput>(removal, {
  title: 'Delete an API key',
  confidence: 'confirmed',
  scopes: ['the main account’s Auth Token, or an API key of type Main'],
  secrets: ['password'],
  input: keyInput,
  breaks: [
    'Whatever uses this key is refused at once, and so are the access tokens that were signed with it.',
  ],
  byHand: {
    where: 'console.twilio.com > Account > API keys & tokens',
    steps: [
      'Find the key with this SID and write down its name',
      'Delete it',
      'Reload: it is gone from the list',
    ],
    record: 'the key’s SID and name, the time, which services used it',
  },
});
