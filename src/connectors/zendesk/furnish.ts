import { HOOK_URL, having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    tokens: [
      { id: 1, token: asked.own('token') },
      ...having(asked, 'token', (id, { secret }) => ({ id: Number(id), token: secret })),
    ],
    api_tokens: having(asked, 'email', (email, { secret }) => ({ email, token: secret })),
    webhooks: having(asked, 'webhook', (id, { title, kind, secret }) => ({
      id,
      name: title,
      endpoint: HOOK_URL,
      ...(kind === 'credential' ? { signing_secret: secret } : {}),
    })),
    clients: having(asked, 'client', (id, { secret }) => ({
      id: Number(id),
      identifier: `client-${id}`,
      secret,
    })),
    triggers: having(asked, 'trigger', (id, { title }) => ({ id: Number(id), title })),
    installations: having(asked, 'installation', (id, { title }) => ({ id: Number(id), name: title })),
    users: having(asked, 'user', (id) => ({ id: Number(id) })),
  },
});
