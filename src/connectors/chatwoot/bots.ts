import { z } from 'zod';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { under } from '../vendor.ts';
import { chatwoot, inAccount } from './api.ts';
import { inboxInput } from './schema.ts';
import type { InboxInput } from './schema.ts';

/** The bot of an inbox, taken off it and put back: it hears and says nothing in between. */

const state = z.object({ bot: z.number().nullable() });
type State = Readonly<z.infer<typeof state>>;

const bot: Thing<InboxInput, State> = {
  vendor: chatwoot,
  what: 'the inbox’s bot',
  state,
  ask: ({ inbox }, outside) => ({ method: 'GET', path: inAccount(outside, `/inboxes/${inbox}/agent_bot`) }),
  of({ json }) {
    const found = under(json, 'agent_bot');
    // Without a bot Chatwoot names none inside; an answer that does not speak of bots says nothing.
    if (found === null) return null;
    const id = under(found, 'id');
    return { bot: typeof id === 'number' ? id : null };
  },
  isOff: ({ bot: id }) => id === null,
  off: () => ({ bot: null }),
  // The description calls it a number and says that null takes the bot off.
  turn: ({ bot: id }, { inbox }, outside) => ({
    method: 'POST',
    path: inAccount(outside, `/inboxes/${inbox}/set_agent_bot`),
    json: { agent_bot: id },
  }),
  remarks: ({ bot: id }) => (id === null ? [] : [`its bot is number ${id}`]),
  says: { on: 'Chatwoot shows a bot at the inbox', off: 'Chatwoot shows no bot at the inbox' },
};

export const detachBot = pausing<InboxInput, State>(bot, {
  title: 'Take the bot off an inbox',
  confidence: 'confirmed',
  scopes: ['an administrator’s token'],
  secrets: ['token'],
  input: inboxInput,
  breaks: ['Customers are answered by people alone; conversations the bot held wait for an agent.'],
  byHand: {
    where: 'Chatwoot > Settings > Inboxes > the inbox > Bot Configuration',
    steps: ['Write down which bot is chosen', 'Choose Disconnect bot', 'Reload and see none'],
    record: 'the inbox, the bot that was there, the time',
  },
});
