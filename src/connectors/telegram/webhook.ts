import { z } from 'zod';
import { addressObstacle, hostOf, keepable } from '../address.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { HIDDEN, shown } from '../several.ts';
import { ownSecret } from '../suspects.ts';
import { isOk, meaning, method, resultOf } from './api.ts';

/** The bot's webhook: taken off, updates wait at Telegram for up to a day; and whoever has the token can fetch them. */

const input = z.object({}) as z.ZodType<Record<string, never>>;
type Input = Record<string, never>;

const infoSchema = z.object({
  url: z.string(),
  has_custom_certificate: z.boolean().default(false),
  max_connections: z.number().default(40),
  allowed_updates: z.array(z.string()).default([]),
  ip_address: z.string().default(''),
  pending_update_count: z.number().default(0),
  last_error_message: z.string().exactOptional(),
});

const stateSchema = z.object({
  url: z.string(),
  max_connections: z.number(),
  allowed_updates: z.array(z.string()),
  own_certificate: z.boolean(),
});
type State = Readonly<z.infer<typeof stateSchema>>;

export const webhookInfo = async (outside: Outside) => {
  const answer = await method(outside, await outside.secret('token'), 'getWebhookInfo');
  const info = infoSchema.safeParse(resultOf(answer));
  return { answer, info: isOk(answer) && info.success ? info.data : null };
};

const read = async (_input: Input, outside: Outside): Promise<Reading<State>> => {
  const { answer, info } = await webhookInfo(outside);
  if (info === null) return { refusal: meaning(answer, 'reading the webhook') };
  return {
    state: {
      url: keepable(info.url),
      max_connections: info.url === '' ? 40 : info.max_connections,
      allowed_updates: info.url === '' ? [] : info.allowed_updates.toSorted(),
      own_certificate: info.has_custom_certificate,
    },
    remarks: [
      ...(info.url === '' ? [] : [`updates go to ${hostOf(keepable(info.url))}`]),
      `${info.pending_update_count} updates wait at Telegram`,
      'a thief who has the token can fetch what waits: revoke the token with @BotFather',
    ],
  };
};

const NO_SECRET =
  'the webhook cannot be put back without its secret_token, which Telegram does not tell: put it into the secret webhook_secret, or set the webhook by hand';

const setting: Setting<Input, State> = {
  what: 'the webhook',
  state: stateSchema,
  read,
  isOff: ({ url }) => url === '',
  off: () => ({ url: '', max_connections: 40, allowed_updates: [], own_certificate: false }),
  async set(to, _input, outside) {
    const token = await outside.secret('token');
    const secret = to.url === '' ? null : await ownSecret(outside, 'webhook_secret');
    const answer =
      to.url === ''
        ? await method(outside, token, 'deleteWebhook', { drop_pending_updates: false })
        : await method(outside, token, 'setWebhook', {
            url: to.url,
            max_connections: to.max_connections,
            allowed_updates: [...to.allowed_updates],
            ...(secret === null ? {} : { secret_token: secret.use() }),
          });
    return isOk(answer)
      ? { result: 'done', detail: 'changing the webhook: confirmed', http: answer.status }
      : meaning(answer, 'changing the webhook');
  },
  async obstacle(to, _input, outside) {
    if (to.own_certificate) return 'the webhook had a certificate of its own, which must be uploaded by hand';
    const address = addressObstacle(to.url);
    if (address !== null) return address;
    // Set without it, the receiver would take forged updates for Telegram's.
    return (await ownSecret(outside, 'webhook_secret')) === null ? NO_SECRET : null;
  },
  says: { on: 'Telegram shows an address for the webhook', off: 'Telegram shows no address for the webhook' },
};

export const pauseWebhook = action<Input>({
  title: 'Take the bot’s webhook off',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['the bot’s token'],
  secrets: ['token'],
  input,
  byHand: {
    where: 'any terminal with curl; Telegram has no page for it',
    steps: [
      'Read getWebhookInfo and keep its answer',
      'Call deleteWebhook with drop_pending_updates false',
      'Read getWebhookInfo again: url is empty',
    ],
    record: 'the webhook as it was, the time',
  },
  async preview(given, outside) {
    const path = `/bot${HIDDEN}/deleteWebhook`;
    return {
      calls: [shown(outside.baseUrl, { method: 'POST', path, json: { drop_pending_updates: false } })],
      breaks: [
        'Messages to the bot wait at Telegram for up to 24 hours and are then lost; nobody is answered.',
      ],
      ...(await previewSetting(setting, given, outside)),
    };
  },
  ...switchOff(setting),
});
