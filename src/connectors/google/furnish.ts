import { having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    access_tokens: [asked.own('token'), ...nameless(asked, 'account').map(({ secret }) => secret)],
    client_id: text(asked.config['client_id'], 'drill.apps'),
    client_secret: asked.own('client_secret'),
    users: [
      ...having(asked, 'user', (email, { params }) => ({
        email,
        apps: params['client'] === undefined ? [] : [{ clientId: params['client'], scopes: ['mail'] }],
      })),
      // An app that is blocked for everybody is one that somebody uses.
      ...having(asked, 'client', (client, { id, params }) => ({ client, id, params }))
        .filter(({ params }) => params['user'] === undefined)
        .map(({ client, id }) => ({
          email: `${id}@drill.example`,
          apps: [{ clientId: client, scopes: ['mail'] }],
        })),
    ],
    accounts: having(asked, 'account', (email) => ({
      email,
      keys: asked.rows.flatMap(({ params }) =>
        params['account'] === email && params['key'] !== undefined ? [{ id: params['key'] }] : [],
      ),
    })),
  },
  credentials: { prefix: 'ya29.' },
});
