import type { Connector } from '../connector.ts';
import { endSessions, revokeToken } from './ending.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { posture } from './posture.ts';
import { rollClientSecret, rollSigningSecret } from './roll.ts';
import { configSchema } from './schema.ts';
import { zendeskSimulator } from './simulator.ts';
import { disableApp, pauseWebhook, stopTrigger, suspendUser } from './switches.ts';
import { deactivateApiToken } from './tokens-by-hand.ts';

export const connector: Connector = {
  title: 'Zendesk',
  // https://<subdomain>.zendesk.com: the workspace says which.
  baseUrl: null,
  config: configSchema,
  secrets: { token: 'an OAuth token of an administrator; API tokens end on 30 April 2027' },
  // 200 to 2,500 requests a minute by plan, 429 with Retry-After beyond; the smallest is kept.
  pace: { atOnce: 5, perMinute: 180 },
  actions: {
    'pause-webhook': pauseWebhook,
    'stop-trigger': stopTrigger,
    'disable-app': disableApp,
    'suspend-user': suspendUser,
    'end-sessions': endSessions,
    'revoke-token': revokeToken,
    'deactivate-api-token': deactivateApiToken,
    'roll-client-secret': rollClientSecret,
    'roll-signing-secret': rollSigningSecret,
  },
  list,
  logs,
  health,
  posture,
  simulator: zendeskSimulator,
};
