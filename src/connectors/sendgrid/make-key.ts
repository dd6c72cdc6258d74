import { call } from '../call.ts';
import { making } from '../making.ts';
import type { Making } from '../making.ts';
import { rowsIn, succeeded, textAt, under } from '../vendor.ts';
import { sendgrid } from './api.ts';
import { keyInput, keySchema } from './schema.ts';
import type { KeyInput } from './schema.ts';

/** A new API key with the rights of the old one, read off it before. */

const key: Making<KeyInput> = {
  vendor: sendgrid,
  what: 'the API key',
  async marked(mark, _input, outside) {
    const answer = await sendgrid.ask(outside, { method: 'GET', path: '/v3/api_keys' });
    if (!succeeded(answer)) return { refusal: sendgrid.refused(answer, 'listing the keys') };
    const rows = rowsIn(under(answer.json, 'result'));
    if (rows === null) return { refusal: { result: 'failed', detail: 'the answer shows no list of keys' } };
    return {
      ids: rows.filter((row) => textAt(row, 'name') === mark).map((row) => textAt(row, 'api_key_id')),
    };
  },
  async make(mark, { key: old }, outside) {
    const answer = await sendgrid.ask(outside, { method: 'GET', path: `/v3/api_keys/${old}` });
    const { data } = keySchema.safeParse(answer.json);
    if (!succeeded(answer) || data?.scopes === undefined)
      return { refusal: sendgrid.refused(answer, 'reading the rights of the old key') };
    return { method: 'POST', path: '/v3/api_keys', json: { name: mark, scopes: [...data.scopes] } };
  },
  of: ({ json }) => {
    const [id, secret] = [textAt(json, 'api_key_id'), textAt(json, 'api_key')];
    return id === '' || secret === '' ? null : { id, secret };
  },
  end: (id) => [{ method: 'DELETE', path: `/v3/api_keys/${id}` }],
  // Any key may ask what it may do.
  use: async (secret, _input, outside) =>
    await call(outside, {
      method: 'GET',
      path: '/v3/scopes',
      headers: { authorization: `Bearer ${secret}` },
    }),
};

export const makeKey = making<KeyInput>(key, {
  title: 'Make a new API key',
  confidence: 'unconfirmed',
  scopes: ['api_keys.create, and every scope that the old key has: a key cannot give what it does not hold'],
  secrets: ['api_key'],
  input: keyInput,
  breaks: ['Nothing: it stands beside the old one, with the same rights.'],
  byHand: {
    where: 'app.sendgrid.com > Settings > API Keys',
    steps: ['Open the old key and read its permissions', 'Create a key with the same ones: it is shown once'],
    record: 'the new key’s id and name, its permissions, the time',
  },
});
