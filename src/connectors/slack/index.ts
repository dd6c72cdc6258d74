import type { Connector } from '../connector.ts';
import { actions } from './actions.ts';
import { board } from './board.ts';
import { health } from './health.ts';
import { configSchema } from './schema.ts';
import { slackSimulator } from './simulator.ts';

export const connector: Connector = {
  title: 'Slack',
  baseUrl: 'https://slack.com/api',
  config: configSchema,
  secrets: { token: 'a bot token (xoxb-) with the scopes of the actions that are used' },
  actions,
  board,
  health,
  simulator: slackSimulator,
};
