import type { Board } from '../connector.ts';
import { ownSlack, slackRefused } from './api.ts';
import { findChannel } from './channels.ts';
import { messageSchema } from './schema.ts';

/** The channel of the incident as a board: what was posted is found by its channel and its time stamp, as Slack names it. */
export const board: Board = {
  async post(channel, text, outside) {
    const found = await findChannel(outside, channel);
    if ('refusal' in found) return { is: 'refused', why: found.refusal.detail };
    const args = { channel: found.channel.id, text, unfurl_links: false, unfurl_media: false };
    const answer = await ownSlack(outside, 'chat.postMessage', args, 'once');
    const { ts } = answer.data;
    if (!answer.ok || typeof ts !== 'string')
      return { is: 'refused', why: slackRefused(answer, 'posting').detail };
    return { is: 'posted', place: { channel: found.channel.id, ts } };
  },
  async read({ channel = '', ts = '' }, outside) {
    const args = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
    const answer = await ownSlack(outside, 'conversations.history', args);
    const { messages } = answer.data;
    if (!answer.ok || !Array.isArray(messages))
      return { is: 'refused', why: slackRefused(answer, 'reading the channel').detail };
    const message = messageSchema.safeParse(messages[0]);
    return message.success && message.data.ts === ts
      ? { is: 'there', text: message.data.text }
      : { is: 'gone' };
  },
};
