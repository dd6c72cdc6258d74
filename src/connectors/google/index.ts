import type { Connector } from '../connector.ts';
import { ADMIN } from './api.ts';
import { blockApp, revokeApp, revokeToken, signOut } from './ending.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { posture } from './posture.ts';
import { configSchema } from './schema.ts';
import { googleSimulator } from './simulator.ts';
import { disableAccount, disableKey, suspendUser } from './switches.ts';

export const connector: Connector = {
  title: 'Google Workspace and Cloud IAM',
  baseUrl: ADMIN,
  config: configSchema,
  secrets: {
    token:
      'an access token of an administrator, for example from command: [gcloud, auth, print-access-token]; it lives for an hour',
    client_secret: 'of the OAuth client, only to prove its refresh tokens dead',
  },
  // 2,400 requests a minute for the Directory API (from memory); the logs take fewer.
  pace: { atOnce: 8, perMinute: 600 },
  actions: {
    'revoke-token': revokeToken,
    'sign-out': signOut,
    'revoke-app': revokeApp,
    'suspend-user': suspendUser,
    'disable-key': disableKey,
    'disable-account': disableAccount,
    'block-app': blockApp,
  },
  list,
  logs,
  health,
  posture,
  simulator: googleSimulator,
};
