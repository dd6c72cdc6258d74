import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Outside } from '../connector.ts';
import { hasId } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { rowsIn, succeeded, under } from '../vendor.ts';
import { sendgrid } from './api.ts';
import { keyInput, keySchema } from './schema.ts';
import type { KeyInput } from './schema.ts';

/** API keys: narrowed to reading one's own name and back, which keeps the key's text; or deleted. */

/** A key needs some scope; this one reads the name of the account and nothing else. */
const HARMLESS = ['user.profile.read'] as const;

const state = z.object({ name: z.string(), scopes: z.array(z.string()) });
type State = z.infer<typeof state>;

const path = ({ key }: KeyInput): string => `/v3/api_keys/${key}`;

const narrowed: Thing<KeyInput, State> = {
  vendor: sendgrid,
  what: 'the API key',
  state,
  ask: (input) => ({ method: 'GET', path: path(input) }),
  of({ json }) {
    const { success, data } = keySchema.safeParse(json);
    // Without its scopes it may do everything, for all that is known.
    return success && data.scopes !== undefined ? { name: data.name, scopes: data.scopes.toSorted() } : null;
  },
  isOff: ({ scopes }) => scopes.every((scope) => (HARMLESS as readonly string[]).includes(scope)),
  off: ({ name }) => ({ name, scopes: [...HARMLESS] }),
  turn: ({ name, scopes }, input) => ({ method: 'PUT', path: path(input), json: { name, scopes } }),
  remarks: ({ scopes }) => [`it may: ${cut(scopes.join(', '))}`],
  says: {
    on: 'SendGrid shows the key with scopes that can send or read',
    off: 'SendGrid shows the key with no scope but reading the account’s name',
  },
};

export const pauseKey = pausing<KeyInput, State>(narrowed, {
  title: 'Pause an API key',
  confidence: 'confirmed',
  scopes: ['api_keys.update, and every scope that the key has: a key cannot give back what it does not hold'],
  secrets: ['api_key'],
  input: keyInput,
  breaks: [
    'Whatever uses this key is refused when it sends, within a minute. The key’s text stays the same.',
  ],
  byHand: {
    where: 'app.sendgrid.com > Settings > API Keys',
    steps: [
      'Open the key and write down every permission it has',
      'Set it to Custom Access with nothing but reading the profile; save',
      'Send a test with the key: it must be refused',
    ],
    record: 'the key’s id and name, its permissions as they were, the time',
  },
});

const find = async (input: KeyInput, outside: Outside): Promise<Found> => {
  const answer = await sendgrid.ask(outside, { method: 'GET', path: path(input) });
  if (succeeded(answer)) {
    const { data } = keySchema.safeParse(answer.json);
    const kept: Json = { id: input.key, name: cut(data?.name ?? '', 80), scopes: [...(data?.scopes ?? [])] };
    return { is: 'there', kept };
  }
  const refusal = sendgrid.refused(answer, 'looking for the key');
  if (answer.status !== 404) return { is: 'hidden', refusal };
  const all = await sendgrid.ask(outside, { method: 'GET', path: '/v3/api_keys' });
  const rows = rowsIn(under(all.json, 'result'));
  return succeeded(all) && rows?.every((row) => hasId(row, 'api_key_id', input.key) === false) === true
    ? { is: 'gone', how: 'SendGrid’s list of keys can be read and does not hold it' }
    : { is: 'hidden', refusal };
};

export const deleteKey = removing<KeyInput>(
  {
    vendor: sendgrid,
    what: 'the API key',
    find,
    end: (input) => ({ method: 'DELETE', path: path(input) }),
  },
  {
    title: 'Delete an API key',
    confidence: 'confirmed',
    scopes: ['api_keys.delete'],
    secrets: ['api_key'],
    input: keyInput,
    breaks: ['Whatever uses this key is refused for good, after a short delay.'],
    byHand: {
      where: 'app.sendgrid.com > Settings > API Keys',
      steps: ['Find the key and write down its permissions', 'Delete it', 'Reload: it is gone'],
      record: 'the key’s id and name, the time',
    },
  },
);
