import { z } from 'zod';
import { unread } from '../call.ts';
import { allRefused, byPerson } from '../by-hand.ts';
import { addressOf } from '../address.ts';
import type { Connector, Health, Listing, Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { textAt } from '../vendor.ts';
import { isOk, meaning, method, resultOf } from './api.ts';
import { telegramSimulator } from './simulator.ts';
import { pauseWebhook, webhookInfo } from './webhook.ts';

/** A bot's token is revoked in a chat with @BotFather, by the person who made the bot, and by nobody else. */
const revokeToken = byPerson<Record<string, never>>({
  title: 'Revoke the bot’s leaked token',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['the Telegram account that made the bot'],
  secrets: [],
  input: z.object({}) as z.ZodType<Record<string, never>>,
  needsSuspect: true,
  breaks: [
    'Everything that runs the bot is refused until it has the new token; the webhook must be set again with it.',
  ],
  byHand: {
    where: 'Telegram, a chat with @BotFather, signed in as the account that made the bot',
    steps: [
      'Send /revoke and choose the bot: the old token ends at once and the new one is shown',
      'Put the new token where the bot takes it from, not into a chat',
      'Come back here: the old token is tried once more and must be refused',
    ],
    record: 'the bot’s name, who revoked it, the time',
  },
  prove: async (_input, outside) =>
    await allRefused(outside, 'getMe', async (token) => await method(outside, token, 'getMe')),
});

const health = async (outside: Outside): Promise<Health> => {
  const what = 'asking who we are';
  try {
    const answer = await method(outside, await outside.secret('token'), 'getMe');
    return isOk(answer)
      ? { ok: true, detail: `the token is the bot ${cut(textAt(resultOf(answer), 'username'), 60)}` }
      : { ok: false, detail: meaning(answer, what).detail };
  } catch (error) {
    return { ok: false, detail: unread(error, what).detail };
  }
};

const BLIND = [
  'whether the webhook has a secret_token: Telegram does not tell',
  'who else fetches updates with the token',
];

const list = async (outside: Outside): Promise<Listing> => {
  try {
    const { answer, info } = await webhookInfo(outside);
    if (info === null)
      return { items: [], blindSpots: [meaning(answer, 'reading the webhook').detail, ...BLIND] };
    const { scheme, host } = addressOf(info.url);
    const failing = info.last_error_message;
    return {
      items: [
        {
          kind: 'integration',
          id: 'webhook',
          title: info.url === '' ? 'no webhook' : `webhook to ${host}`,
          state: info.url === '' ? 'paused' : 'active',
          detail: `${info.pending_update_count} updates wait`,
          ...(info.url === ''
            ? {}
            : {
                sends: {
                  scheme,
                  host,
                  signed: 'unknown',
                  tls: info.has_custom_certificate ? 'unchecked' : 'checked',
                  method: 'POST',
                  events: info.allowed_updates.length === 0 ? 'all' : 'some',
                  ...(failing === undefined ? {} : { failing: cut(failing, 100) }),
                },
              }),
        },
      ],
      blindSpots: BLIND,
    };
  } catch (error) {
    return { items: [], blindSpots: [unread(error, 'reading the webhook').detail, ...BLIND] };
  }
};

export const connector: Connector = {
  title: 'Telegram',
  baseUrl: 'https://api.telegram.org',
  config: z.strictObject({}),
  secrets: {
    token: 'the bot’s token',
    webhook_secret: 'the secret_token of its webhook, needed to put it back',
  },
  // About 30 requests a second for a bot (from memory); nothing here needs more than a few.
  pace: { atOnce: 2, perMinute: 60 },
  actions: { 'pause-webhook': pauseWebhook, 'revoke-token': revokeToken },
  list,
  health,
  simulator: telegramSimulator,
};
