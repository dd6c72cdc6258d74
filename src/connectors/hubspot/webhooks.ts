import { z } from 'zod';
import { addressObstacle, hostOf, keepable } from '../address.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { shown } from '../several.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { succeeded } from '../vendor.ts';
import { asDeveloper, webhooks } from './api.ts';
import { noInput, settingsSchema, subscriptionInput, subscriptionSchema } from './schema.ts';
import type { SubscriptionInput } from './schema.ts';

/** Webhooks of our own public app: one subscription, or all of them in every account that installed it. */

const state = z.object({ event: z.string(), active: z.boolean() });

const subscription: Thing<SubscriptionInput, z.infer<typeof state>> = {
  vendor: asDeveloper,
  what: 'the subscription',
  state,
  ask: ({ subscription: id }, outside) => ({
    method: 'GET',
    path: webhooks(outside, `/subscriptions/${id}`),
  }),
  of({ json }) {
    const { success, data } = subscriptionSchema.safeParse(json);
    return success ? { event: data.eventType, active: data.active } : null;
  },
  isOff: ({ active }) => !active,
  off: (before) => ({ ...before, active: false }),
  turn: ({ active }, { subscription: id }, outside) => ({
    method: 'PATCH',
    path: webhooks(outside, `/subscriptions/${id}`),
    json: { active },
  }),
  shows: ({ json }, to) => subscriptionSchema.safeParse(json).data?.active === to.active,
  remarks: ({ event }) => [`it tells of ${event}`],
  says: {
    on: 'HubSpot shows the subscription as active',
    off: 'HubSpot shows the subscription as not active',
  },
};

export const pauseSubscription = pausing<SubscriptionInput, z.infer<typeof state>>(subscription, {
  title: 'Pause a webhook subscription',
  confidence: 'confirmed',
  scopes: ['developers-write, or a developer API key'],
  secrets: ['developer_token'],
  input: subscriptionInput,
  breaks: ['HubSpot tells our app nothing more of these events, in every account that installed it.'],
  byHand: {
    where:
      'HubSpot developer account > the app > Webhooks; for a private app: Settings > Integrations > Private apps',
    steps: ['Find the subscription', 'Choose Pause', 'Reload and see it paused'],
    record: 'the subscription’s number, whether it was active before, the time',
  },
});

const targetState = z.object({ url: z.string(), at_once: z.number(), period: z.string() });
type Target = Readonly<z.infer<typeof targetState>>;
const NONE: Target = { url: '', at_once: 0, period: '' };

const read = async (_input: Record<string, never>, outside: Outside): Promise<Reading<Target>> => {
  const answer = await asDeveloper.ask(outside, { method: 'GET', path: webhooks(outside, '/settings') });
  const found = settingsSchema.safeParse(answer.json);
  if (succeeded(answer) && found.success) {
    const { targetUrl, throttling } = found.data;
    const url = keepable(targetUrl);
    return {
      state: { url, at_once: throttling.maxConcurrentRequests, period: throttling.period },
      remarks: [`events go to ${hostOf(url)}`],
    };
  }
  const refusal = asDeveloper.refused(answer, 'reading the webhook settings');
  if (answer.status !== 404) return { refusal };
  // 404 is also what a wrong app hears: its subscriptions must be readable.
  const listed = await asDeveloper.ask(outside, { method: 'GET', path: webhooks(outside, '/subscriptions') });
  return succeeded(listed) ? { state: NONE, remarks: [] } : { refusal };
};

const target: Setting<Record<string, never>, Target> = {
  what: 'the webhook settings',
  state: targetState,
  read,
  isOff: ({ url }) => url === '',
  off: () => NONE,
  async set(to, _input, outside) {
    const path = webhooks(outside, '/settings');
    const json = {
      targetUrl: to.url,
      throttling: { maxConcurrentRequests: to.at_once, period: to.period },
    };
    const answer = await asDeveloper.ask(
      outside,
      to.url === '' ? { method: 'DELETE', path } : { method: 'PUT', path, json },
    );
    return succeeded(answer)
      ? {
          result: 'done',
          detail: `changing the webhook settings: confirmed with ${answer.status}`,
          http: answer.status,
        }
      : asDeveloper.refused(answer, 'changing the webhook settings');
  },
  obstacle: async ({ url }) => await Promise.resolve(addressObstacle(url)),
  says: {
    on: 'HubSpot shows an address for the app’s webhooks',
    off: 'HubSpot shows no address for the app’s webhooks',
  },
};

export const stopWebhooks = action<Record<string, never>>({
  title: 'Stop all webhooks of the app',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['developers-write, or a developer API key'],
  secrets: ['developer_token'],
  input: noInput,
  byHand: {
    where: 'HubSpot developer account > the app > Webhooks',
    steps: ['Write down the target URL and the throttling', 'Delete the target URL', 'Reload and see none'],
    record: 'the app, the target URL as it was, the time',
  },
  async preview(input, outside) {
    return {
      calls: [shown(outside.baseUrl, { method: 'DELETE', path: webhooks(outside, '/settings') })],
      breaks: [
        'HubSpot tells our app nothing more in every customer’s account at once. The subscriptions stay and wait for an address.',
      ],
      ...(await previewSetting(target, input, outside)),
    };
  },
  ...switchOff(target),
});
