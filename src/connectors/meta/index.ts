import type { Connector } from '../connector.ts';
import { removeFromAccount } from './account-users.ts';
import { clearAppCallback } from './app-callback.ts';
import { clearCallbackOverride } from './callback.ts';
import { health, list } from './list.ts';
import { stopInstagramWebhooks, stopPageWebhooks } from './pages.ts';
import { revokeUserPermissions } from './people.ts';
import { posture } from './posture.ts';
import { config } from './schema.ts';
import { metaSimulator } from './simulator.ts';
import { revokeToken } from './tokens.ts';
import { stopWebhooks } from './webhooks.ts';

/** Meta's Graph API: WhatsApp Cloud API, Messenger and Instagram. */
export const connector: Connector = {
  title: 'Meta (WhatsApp, Messenger, Instagram)',
  baseUrl: 'https://graph.facebook.com',
  config,
  secrets: {
    token: 'system-user token of the app, kept for emergencies and used by nothing else',
    app_secret: 'App Dashboard > Settings > Basic',
    verify_token: 'of your webhook receiver; only to restore or divert a callback',
    page_token: 'page token; only for Messenger, and Instagram behind a page',
    instagram_token: 'of the Instagram account; only where Instagram’s own login is used',
  },
  // WhatsApp Business Management takes 5,000 calls an hour for an account, as code 80007 says beyond it
  // (developers.facebook.com, Graph API: Rate limits; the number is from memory). Spread evenly that is 83 a minute.
  pace: { atOnce: 4, perMinute: 80 },
  actions: {
    'stop-webhooks': stopWebhooks,
    'clear-callback-override': clearCallbackOverride,
    'clear-app-callback': clearAppCallback,
    'stop-page-webhooks': stopPageWebhooks,
    'stop-instagram-webhooks': stopInstagramWebhooks,
    'remove-from-account': removeFromAccount,
    'revoke-token': revokeToken,
    'revoke-user-permissions': revokeUserPermissions,
  },
  list,
  health,
  posture,
  simulator: metaSimulator,
};
