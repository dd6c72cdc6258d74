import type { Connector } from '../connector.ts';
import { actions } from './actions.ts';
import { health, list } from './listing.ts';
import { posture } from './posture.ts';
import { configSchema } from './schema.ts';
import { githubSimulator } from './simulator.ts';
import { logs } from './logs.ts';

export const connector: Connector = {
  title: 'GitHub',
  baseUrl: 'https://api.github.com',
  config: configSchema,
  secrets: {
    token: 'a personal access token of an organisation owner: admin:org_hook, repo, admin:org',
    app_private_key: 'the private key (PEM) of our own GitHub App, for what only an app may do',
  },
  // "Make requests serially", and about one change a second: an action is a read, a change and a proof
  // (docs.github.com, Best practices for using the REST API; from memory, not seen in a document).
  pace: { atOnce: 1, perMinute: 180 },
  actions,
  list,
  logs,
  health,
  posture,
  simulator: githubSimulator,
};
