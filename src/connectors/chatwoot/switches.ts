import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { addressObstacle, hostOf, keepable, NOWHERE } from '../address.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { rowsOf, under } from '../vendor.ts';
import { chatwoot, inAccount } from './api.ts';
import {
  appSchema,
  hookInput,
  inboxInput,
  inboxSchema,
  ruleInput,
  ruleSchema,
  webhookInput,
  webhookSchema,
} from './schema.ts';
import type { HookInput, InboxInput, RuleInput, WebhookInput } from './schema.ts';

/** What Chatwoot lets be stopped and started again. */

const widgetState = z.object({ allowed_domains: z.string(), hmac_mandatory: z.boolean() });
type WidgetState = Readonly<z.infer<typeof widgetState>>;

/** No page is at this host (RFC 6761), so the frame refuses every page that holds it. */
const NO_PAGE = 'paused.invalid';

const widget: Thing<InboxInput, WidgetState> = {
  vendor: chatwoot,
  what: 'the widget’s inbox',
  state: widgetState,
  ask: ({ inbox }, outside) => ({ method: 'GET', path: inAccount(outside, `/inboxes/${inbox}`) }),
  of({ json }) {
    const { success, data } = inboxSchema.safeParse(json);
    return success
      ? { allowed_domains: data.allowed_domains, hmac_mandatory: data.hmac_mandatory ?? false }
      : null;
  },
  isOff: ({ allowed_domains: domains }) => domains === NO_PAGE,
  off: () => ({ allowed_domains: NO_PAGE, hmac_mandatory: true }),
  turn: (channel, { inbox }, outside) => ({
    method: 'PATCH',
    path: inAccount(outside, `/inboxes/${inbox}`),
    json: { channel },
  }),
  remarks: ({ allowed_domains: domains, hmac_mandatory: mandatory }) => [
    domains === '' ? 'any page may show the widget' : `pages that may show it: ${domains}`,
    ...(mandatory ? [] : ['visitors need not prove who they are: anybody can write as somebody else']),
  ],
  says: {
    on: 'Chatwoot lets pages show the widget',
    off: 'Chatwoot lets no page show the widget; its script still loads, and the public API of the inbox goes on',
  },
};

export const closeWidget = pausing<InboxInput, WidgetState>(widget, {
  title: 'Close the web widget',
  // That the frame refuses foreign pages is from general knowledge: try it before the night that needs it.
  confidence: 'unconfirmed',
  scopes: ['an administrator’s token'],
  secrets: ['token'],
  input: inboxInput,
  breaks: [
    'Visitors cannot open the chat on any page. Conversations that are open stay where they are. Take the snippet off the site too where it must not even load.',
  ],
  byHand: {
    where: 'Chatwoot > Settings > Inboxes > the website inbox > Configuration',
    steps: [
      'Write down the allowed domains and whether identity is mandatory',
      'Set the allowed domains to paused.invalid and tick mandatory identity; update',
      'Load a page of yours: the chat must not open',
    ],
    record: 'the inbox, its settings as they were, the time',
  },
});

const apiState = z.object({ webhook_url: z.string() });

const apiInbox: Thing<InboxInput, Readonly<{ webhook_url: string }>> = {
  vendor: chatwoot,
  what: 'the API inbox',
  state: apiState,
  ask: widget.ask,
  of({ json }) {
    const { success, data } = inboxSchema.safeParse(json);
    // Another kind of inbox has no such address, which is not one that was taken away.
    return success && data.channel_type === 'Channel::Api'
      ? { webhook_url: keepable(data.webhook_url) }
      : null;
  },
  isOff: ({ webhook_url: url }) => url === '',
  off: () => ({ webhook_url: '' }),
  turn: (channel, { inbox }, outside) => ({
    method: 'PATCH',
    path: inAccount(outside, `/inboxes/${inbox}`),
    json: { channel },
  }),
  remarks: ({ webhook_url: url }) => [`replies go to ${hostOf(url)}`],
  obstacle: async ({ webhook_url: url }) => await Promise.resolve(addressObstacle(url)),
  says: { on: 'Chatwoot shows an address for the inbox', off: 'Chatwoot shows no address for the inbox' },
};

export const stopApiInbox = pausing<InboxInput, Readonly<{ webhook_url: string }>>(apiInbox, {
  title: 'Stop what an API inbox passes on',
  confidence: 'confirmed',
  scopes: ['an administrator’s token'],
  secrets: ['token'],
  input: inboxInput,
  breaks: ['What agents answer in this inbox reaches nobody outside any more.'],
  byHand: {
    where: 'Chatwoot > Settings > Inboxes > the API inbox > Settings',
    steps: ['Write down the webhook address', 'Empty it and update', 'Reload and see it empty'],
    record: 'the inbox, the address as it was, the time',
  },
});

const webhookState = z.object({ url: z.string(), subscriptions: z.array(z.string()) });
type WebhookState = Readonly<z.infer<typeof webhookState>>;

/** Webhooks cannot be read one by one: the list holds them. */
const webhookIn = (json: Json, id: string): WebhookState | null => {
  const rows = rowsOf(under(under(json, 'payload'), 'webhooks'));
  const found = rows.find((row) => String(webhookSchema.safeParse(row).data?.id) === id);
  const { success, data } = webhookSchema.safeParse(found);
  return success ? { url: keepable(data.url), subscriptions: data.subscriptions.toSorted() } : null;
};

const webhook: Thing<WebhookInput, WebhookState> = {
  vendor: chatwoot,
  what: 'the webhook',
  state: webhookState,
  ask: (_input, outside) => ({ method: 'GET', path: inAccount(outside, '/webhooks') }),
  of: ({ json }, { webhook: id }) => webhookIn(json, id),
  isOff: ({ url }) => url === NOWHERE,
  // There is no switch, and one that is deleted comes back with another secret: it is pointed at nowhere.
  off: (before) => ({ ...before, url: NOWHERE }),
  turn: (to, { webhook: id }, outside) => ({
    method: 'PATCH',
    path: inAccount(outside, `/webhooks/${id}`),
    json: { url: to.url, subscriptions: [...to.subscriptions] },
  }),
  remarks: ({ url, subscriptions }) => [`it sends to ${hostOf(url)}: ${subscriptions.join(', ')}`],
  obstacle: async ({ url }) => await Promise.resolve(addressObstacle(url)),
  says: {
    on: 'Chatwoot still sends to the webhook’s receiver',
    off: 'Chatwoot shows an address that cannot exist for the webhook',
  },
};

export const divertWebhook = pausing<WebhookInput, WebhookState>(webhook, {
  title: 'Stop a webhook',
  confidence: 'confirmed',
  scopes: ['an administrator’s token'],
  secrets: ['token'],
  input: webhookInput,
  breaks: ['Messages and events no longer reach its receiver; what happens meanwhile is not sent later.'],
  byHand: {
    where: 'Chatwoot > Settings > Integrations > Webhooks',
    steps: [
      'Write down the address and the events',
      'Edit it: set the address to https://paused.invalid/; do not delete it, a new one gets a new secret',
      'Reload and see it changed',
    ],
    record: 'the webhook’s number, its address as it was, the time',
  },
});

/** Chatwoot says true, 1 or "enabled" for the same thing, by version. */
const statusOf = (status: string | number | boolean): number =>
  status === true || status === 1 || status === 'enabled' ? 1 : 0;

/** Hooks stand in the list of the apps they belong to. */
const hookIn = (json: Json, id: string): Readonly<{ status: number }> | null => {
  const apps = rowsOf(under(json, 'payload')).map((row) => appSchema.safeParse(row).data);
  const found = apps.flatMap((app) => app?.hooks ?? []).find((one) => String(one.id) === id);
  return found === undefined ? null : { status: statusOf(found.status) };
};

const hook: Thing<HookInput, Readonly<{ status: number }>> = {
  vendor: chatwoot,
  what: 'the integration',
  state: z.object({ status: z.number() }),
  ask: (_input, outside) => ({ method: 'GET', path: inAccount(outside, '/integrations/apps') }),
  of: ({ json }, { hook: id }) => hookIn(json, id),
  isOff: ({ status }) => status === 0,
  off: () => ({ status: 0 }),
  // Its settings are left out: they hold keys, and what is not sent is not changed.
  turn: ({ status }, { hook: id }, outside) => ({
    method: 'PATCH',
    path: inAccount(outside, `/integrations/hooks/${id}`),
    json: { status },
  }),
  says: {
    on: 'Chatwoot shows the integration as enabled',
    off: 'Chatwoot shows the integration as disabled',
  },
};

export const pauseHook = pausing<HookInput, Readonly<{ status: number }>>(hook, {
  title: 'Switch an integration off',
  confidence: 'confirmed',
  scopes: ['an administrator’s token'],
  secrets: ['token'],
  input: hookInput,
  breaks: ['The bot or service behind it gets no more messages and answers nobody.'],
  byHand: {
    where: 'Chatwoot > Settings > Integrations',
    steps: ['Open the integration', 'Disable or disconnect the hook', 'Reload and see it disabled'],
    record: 'the integration, whether it was enabled before, the time',
  },
});

const rule: Thing<RuleInput, Readonly<{ active: boolean }>> = {
  vendor: chatwoot,
  what: 'the automation rule',
  state: z.object({ active: z.boolean() }),
  ask: ({ rule: id }, outside) => ({ method: 'GET', path: inAccount(outside, `/automation_rules/${id}`) }),
  of({ json }) {
    const { success, data } = ruleSchema.safeParse(under(json, 'payload'));
    return success ? { active: data.active } : null;
  },
  isOff: ({ active }) => !active,
  off: () => ({ active: false }),
  turn: ({ active }, { rule: id }, outside) => ({
    method: 'PATCH',
    path: inAccount(outside, `/automation_rules/${id}`),
    json: { active },
  }),
  says: { on: 'Chatwoot shows the rule as active', off: 'Chatwoot shows the rule as not active' },
};

export const stopRule = pausing<RuleInput, Readonly<{ active: boolean }>>(rule, {
  title: 'Stop an automation rule',
  confidence: 'confirmed',
  scopes: ['an administrator’s token'],
  secrets: ['token'],
  input: ruleInput,
  breaks: ['Nothing is assigned, tagged, sent or passed on by this rule any more.'],
  byHand: {
    where: 'Chatwoot > Settings > Automation',
    steps: ['Find the rule', 'Switch it off', 'Reload and see it off'],
    record: 'the rule’s number, whether it was on before, the time',
  },
});
