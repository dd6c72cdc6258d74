import { z } from 'zod';
import { addressOf } from '../address.ts';
import { flag, pausing } from '../thing.ts';
import { zendesk } from './api.ts';
import { installationInput, triggerInput, userInput, webhookInput } from './schema.ts';
import type { InstallationInput, TriggerInput, UserInput, WebhookInput } from './schema.ts';

/** What Zendesk lets be switched off and on again: webhooks, the triggers that call them, apps, people. */

const webhook = z
  .object({ status: z.string(), endpoint: z.string() })
  .transform(({ status, endpoint }) => ({
    status,
    host: addressOf(endpoint).host,
    sha256: addressOf(endpoint).sha256,
  }))
  .or(z.strictObject({ status: z.string(), host: z.string(), sha256: z.string() }));

export const pauseWebhook = pausing<WebhookInput, Readonly<{ status: string; host: string; sha256: string }>>(
  flag({
    vendor: zendesk,
    what: 'the webhook',
    path: ({ webhook: id }) => `/api/v2/webhooks/${id}`,
    inside: 'webhook',
    state: webhook,
    off: { status: 'inactive' },
    method: 'PATCH',
    remarks: ({ host }) => [`it sends to ${host}`],
    says: { on: 'Zendesk shows the webhook as active', off: 'Zendesk shows the webhook as inactive' },
  }),
  {
    title: 'Switch a webhook off',
    confidence: 'unconfirmed',
    scopes: ['webhooks:write'],
    secrets: ['token'],
    input: webhookInput,
    breaks: [
      'Tickets and messages no longer reach its receiver. Triggers that call it go on firing into nothing: stop them too where what they say matters.',
    ],
    byHand: {
      where: 'Admin Center > Apps and integrations > Webhooks',
      steps: [
        'Open the webhook and write down its endpoint',
        'Actions > Deactivate',
        'Reload and see Inactive',
      ],
      record: 'the webhook’s id, whether it was active before, the time',
    },
  },
);

export const stopTrigger = pausing<TriggerInput, Readonly<{ active: boolean; title: string }>>(
  flag({
    vendor: zendesk,
    what: 'the trigger',
    path: ({ trigger: id }) => `/api/v2/triggers/${id}`,
    inside: 'trigger',
    state: z.object({ active: z.boolean(), title: z.string() }),
    off: { active: false },
    method: 'PUT',
    remarks: ({ title }) => [`it is called ${title}`],
    says: { on: 'Zendesk shows the trigger as active', off: 'Zendesk shows the trigger as not active' },
  }),
  {
    title: 'Stop a trigger',
    confidence: 'unconfirmed',
    scopes: ['triggers:write'],
    secrets: ['token'],
    input: triggerInput,
    breaks: [
      'Nothing happens any more at the events that the trigger waits for: no mail, no webhook, no tag.',
    ],
    byHand: {
      where: 'Admin Center > Objects and rules > Business rules > Triggers',
      steps: ['Find the trigger', 'Choose Deactivate', 'Reload and see it among the inactive ones'],
      record: 'the trigger’s number, whether it was active before, the time',
    },
  },
);

export const disableApp = pausing<InstallationInput, Readonly<{ enabled: boolean }>>(
  flag({
    vendor: zendesk,
    what: 'the app',
    path: ({ installation: id }) => `/api/v2/apps/installations/${id}`,
    state: z.object({ enabled: z.boolean() }),
    off: { enabled: false },
    method: 'PUT',
    says: { on: 'Zendesk shows the app as enabled', off: 'Zendesk shows the app as not enabled' },
  }),
  {
    title: 'Disable an installed app',
    confidence: 'unconfirmed',
    scopes: ['apps:write'],
    secrets: ['token'],
    input: installationInput,
    breaks: [
      'The app is gone from the agents’ screens. Tokens that its maker has for the API go on working: revoke those of its client too.',
    ],
    byHand: {
      where: 'Admin Center > Apps and integrations > Zendesk Support apps',
      steps: ['Find the app', 'Choose Deactivate', 'Reload and see it among the inactive ones'],
      record: 'the app’s name and number, whether it was enabled before, the time',
    },
  },
);

export const suspendUser = pausing<UserInput, Readonly<{ suspended: boolean }>>(
  flag({
    vendor: zendesk,
    what: 'the user',
    path: ({ user }) => `/api/v2/users/${user}`,
    inside: 'user',
    state: z.object({ suspended: z.boolean() }),
    off: { suspended: true },
    method: 'PUT',
    says: { on: 'Zendesk shows the user as not suspended', off: 'Zendesk shows the user as suspended' },
  }),
  {
    title: 'Suspend a user',
    confidence: 'confirmed',
    scopes: ['users:write'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'The person cannot sign in, and what they write is held back. Open tickets stay assigned to them. On some plans an agent must be made an end user first.',
    ],
    byHand: {
      where: 'Admin Center > People > Team members, or the customer’s page',
      steps: ['Open the person', 'Choose Suspend access', 'Reload and see the mark'],
      record: 'the person’s number, the time',
    },
  },
);
