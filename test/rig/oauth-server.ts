import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A real authorisation server (npm's oidc-provider) on 127.0.0.1, with one client that gets tokens for itself. */

export type OauthServer = Readonly<{
  url: string;
  client: Readonly<{ id: string; secret: string }>;
  /** A live access token. */
  issue(): Promise<string>;
  /** As anybody could ask: the answer's status and text. */
  post(
    path: string,
    form: Readonly<Record<string, string>>,
  ): Promise<Readonly<{ status: number; text: string }>>;
  close(): Promise<void>;
}>;

/** RFC 6749, 2.3.1: both halves are encoded as a form before they are joined. */
const basic = (id: string, secret: string): string => {
  const encoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`;
};

const configuration = (client: OauthServer['client']): Readonly<Record<string, unknown>> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    cookies: { keys: ['of this test alone'] },
    ttl: { ClientCredentials: 600 },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
    },
  };
};

export const startOauthServer = async (): Promise<OauthServer> => {
  const client = { id: 'firebreak', secret: 'a secret: with & and %' };
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', new Provider(url, configuration(client)).callback());
  const post: OauthServer['post'] = async (path, form) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: basic(client.id, client.secret) },
      body: new URLSearchParams(form),
    });
    return { status: response.status, text: await response.text() };
  };
  return {
    url,
    client,
    post,
    issue: async () => {
      const { text } = await post('/token', { grant_type: 'client_credentials' });
      return (JSON.parse(text) as { access_token: string }).access_token;
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
};
