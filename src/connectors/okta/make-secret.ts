import type { Outside } from '../connector.ts';
import { call } from '../call.ts';
import { making } from '../making.ts';
import type { Making } from '../making.ts';
import { hasId, rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import { cut, HIDDEN } from '../several.ts';
import { basic, pages, textAt } from '../vendor.ts';
import { okta, walk } from './api.ts';
import { secretInput } from './schema.ts';
import type { SecretInput } from './schema.ts';

/**
 * A second client secret of an app, and the end of the first. Okta takes a text of our own, so that one whose answer was lost is
 * known by how it begins; the rest of it is random. An app has two at most.
 */

const secretsOf = (app: string): string => `/api/v1/apps/${app}/credentials/secrets`;

/** "firebreak 0123..." as a secret may be written. */
const beginning = (mark: string): string => `${mark.replace(' ', '-')}-`;
const RANDOM_BYTES = 32;

const listed = async ({ app }: SecretInput, outside: Outside) =>
  await pages(okta, outside, walk(secretsOf(app)), 'listing the client secrets');

const MOST = 2;

const secret: Making<SecretInput> = {
  vendor: okta,
  what: 'the client secret',
  own: { make: ({ random }) => Buffer.from(random.bytes(RANDOM_BYTES)).toString('base64url'), sent: true },
  async marked(mark, input, outside) {
    const found = await listed(input, outside);
    if ('refusal' in found) return found;
    return {
      ids: found.rows.flatMap((row) =>
        textAt(row, 'client_secret').startsWith(beginning(mark)) ? [textAt(row, 'id')] : [],
      ),
    };
  },
  async make(mark, input, outside, own) {
    const found = await listed(input, outside);
    if ('refusal' in found) return found;
    if (found.rows.length >= MOST)
      return {
        refusal: {
          result: 'failed',
          detail:
            'the app has two client secrets already, and Okta takes no third: delete the one that nobody uses first',
        },
      };
    const text = own === HIDDEN ? HIDDEN : `${beginning(mark)}${own}`;
    return { method: 'POST', path: secretsOf(input.app), json: { client_secret: text } };
  },
  of: ({ json }) => {
    const [id, text] = [textAt(json, 'id'), textAt(json, 'client_secret')];
    return id === '' || text === '' ? null : { id, secret: text };
  },
  // Only an inactive one can be deleted.
  end: (id, { app }) => [
    { method: 'POST', path: `${secretsOf(app)}/${id}/lifecycle/deactivate` },
    { method: 'DELETE', path: `${secretsOf(app)}/${id}` },
  ],
  // Asking about a token that is none tells nothing and changes nothing; but only the app itself may ask.
  use: async (text, { app }, outside) =>
    await call(outside, {
      method: 'POST',
      path: '/oauth2/v1/introspect',
      headers: basic(app, text),
      form: { token: 'none', token_type_hint: 'access_token' },
    }),
};

const SCOPES = ['okta.apps.manage'];
const WHERE = 'Okta Admin Console > Applications > the app > General > Client Credentials';

export const makeSecret = making<SecretInput>(secret, {
  title: 'Make a second client secret for an app',
  confidence: 'unconfirmed',
  scopes: SCOPES,
  secrets: ['token'],
  input: secretInput,
  breaks: [
    'Nothing: both secrets are accepted until the old one is ended. For apps that sign in with a secret, and whose client id is the app’s id.',
  ],
  byHand: {
    where: WHERE,
    steps: ['Generate new secret: the old one goes on working', 'Give the new one to the service'],
    record: 'the app, the id of the new secret, the time',
  },
});

export const deleteSecret = removing<SecretInput>(
  {
    vendor: okta,
    what: 'the client secret',
    find: async (input, outside) =>
      await rowIn(
        { vendor: okta, walk: walk(secretsOf(input.app)), name: 'Okta’s list of the app’s client secrets' },
        outside,
        (row) => hasId(row, 'id', input.secret),
        (row, count) => ({
          kept: { id: input.secret, status: cut(textAt(row, 'status'), 20) },
          remarks: count < MOST ? ['it is the only one: Okta refuses to end it before there is another'] : [],
        }),
      ),
    first: (kept, { app, secret: id }) =>
      textAt(kept, 'status') === 'INACTIVE'
        ? null
        : { method: 'POST', path: `${secretsOf(app)}/${id}/lifecycle/deactivate` },
    end: ({ app, secret: id }) => ({ method: 'DELETE', path: `${secretsOf(app)}/${id}` }),
  },
  {
    title: 'Delete an app’s client secret',
    confidence: 'confirmed',
    scopes: SCOPES,
    secrets: ['token'],
    input: secretInput,
    breaks: ['Whatever signs in with this secret is refused for good. It is switched off first.'],
    byHand: {
      where: WHERE,
      steps: ['Choose Deactivate at the leaked one', 'Choose Delete', 'Reload and see that it is gone'],
      record: 'the app, the secret’s id, the time',
    },
  },
);
