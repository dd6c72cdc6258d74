import { HOOK_URL, having, nameless } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    tokens: [
      asked.own('token'),
      ...nameless(asked, 'secret', 'connector', 'admin').map(({ secret }) => secret),
    ],
    connectors: having(asked, 'connector', (id, { title }) => ({ id, name: title, url: HOOK_URL })),
    admins: having(asked, 'admin', (id) => ({ id })),
    secrets: having(asked, 'secret', (id, { title }) => ({ id, name: title })),
  },
});
