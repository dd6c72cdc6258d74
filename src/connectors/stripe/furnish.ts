import { HOOK_URL, having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    keys: [
      asked.own('api_key'),
      ...nameless(asked, 'endpoint', 'destination', 'link', 'account').map(({ secret }) => secret),
    ],
    client_id: text(asked.config['client_id'], 'ca_drill'),
    endpoints: having(asked, 'endpoint', (id) => ({ id, url: HOOK_URL })),
    destinations: having(asked, 'destination', (id) => ({ id })),
    links: having(asked, 'link', (id) => ({ id })),
    accounts: having(asked, 'account', (id) => ({ id })),
  },
  credentials: { prefix: 'rk_' },
});
