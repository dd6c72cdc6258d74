import { z } from 'zod';
import type { CallAnswer } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { cut, HIDDEN, shown } from '../several.ts';
import { appId, appToken, graph, graphId, node, ok, refusal, succeeded } from './graph.ts';
import { appSubscriptions, phoneNumber } from './schema.ts';
import { overrideObstacle, readSubscription, subscribe } from './webhooks.ts';

/**
 * Where messages are sent is said at three levels: the number, then the WhatsApp account, then the app; the most specific
 * wins. A thief who holds a token of our app registers his callback at one of the first two.
 */

const input = z
  .object({
    waba: graphId('WhatsApp business account id').exactOptional(),
    phone: graphId('phone number id; given, the override of this number is meant').exactOptional(),
    divert_to: z
      .url({ protocol: /^https$/ })
      .exactOptional()
      .describe('your own receiver, instead of no override'),
  })
  .refine((one) => one.waba !== undefined || one.phone !== undefined, 'give waba or phone');
type Input = Readonly<z.infer<typeof input>>;

// An account that our app is not subscribed to sends it nothing, and setting a callback there would subscribe it again.
const override = z.object({ subscribed: z.boolean(), override_callback_uri: z.string().nullable() });
type Override = z.infer<typeof override>;

const phonePath = (outside: Outside, phone: string): string => node(outside, `/${phone}`);

const readNumber = async (phone: string, outside: Outside): Promise<Reading<Override>> => {
  const query = { fields: 'webhook_configuration' };
  const answer = await graph(outside, await outside.secret('token'), {
    method: 'GET',
    path: phonePath(outside, phone),
    query,
  });
  const parsed = phoneNumber.safeParse(answer.json);
  if (!ok(answer) || !parsed.success) return { refusal: refusal(answer, "reading the number's callback") };
  const found = parsed.data.webhook_configuration;
  const url = found?.override_callback_uri ?? found?.phone_number ?? '';
  const state = { subscribed: true, override_callback_uri: url === '' ? null : url };
  return { state, remarks: url === '' ? [] : [`the number sends its messages to ${cut(url)}`] };
};

const readAccount = async (waba: string, outside: Outside): Promise<Reading<Override>> =>
  await readSubscription({ waba }, outside);

const setNumber = async (phone: string, url: string | null, outside: Outside): Promise<CallAnswer> => {
  const verify = url === null ? {} : { verify_token: (await outside.secret('verify_token')).use() };
  const json = { webhook_configuration: { override_callback_uri: url ?? '', ...verify } };
  return await graph(outside, await outside.secret('token'), {
    method: 'POST',
    path: phonePath(outside, phone),
    json,
  });
};

const target = (given: Input): string | null => given.divert_to ?? null;

const setting: Setting<Input, Override> = {
  what: 'the callback override',
  state: override,
  read: async (given: Input, outside) =>
    given.phone === undefined
      ? await readAccount(given.waba ?? '', outside)
      : await readNumber(given.phone, outside),
  isOff: (state, given) => !state.subscribed || state.override_callback_uri === target(given),
  off: (before, given) => ({ subscribed: before.subscribed, override_callback_uri: target(given) }),
  async set(to, given: Input, outside) {
    const url = to.override_callback_uri;
    if (url !== null) {
      const obstacle = await overrideObstacle(url, outside);
      if (obstacle !== null) return { result: 'failed', detail: obstacle };
    }
    const answer =
      given.phone === undefined
        ? await subscribe(outside, given.waba ?? '', url)
        : await setNumber(given.phone, url, outside);
    const did = url === null ? 'removing the override' : `sending messages to ${cut(url)}`;
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  obstacle: async (to, _given, outside) => await overrideObstacle(to.override_callback_uri, outside),
  says: { on: 'a callback override is still in force', off: 'no callback override but ours is in force' },
};

/** The app's own callbacks, which hold wherever no override does: looked at, never changed here. */
const appLevel = async (outside: Outside): Promise<string[]> => {
  try {
    const path = node(outside, `/${appId(outside)}/subscriptions`);
    const answer = await graph(outside, await appToken(outside), { method: 'GET', path });
    const parsed = appSubscriptions.safeParse(answer.json);
    if (!ok(answer) || !parsed.success) return [refusal(answer, "reading the app's own callbacks").detail];
    return parsed.data.data.map(
      (one) => `the app's own callback for ${cut(one.object, 60)} is ${cut(one.callback_url)}`,
    );
  } catch {
    // A remark more or less must not stand in the way of the action.
    return ["the app's own callbacks could not be read: look at App Dashboard > Webhooks"];
  }
};

/** Overrides at the level that is not being changed. */
const otherLevel = async (given: Input, outside: Outside): Promise<readonly string[]> => {
  if (given.phone === undefined || given.waba === undefined) return [];
  const reading = await readAccount(given.waba, outside).catch(() => null);
  return reading !== null && 'state' in reading ? reading.remarks : [];
};

export const clearCallbackOverride = action<Input>({
  title: 'Remove a foreign callback URL',
  effect: 'reversible',
  retry: 'B',
  confidence: 'unconfirmed',
  scopes: ['whatsapp_business_management'],
  secrets: ['token'],
  input,
  byHand: {
    where: 'WhatsApp Manager > Phone numbers, and App Dashboard > WhatsApp > Configuration',
    steps: [
      'Copy the callback URL of the number, the account and the app',
      'Remove what is not yours, or enter your own URL',
    ],
    record: 'the foreign URL, at which level, since when',
  },
  async preview(given: Input, outside) {
    const url = target(given);
    const verify = url === null ? {} : { verify_token: HIDDEN };
    const request =
      given.phone === undefined
        ? {
            path: node(outside, `/${given.waba ?? ''}/subscribed_apps`),
            ...(url === null ? {} : { json: { override_callback_uri: url, ...verify } }),
          }
        : {
            path: phonePath(outside, given.phone),
            json: { webhook_configuration: { override_callback_uri: url ?? '', ...verify } },
          };
    const { now, warnings } = await previewSetting(setting, given, outside);
    return {
      calls: [shown(outside.baseUrl, { method: 'POST', ...request })],
      breaks: ['Whatever listens at the override receives nothing more; messages go to the next level'],
      now,
      warnings: [...warnings, ...(await otherLevel(given, outside)), ...(await appLevel(outside))],
    };
  },
  ...switchOff(setting),
});
