import type { Connector } from '../connector.ts';
import { removeUser, revokeRefreshToken, rotatePrivateToken } from './ending.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { configSchema } from './schema.ts';
import { hubspotSimulator } from './simulator.ts';
import { pauseSubscription, stopWebhooks } from './webhooks.ts';

export const connector: Connector = {
  title: 'HubSpot',
  baseUrl: 'https://api.hubapi.com',
  config: configSchema,
  secrets: {
    token: 'a token of the account: of a private app with the scopes of the actions that are used',
    developer_token: 'for the webhooks of your own public app',
    client_secret: 'of that app, for revoking refresh tokens',
  },
  // 100 requests in ten seconds for the smallest plan (from memory).
  pace: { atOnce: 5, perMinute: 500 },
  actions: {
    'pause-subscription': pauseSubscription,
    'stop-webhooks': stopWebhooks,
    'revoke-refresh-token': revokeRefreshToken,
    'remove-user': removeUser,
    'rotate-private-token': rotatePrivateToken,
  },
  list,
  logs,
  health,
  simulator: hubspotSimulator,
};
