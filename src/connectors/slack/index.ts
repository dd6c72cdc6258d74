import type { Connector } from '../connector.ts';
import { actions } from './actions.ts';
import { board } from './board.ts';
import { health } from './health.ts';
import { list } from './listing.ts';
import { posture } from './posture.ts';
import { configSchema } from './schema.ts';
import { slackSimulator } from './simulator.ts';
import { logs } from './logs.ts';

export const connector: Connector = {
  title: 'Slack',
  baseUrl: 'https://slack.com/api',
  config: configSchema,
  secrets: {
    token: 'a bot token (xoxb-) with the scopes of the actions that are used',
    admin_token:
      'a person’s token (xoxp-) who administers an Enterprise organisation; without it apps and sessions are by hand',
  },
  // Methods of tier 3 take 50 a minute and more, posts about one a second in a channel, and say 429 with Retry-After beyond
  // (docs.slack.dev, Rate limits; the tier of the slowest method used here is from memory).
  pace: { atOnce: 2, perMinute: 50 },
  actions,
  list,
  board,
  logs,
  health,
  posture,
  simulator: slackSimulator,
};
