import { call } from '../call.ts';
import type { Outside } from '../connector.ts';
import type { Used } from '../making.ts';
import { rolling } from '../rolling.ts';
import { textAt } from '../vendor.ts';
import { chatwoot, inAccount } from './api.ts';
import { botInput } from './schema.ts';
import type { BotInput } from './schema.ts';

/**
 * A bot's access token with another text. A bot may ask for very little, so Chatwoot refuses this question of a living token as
 * well; but it says of a living one that bots may not ask, and of a dead one that there is no such token.
 */

const FOR_BOTS = /not authorized for bots/i;

const use = async (secret: string, _input: BotInput, outside: Outside): Promise<Used> => {
  const answer = await call(outside, {
    method: 'GET',
    path: inAccount(outside, '/inboxes'),
    headers: { api_access_token: secret },
  });
  if (answer.status === 401 && FOR_BOTS.test(textAt(answer.json, 'error')))
    return { is: 'proved', how: 'Chatwoot knows it as that of a bot', http: 401 };
  return answer;
};

export const rollBotToken = rolling<BotInput>(
  {
    vendor: chatwoot,
    what: 'the bot’s access token',
    roll: ({ bot }, outside) => ({
      method: 'POST',
      path: inAccount(outside, `/agent_bots/${bot}/reset_access_token`),
    }),
    of: ({ json }) => textAt(json, 'access_token'),
    id: ({ bot }) => bot,
    use,
  },
  {
    title: 'Roll a bot’s access token',
    // Route and words stand in the product's source and in no description.
    confidence: 'unconfirmed',
    scopes: ['an administrator’s token'],
    secrets: ['token'],
    input: botInput,
    breaks: ['The bot cannot answer until it has the new text: the old one is refused at once.'],
    byHand: {
      where: 'Chatwoot > Settings > Bots > the bot > Edit > Access Token',
      steps: ['Choose Reset', 'Give the new text to whatever runs the bot, not through chat or mail'],
      record: 'the bot’s number and name, the time, what got the new text',
    },
  },
);
