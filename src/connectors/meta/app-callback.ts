import { z } from 'zod';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import type { CallRequest } from '../call.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { cut, HIDDEN, shown } from '../several.ts';
import { appId, appToken, graph, node, ok, refusal, succeeded } from './graph.ts';
import { appSubscriptions } from './schema.ts';
import { overrideObstacle } from './webhooks.ts';

/**
 * The third level of callbacks: the app's own, one for each kind of object. It holds for every account, page and Instagram
 * account that the app serves, wherever none of the other two overrides it.
 */

const input = z.object({
  object: z
    .enum(['whatsapp_business_account', 'page', 'instagram', 'user', 'permissions'])
    .describe('the kind of object, as App Dashboard > Webhooks names it'),
  divert_to: z
    .url({ protocol: /^https$/ })
    .exactOptional()
    .describe('your own receiver, instead of no callback'),
});
type Input = Readonly<z.infer<typeof input>>;

const callback = z.object({ callback_url: z.string().nullable(), fields: z.array(z.string()) });
type Callback = z.infer<typeof callback>;

const WORDS: Readonly<Record<Input['object'], string>> = {
  whatsapp_business_account: 'WhatsApp account',
  page: 'page',
  instagram: 'Instagram account',
  user: 'person',
  permissions: 'person',
};

const path = (outside: Outside): string => node(outside, `/${appId(outside)}/subscriptions`);
const wanted = (given: Input): string | null => given.divert_to ?? null;

const request = (to: Callback, { object }: Input, outside: Outside, verifyToken: string): CallRequest =>
  to.callback_url === null
    ? // In the address: a call without it would end the callbacks of every object.
      { method: 'DELETE', path: path(outside), query: { object } }
    : {
        method: 'POST',
        path: path(outside),
        form: {
          object,
          callback_url: to.callback_url,
          fields: to.fields.join(','),
          include_values: 'true',
          verify_token: verifyToken,
        },
      };

const setting: Setting<Input, Callback> = {
  what: "the app's callback",
  state: callback,
  async read({ object }, outside) {
    const answer = await graph(outside, await appToken(outside), { method: 'GET', path: path(outside) });
    const parsed = appSubscriptions.safeParse(answer.json);
    if (!ok(answer) || !parsed.success) return { refusal: refusal(answer, "reading the app's callbacks") };
    const found = parsed.data.data.find((one) => one.object === object && one.active);
    if (found === undefined) return { state: { callback_url: null, fields: [] }, remarks: [] };
    const fields = found.fields.map((one) => (typeof one === 'string' ? one : one.name)).toSorted();
    return {
      state: { callback_url: found.callback_url, fields },
      remarks: [
        `the app sends ${cut(fields.join(', '))} of every ${WORDS[object]} to ${cut(found.callback_url)}`,
      ],
    };
  },
  isOff: (state, given) => state.callback_url === wanted(given),
  off: (before, given) => {
    const url = wanted(given);
    return { callback_url: url, fields: url === null ? [] : before.fields };
  },
  async set(to, given, outside) {
    const did =
      to.callback_url === null ? "removing the app's callback" : `sending to ${cut(to.callback_url)}`;
    if (to.callback_url !== null && to.fields.length === 0)
      return {
        result: 'failed',
        detail: 'the app subscribes to no fields of this object, so there is nothing to divert',
      };
    const obstacle = await overrideObstacle(to.callback_url, outside);
    if (obstacle !== null) return { result: 'failed', detail: obstacle };
    const verifyToken = to.callback_url === null ? '' : (await outside.secret('verify_token')).use();
    const answer = await graph(outside, await appToken(outside), request(to, given, outside, verifyToken));
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  obstacle: async (to, _given, outside) => await overrideObstacle(to.callback_url, outside),
  says: {
    on: 'the app still sends to a callback that is not the one wanted',
    off: 'the app sends to no callback but the one wanted',
  },
};

export const clearAppCallback = action<Input>({
  title: "Remove or divert the app's own callback",
  effect: 'reversible',
  retry: 'B',
  confidence: 'unconfirmed',
  scopes: [],
  secrets: ['app_secret'],
  input,
  byHand: {
    where: 'App Dashboard > Webhooks, the object in the list',
    steps: [
      'Copy the callback URL and the fields that are on',
      'Remove the subscription, or edit it to your own URL and verify token',
    ],
    record: 'the object, the foreign URL, the fields, since when',
  },
  async preview(given, outside) {
    const { now, warnings } = await previewSetting(setting, given, outside);
    const to = { callback_url: wanted(given), fields: ['the fields that are on now'] };
    const kind = WORDS[given.object];
    const stuck = await overrideObstacle('kept', outside);
    return {
      calls: [
        shown(outside.baseUrl, request(to, given, outside, HIDDEN), 'with the token of the app itself'),
      ],
      breaks: [
        to.callback_url === null
          ? `Events of every ${kind} of the app reach nobody, but where an account or a number has an override; Meta does not send them again`
          : `Whatever listens at the callback receives nothing more of any ${kind} of the app; your receiver does`,
      ],
      now,
      warnings: stuck === null ? warnings : [...warnings, stuck],
    };
  },
  ...switchOff(setting),
});
