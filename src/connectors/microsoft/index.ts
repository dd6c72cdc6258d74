import type { Connector } from '../connector.ts';
import { endSessions, removeSecret, revokeConsents, revokePermissions } from './ending.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { posture } from './posture.ts';
import { configSchema } from './schema.ts';
import { microsoftSimulator } from './simulator.ts';
import { blockSignIn, pauseApp } from './switches.ts';

export const connector: Connector = {
  title: 'Microsoft Entra',
  baseUrl: 'https://graph.microsoft.com',
  config: configSchema,
  secrets: {
    token:
      'an access token for Graph, for example from command: [az, account, get-access-token, --resource-type, ms-graph, --query, accessToken, -o, tsv]',
  },
  // Graph tells its limits by 429 alone; these stay under those of writes to one tenant (from memory).
  pace: { atOnce: 4, perMinute: 300 },
  actions: {
    'end-sessions': endSessions,
    'block-sign-in': blockSignIn,
    'pause-app': pauseApp,
    'revoke-consents': revokeConsents,
    'revoke-permissions': revokePermissions,
    'remove-secret': removeSecret,
  },
  list,
  logs,
  health,
  posture,
  simulator: microsoftSimulator,
};
