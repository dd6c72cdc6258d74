import type { Connector } from '../connector.ts';
import { removeAgent, resetToken } from './agents.ts';
import { detachBot } from './bots.ts';
import { health, list } from './listing.ts';
import { rollBotToken } from './roll-bot-token.ts';
import { configSchema } from './schema.ts';
import { chatwootSimulator } from './simulator.ts';
import { closeWidget, divertWebhook, pauseHook, stopApiInbox, stopRule } from './switches.ts';

export const connector: Connector = {
  title: 'Chatwoot',
  // app.chatwoot.com or a server of one's own: the workspace says which.
  baseUrl: null,
  config: configSchema,
  secrets: { token: 'an administrator’s access token' },
  pace: { atOnce: 4, perMinute: 240 },
  actions: {
    'close-widget': closeWidget,
    'divert-webhook': divertWebhook,
    'pause-integration': pauseHook,
    'detach-bot': detachBot,
    'stop-automation': stopRule,
    'stop-api-inbox': stopApiInbox,
    'remove-agent': removeAgent,
    'reset-agent-token': resetToken,
    'roll-bot-token': rollBotToken,
  },
  list,
  health,
  simulator: chatwootSimulator,
};
