// Written by `npm run gen`; change the files it lists instead.
import type { ConnectorEntry } from './connector.ts';

export const connectors = {
  auth0: { title: 'Auth0', load: async () => (await import('./auth0/index.ts')).connector },
  chatwoot: { title: 'Chatwoot', load: async () => (await import('./chatwoot/index.ts')).connector },
  cloudflare: { title: 'Cloudflare', load: async () => (await import('./cloudflare/index.ts')).connector },
  command: { title: 'Command by recipe', load: async () => (await import('./command/index.ts')).connector },
  github: { title: 'GitHub', load: async () => (await import('./github/index.ts')).connector },
  google: { title: 'Google Workspace and Cloud IAM', load: async () => (await import('./google/index.ts')).connector },
  http: { title: 'HTTP by recipe', load: async () => (await import('./http/index.ts')).connector },
  hubspot: { title: 'HubSpot', load: async () => (await import('./hubspot/index.ts')).connector },
  intercom: { title: 'Intercom', load: async () => (await import('./intercom/index.ts')).connector },
  meta: { title: 'Meta (WhatsApp, Messenger, Instagram)', load: async () => (await import('./meta/index.ts')).connector },
  microsoft: { title: 'Microsoft Entra', load: async () => (await import('./microsoft/index.ts')).connector },
  oauth: { title: 'OAuth 2.0 token revocation', load: async () => (await import('./oauth/index.ts')).connector },
  okta: { title: 'Okta', load: async () => (await import('./okta/index.ts')).connector },
  salesforce: { title: 'Salesforce', load: async () => (await import('./salesforce/index.ts')).connector },
  scim: { title: 'SCIM 2.0', load: async () => (await import('./scim/index.ts')).connector },
  sendgrid: { title: 'SendGrid', load: async () => (await import('./sendgrid/index.ts')).connector },
  slack: { title: 'Slack', load: async () => (await import('./slack/index.ts')).connector },
  smtp: { title: 'Mail server (SMTP)', load: async () => (await import('./smtp/index.ts')).connector },
  stripe: { title: 'Stripe', load: async () => (await import('./stripe/index.ts')).connector },
  telegram: { title: 'Telegram', load: async () => (await import('./telegram/index.ts')).connector },
  twilio: { title: 'Twilio', load: async () => (await import('./twilio/index.ts')).connector },
  zendesk: { title: 'Zendesk', load: async () => (await import('./zendesk/index.ts')).connector },
} as const satisfies Readonly<Record<string, ConnectorEntry>>;
