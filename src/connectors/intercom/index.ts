import type { Connector } from '../connector.ts';
import { deleteIdentitySecret, pauseDataConnector, regenerateToken, setAway } from './actions.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { configSchema } from './schema.ts';
import { intercomSimulator } from './simulator.ts';

export const connector: Connector = {
  title: 'Intercom',
  baseUrl: 'https://api.intercom.io',
  config: configSchema,
  secrets: {
    token: 'the access token of an app of your own, with the permissions of the actions that are used',
  },
  // 10,000 calls a minute for an app (from memory); a fraction of it is enough.
  pace: { atOnce: 8, perMinute: 600 },
  actions: {
    'pause-data-connector': pauseDataConnector,
    'set-away': setAway,
    'delete-identity-secret': deleteIdentitySecret,
    'regenerate-token': regenerateToken,
  },
  list,
  logs,
  health,
  simulator: intercomSimulator,
};
