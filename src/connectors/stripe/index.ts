import type { Connector } from '../connector.ts';
import { deauthorizeAccount } from './accounts.ts';
import { rollKey } from './keys.ts';
import { stopLink } from './links.ts';
import { health, list } from './listing.ts';
import { configSchema } from './schema.ts';
import { stripeSimulator } from './simulator.ts';
import { pauseDestination, pauseEndpoint } from './webhooks.ts';
import { logs } from './logs.ts';

export const connector: Connector = {
  title: 'Stripe',
  baseUrl: 'https://api.stripe.com',
  config: configSchema,
  secrets: {
    api_key: 'a restricted key (rk_) with write to what is to be paused; for Connect the secret key',
  },
  // About 100 requests a second in live mode and 25 in test mode (from memory); the slower one is kept.
  pace: { atOnce: 10, perMinute: 1200 },
  actions: {
    'pause-endpoint': pauseEndpoint,
    'pause-destination': pauseDestination,
    'stop-link': stopLink,
    'roll-key': rollKey,
    'deauthorize-account': deauthorizeAccount,
  },
  list,
  logs,
  health,
  simulator: stripeSimulator,
};
