import type { Connector } from '../connector.ts';
import { suspendSubaccount } from './accounts.ts';
import { deauthorizeApp } from './apps.ts';
import { promoteAuthToken, replaceAuthToken } from './auth-token.ts';
import { makeAuthToken } from './make-auth-token.ts';
import { deleteKey } from './keys.ts';
import { makeKey } from './make-key.ts';
import { health, list } from './listing.ts';
import { stopNumber } from './numbers.ts';
import { configSchema } from './schema.ts';
import { twilioSimulator } from './simulator.ts';
import { logs } from './logs.ts';

export const connector: Connector = {
  title: 'Twilio',
  baseUrl: 'https://api.twilio.com',
  config: configSchema,
  secrets: {
    password: 'the secret of the API key that is configured, of type Main; without one the Auth Token',
  },
  // Twilio says 429 beyond about 100 requests under way at once (20429, from memory); far below it there is nothing to gain.
  pace: { atOnce: 10 },
  actions: {
    'suspend-subaccount': suspendSubaccount,
    'make-key': makeKey,
    'delete-key': deleteKey,
    'make-auth-token': makeAuthToken,
    'promote-auth-token': promoteAuthToken,
    'replace-auth-token': replaceAuthToken,
    'stop-number': stopNumber,
    'deauthorize-app': deauthorizeApp,
  },
  list,
  logs,
  health,
  simulator: twilioSimulator,
};
