import { HOOK_URL, having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

const SCOPES = ['mail.send', 'templates.read'];

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    keys: [
      {
        api_key_id: 'firebreak',
        name: 'firebreak',
        key: asked.own('api_key'),
        scopes: [...SCOPES, 'api_keys.update'],
      },
      ...having(asked, 'key', (id, { title, secret }) => ({
        api_key_id: id,
        name: title,
        key: secret,
        scopes: SCOPES,
      })),
    ],
    hooks: having(asked, 'hook', (id) => ({ id, url: HOOK_URL })),
    parses: having(asked, 'hostname', (hostname) => ({ hostname, url: HOOK_URL })),
    subusers: having(asked, 'subuser', (username) => ({ username })),
  },
});
