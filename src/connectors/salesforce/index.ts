import type { Connector } from '../connector.ts';
import { health, list } from './listing.ts';
import { deactivateUser, endSessions, freezeUser } from './people.ts';
import { configSchema } from './schema.ts';
import { salesforceSimulator } from './simulator.ts';
import { blockApp, deleteToken, revokeToken } from './tokens.ts';
import { logs } from './logs.ts';

export const connector: Connector = {
  title: 'Salesforce',
  // Every organisation answers under its own domain.
  baseUrl: null,
  config: configSchema,
  secrets: {
    token: 'an access token of an administrator, for example from command: [sf, org, ...]',
    client_secret: 'of the connected app, only to prove its refresh tokens dead',
  },
  // 25 long requests at once and a daily budget (from memory).
  pace: { atOnce: 8, perMinute: 600 },
  actions: {
    'revoke-token': revokeToken,
    'freeze-user': freezeUser,
    'end-sessions': endSessions,
    'deactivate-user': deactivateUser,
    'delete-token': deleteToken,
    'block-app': blockApp,
  },
  list,
  logs,
  health,
  simulator: salesforceSimulator,
};
