import { HOOK_URL, having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

const BOT = 1;

/** Those of rows, and one for inboxes to have. */
const botsOf = (asked: Furnishing) => {
  const rows = having(asked, 'bot', (id, { title, secret }) => ({
    id: Number(id),
    name: title,
    outgoing_url: HOOK_URL,
    access_token: secret,
  }));
  return rows.some(({ id }) => id === BOT) ? rows : [...rows, { id: BOT, outgoing_url: HOOK_URL }];
};

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    tokens: [asked.own('token')],
    inboxes: having(asked, 'inbox', (id, { title, does }) => ({
      id: Number(id),
      name: title,
      ...(does.includes('stop-api-inbox')
        ? { channel_type: 'Channel::Api', webhook_url: HOOK_URL }
        : { allowed_domains: 'www.drill.example', agent_bot: BOT }),
    })),
    bots: botsOf(asked),
    webhooks: having(asked, 'webhook', (id, { title }) => ({ id: Number(id), name: title, url: HOOK_URL })),
    hooks: having(asked, 'hook', (id) => ({ id: Number(id) })),
    rules: having(asked, 'rule', (id, { title }) => ({ id: Number(id), name: title })),
    agents: having(asked, 'agent', (id, { title, secret }) => ({
      id: Number(id),
      name: title,
      token: secret,
    })),
  },
});
