import type { Connector } from '../connector.ts';
import { divertParse, pauseHook, pauseSubuser } from './hooks.ts';
import { makeKey } from './make-key.ts';
import { deleteKey, pauseKey } from './keys.ts';
import { health, list } from './listing.ts';
import { configSchema } from './schema.ts';
import { sendgridSimulator } from './simulator.ts';

export const connector: Connector = {
  title: 'SendGrid',
  baseUrl: 'https://api.sendgrid.com',
  config: configSchema,
  secrets: {
    api_key: 'a key with full access, kept for emergencies: it can only give back scopes that it holds',
  },
  // 600 requests a minute for each endpoint and account (from memory); X-RateLimit-Remaining tells.
  pace: { atOnce: 8, perMinute: 500 },
  actions: {
    'pause-key': pauseKey,
    'make-key': makeKey,
    'delete-key': deleteKey,
    'pause-event-webhook': pauseHook,
    'divert-inbound-parse': divertParse,
    'disable-subuser': pauseSubuser,
  },
  list,
  health,
  simulator: sendgridSimulator,
};
