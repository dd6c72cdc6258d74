import { HOOK_URL, having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing, FurnishRow } from '../furnishing.ts';

const isRefresh = ({ does }: FurnishRow): boolean => does.includes('revoke-refresh-token');

export const furnish = (asked: Furnishing): Furnished => {
  const leaked = nameless(asked, 'user', 'subscription');
  return {
    seed: {
      tokens: [asked.own('token'), ...leaked.filter((row) => !isRefresh(row)).map(({ secret }) => secret)],
      refresh_tokens: leaked.filter(isRefresh).map(({ secret }) => secret),
      developer_token: asked.own('developer_token'),
      app: text(asked.config['app'], '1'),
      client_id: text(asked.config['client_id'], 'drill'),
      client_secret: asked.own('client_secret'),
      subscriptions: having(asked, 'subscription', (id) => ({ id })),
      settings: { targetUrl: HOOK_URL, throttling: { maxConcurrentRequests: 10, period: 'SECONDLY' } },
      users: having(asked, 'user', (id) => ({ id })),
    },
  };
};
