import type { Connector } from '../connector.ts';
import { endSessions, revokeRefreshTokens } from './ending.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { posture } from './posture.ts';
import { configSchema } from './schema.ts';
import { rollSecret } from './roll.ts';
import { rotateSecret } from './secrets.ts';
import { auth0Simulator } from './simulator.ts';
import { blockUser, pauseClient, pauseGrant, pauseLogStream } from './switches.ts';

export const connector: Connector = {
  title: 'Auth0',
  // https://<tenant>.<region>.auth0.com: the workspace says which.
  baseUrl: null,
  config: configSchema,
  secrets: { token: 'a Management API token with the scopes of the actions that are used' },
  // 2 to 15 requests a second by plan (from memory); 429 tells when they begin again.
  pace: { atOnce: 4, perMinute: 120 },
  actions: {
    'block-user': blockUser,
    'end-sessions': endSessions,
    'revoke-refresh-tokens': revokeRefreshTokens,
    'pause-client': pauseClient,
    'pause-client-grant': pauseGrant,
    'pause-log-stream': pauseLogStream,
    'rotate-client-secret': rotateSecret,
    'roll-client-secret': rollSecret,
  },
  list,
  logs,
  health,
  posture,
  simulator: auth0Simulator,
};
