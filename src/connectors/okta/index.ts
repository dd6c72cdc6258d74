import type { Connector } from '../connector.ts';
import { deleteApiToken, endSessions, revokeAppTokens, revokeGrants } from './ending.ts';
import { deactivateApp, pauseEventHook, pauseInlineHook, pauseSecret, suspendUser } from './lifecycle.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { deleteSecret, makeSecret } from './make-secret.ts';
import { posture } from './posture.ts';
import { configSchema } from './schema.ts';
import { oktaSimulator } from './simulator.ts';

export const connector: Connector = {
  title: 'Okta',
  baseUrl: null,
  config: configSchema,
  secrets: { token: 'an access token of a service app, or an API token of an administrator' },
  // Most management endpoints take 600 requests a minute and fewer on small plans (from memory); X-Rate-Limit tells.
  pace: { atOnce: 8, perMinute: 500 },
  actions: {
    'end-sessions': endSessions,
    'suspend-user': suspendUser,
    'revoke-grants': revokeGrants,
    'deactivate-app': deactivateApp,
    'revoke-app-tokens': revokeAppTokens,
    'pause-secret': pauseSecret,
    'make-secret': makeSecret,
    'delete-secret': deleteSecret,
    'pause-event-hook': pauseEventHook,
    'pause-inline-hook': pauseInlineHook,
    'delete-api-token': deleteApiToken,
  },
  list,
  logs,
  health,
  posture,
  simulator: oktaSimulator,
};
