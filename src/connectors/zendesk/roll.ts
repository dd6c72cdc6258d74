import { call } from '../call.ts';
import type { Outside } from '../connector.ts';
import type { Used } from '../making.ts';
import { rolling } from '../rolling.ts';
import { cut } from '../several.ts';
import { succeeded, textAt, under } from '../vendor.ts';
import { zendesk } from './api.ts';
import { clientInput, webhookInput } from './schema.ts';
import type { ClientInput, WebhookInput } from './schema.ts';

/** The two secrets that Zendesk makes anew by API: that of an OAuth client, and the one that a webhook signs with. */

/**
 * A code that is none is refused of whoever signs in rightly as well; but then it is the code that is refused, and not the client
 * (RFC 6749, 5.2). Nothing is made by the question.
 */
const useOfClient = async (secret: string, { client }: ClientInput, outside: Outside): Promise<Used> => {
  const path = `/api/v2/oauth/clients/${client}`;
  const known = await zendesk.ask(outside, { method: 'GET', path });
  const name = textAt(under(known.json, 'client'), 'identifier');
  if (!succeeded(known) || name === '')
    return { is: 'unproved', how: `reading the client’s name answered ${known.status}` };
  const answer = await call(outside, {
    method: 'POST',
    path: '/oauth/tokens',
    json: { grant_type: 'authorization_code', code: 'none', client_id: name, client_secret: secret },
  });
  const { status: http } = answer;
  const error = cut(textAt(answer.json, 'error'), 60);
  const how = `asking for a token with it and a code that is none answered ${http} ${error}`.trim();
  if (error === 'invalid_grant') return { is: 'proved', how, http };
  return { is: error === 'invalid_client' ? 'refuted' : 'unproved', how, http };
};

export const rollClientSecret = rolling<ClientInput>(
  {
    vendor: zendesk,
    what: 'the client secret',
    roll: ({ client }) => ({ method: 'PUT', path: `/api/v2/oauth/clients/${client}/generate_secret` }),
    of: ({ json }) => textAt(under(json, 'client'), 'secret'),
    id: ({ client }) => client,
    use: useOfClient,
  },
  {
    title: 'Roll an OAuth client’s secret',
    confidence: 'unconfirmed',
    scopes: ['write, as an administrator'],
    secrets: ['token'],
    input: clientInput,
    breaks: [
      'Whatever asks for tokens with the old secret is refused at once. Tokens that are out go on working: revoke those that leaked.',
    ],
    byHand: {
      where: 'Admin Center > Apps and integrations > APIs > OAuth clients',
      steps: [
        'Open the client',
        'Choose Regenerate at its secret and save',
        'Give the new one to the service',
      ],
      record: 'the client’s number and name, the time, which service got the new secret',
    },
  },
);

const secretOf = ({ webhook }: WebhookInput): string => `/api/v2/webhooks/${webhook}/signing_secret`;

/** Zendesk shows what it signs with, so the question is whether this is it. */
const useOfWebhook = async (secret: string, input: WebhookInput, outside: Outside): Promise<Used> => {
  const answer = await zendesk.ask(outside, { method: 'GET', path: secretOf(input) });
  const now = textAt(under(answer.json, 'signing_secret'), 'secret');
  if (!succeeded(answer) || now === '')
    return {
      is: 'unproved',
      how: `reading what it signs with answered ${answer.status}`,
      http: answer.status,
    };
  return now === secret
    ? { is: 'proved', how: 'Zendesk signs with it', http: 200 }
    : { is: 'refuted', how: 'Zendesk signs with another one', http: 200 };
};

export const rollSigningSecret = rolling<WebhookInput>(
  {
    vendor: zendesk,
    what: 'the signing secret',
    roll: (input) => ({ method: 'POST', path: secretOf(input) }),
    of: ({ json }) => textAt(under(json, 'signing_secret'), 'secret'),
    id: ({ webhook }) => webhook,
    use: useOfWebhook,
  },
  {
    title: 'Roll the secret that a webhook signs with',
    confidence: 'unconfirmed',
    scopes: ['write, as an administrator'],
    secrets: ['token'],
    input: webhookInput,
    breaks: [
      'The receiver refuses what Zendesk sends until it has the new secret; what it refused is not all sent again.',
    ],
    byHand: {
      where: 'Admin Center > Apps and integrations > Webhooks > the webhook > Signing secret',
      steps: ['Choose Reset secret', 'Give the new one to the receiver'],
      record: 'the webhook’s id, the time, which receiver got the new secret',
    },
  },
);
