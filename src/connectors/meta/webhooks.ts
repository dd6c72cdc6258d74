import { z } from 'zod';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import type { CallRequest } from '../call.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { cut, shown } from '../several.ts';
import {
  appId,
  cutShort,
  endsHere,
  graph,
  graphId,
  node,
  ok,
  optionalSecret,
  refusal,
  succeeded,
} from './graph.ts';
import { subscribedApps } from './schema.ts';

/** Our own app's subscription to a WhatsApp account: the only one that a token of our app can remove. */

const input = z.object({ waba: graphId('WhatsApp business account id') });
type Input = z.infer<typeof input>;

const subscription = z.object({ subscribed: z.boolean(), override_callback_uri: z.string().nullable() });
export type Subscription = z.infer<typeof subscription>;

const NO_VERIFY_TOKEN =
  'the callback cannot be restored without its verify token, which no API returns: put it into the secret verify_token';

const path = (outside: Outside, waba: string): string => node(outside, `/${waba}/subscribed_apps`);

export const readSubscription = async ({ waba }: Input, outside: Outside): Promise<Reading<Subscription>> => {
  const answer = await graph(outside, await outside.secret('token'), {
    method: 'GET',
    path: path(outside, waba),
  });
  const parsed = subscribedApps.safeParse(answer.json);
  if (!ok(answer) || !parsed.success) return { refusal: refusal(answer, 'reading the subscriptions') };
  const rows = parsed.data.data;
  const own = rows.find((one) => one.whatsapp_business_api_data.id === appId(outside));
  if (own === undefined && !endsHere(answer)) return { refusal: cutShort('reading the subscriptions') };
  const remarks = rows
    .filter((one) => one !== own)
    .map(({ whatsapp_business_api_data: app }) => `${cut(app.name ?? 'an app', 80)} (${cut(app.id, 30)})`)
    .map((name) => `another app receives these messages too and is not touched: ${name}`);
  const override = own?.override_callback_uri ?? null;
  if (override !== null) remarks.push(`messages go to ${cut(override)} instead of the app's own callback`);
  return { state: { subscribed: own !== undefined, override_callback_uri: override }, remarks };
};

/** Subscribes our app: to a callback of its own where one is given, else to the app's; this also clears an override. */
export const subscribe = async (outside: Outside, waba: string, override: string | null) => {
  const request: CallRequest = { method: 'POST', path: path(outside, waba) };
  if (override === null) return await graph(outside, await outside.secret('token'), request);
  const verifyToken = (await outside.secret('verify_token')).use();
  const json = { override_callback_uri: override, verify_token: verifyToken };
  return await graph(outside, await outside.secret('token'), { ...request, json });
};

/** An override is put back with its verify token or not at all. */
export const overrideObstacle = async (override: string | null, outside: Outside): Promise<string | null> =>
  override === null || (await optionalSecret(outside, 'verify_token')) !== null ? null : NO_VERIFY_TOKEN;

const setting: Setting<Input, Subscription> = {
  what: 'the subscription',
  state: subscription,
  read: readSubscription,
  isOff: (state) => !state.subscribed,
  off: () => ({ subscribed: false, override_callback_uri: null }),
  async set(to, { waba }, outside) {
    const request: CallRequest = { method: 'DELETE', path: path(outside, waba) };
    const answer = to.subscribed
      ? await subscribe(outside, waba, to.override_callback_uri)
      : await graph(outside, await outside.secret('token'), request);
    const did = to.subscribed ? 'subscribing the app' : 'unsubscribing the app';
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  obstacle: async (to, _input, outside) => await overrideObstacle(to.override_callback_uri, outside),
  says: {
    on: 'the list of subscribed apps still names our app',
    off: 'the list of subscribed apps does not name our app',
  },
};

export const stopWebhooks = action<Input>({
  title: "Stop the app's WhatsApp webhooks",
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['whatsapp_business_management'],
  secrets: ['token'],
  input,
  byHand: {
    where: 'developers.facebook.com > My Apps > the app > WhatsApp > Configuration > Webhook',
    steps: [
      'Note the callback URL and which fields are on',
      'Unsubscribe each field, or refuse the calls at your own edge',
    ],
    record: 'callback URL, fields, time',
  },
  async preview({ waba }, outside) {
    const request: CallRequest = { method: 'DELETE', path: path(outside, waba) };
    const { now, warnings } = await previewSetting(setting, { waba }, outside);
    const bound = warnings.some((one) => one.startsWith('messages go to'));
    const stuck = bound && (await optionalSecret(outside, 'verify_token')) === null ? [NO_VERIFY_TOKEN] : [];
    return {
      calls: [shown(outside.baseUrl, request, 'removes the app whose token makes the call, no other')],
      breaks: [
        'Messages that arrive meanwhile reach no webhook of the app, and Meta does not send them again',
      ],
      now,
      warnings: [...warnings, ...stuck],
    };
  },
  ...switchOff(setting),
});
