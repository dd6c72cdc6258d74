import type { Connector } from '../connector.ts';
import { blockPath } from './block.ts';
import { health, list } from './listing.ts';
import { logs } from './logs.ts';
import { configSchema } from './schema.ts';
import { rollToken } from './roll.ts';
import { cloudflareSimulator } from './simulator.ts';
import { deleteToken, disableToken } from './tokens.ts';

export const connector: Connector = {
  title: 'Cloudflare',
  baseUrl: 'https://api.cloudflare.com/client/v4',
  config: configSchema,
  secrets: { token: 'a token with Zone WAF: Edit, and API Tokens: Edit where tokens are to be switched off' },
  // 1,200 calls in five minutes for a person (from memory).
  pace: { atOnce: 6, perMinute: 220 },
  actions: {
    'block-path': blockPath,
    'disable-token': disableToken,
    'roll-token': rollToken,
    'delete-token': deleteToken,
  },
  list,
  logs,
  health,
  simulator: cloudflareSimulator,
};
