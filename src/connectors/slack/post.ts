import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, unchanged, unproved, unread, unseen } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { ownSlack, pages, shownCall, slackRefused } from './api.ts';
import { findChannel, markOf } from './channels.ts';
import { messageSchema, postInput } from './schema.ts';
import type { Channel, PostInput } from './schema.ts';

/** The kind of metadata under which a post carries the sign of its intent. */
const EVENT = 'firebreak_status';

/** A repeat comes within minutes, so the newest 400 messages are enough to find the first try. */
const HISTORY_PAGES = 2;

type Seen = Readonly<{ channel: Channel; ts: string | null }> | Readonly<{ refusal: Outcome }>;

const look = async (input: PostInput, outside: Outside): Promise<Seen> => {
  const found = await findChannel(outside, input.channel);
  if ('refusal' in found) return found;
  const args = { channel: found.channel.id, include_all_metadata: true };
  const all = await pages(
    outside,
    await outside.secret('token'),
    'conversations.history',
    args,
    'messages',
    HISTORY_PAGES,
  );
  if ('refused' in all) return { refusal: slackRefused(all.refused, 'reading the channel') };
  const posted = all.items.find((json) => {
    const message = messageSchema.safeParse(json);
    const metadata = message.success ? message.data.metadata : undefined;
    return metadata?.event_type === EVENT && metadata.event_payload['mark'] === markOf(outside);
  });
  const message = messageSchema.safeParse(posted);
  return { channel: found.channel, ts: message.success ? message.data.ts : null };
};

const metadataOf = (outside: Outside) => ({ event_type: EVENT, event_payload: { mark: markOf(outside) } });

const preview = async (input: PostInput, outside: Outside): Promise<Preview> => {
  const args = { channel: input.channel, text: input.text, metadata: metadataOf(outside) };
  const calls = [shownCall(outside, 'chat.postMessage', args)];
  const breaks = [
    'Nothing stops. Everybody in the channel reads it, and a notification cannot be taken back.',
  ];
  try {
    const seen = await look(input, outside);
    if ('refusal' in seen) return { calls, breaks, now: 'unknown', warnings: [seen.refusal.detail] };
    const where = `The channel is #${seen.channel.name} (${seen.channel.id}).`;
    return { calls, breaks, now: seen.ts === null ? 'active' : 'already', warnings: [where] };
  } catch (error) {
    return unseen(error, { calls, breaks });
  }
};

const run = async (input: PostInput, outside: Outside): Promise<Outcome> => {
  const seen = await look(input, outside).catch((error: unknown) => unread(error, 'reading the channel'));
  if ('result' in seen) return seen;
  // Unread, a first try could not be told from none: rather no post than two.
  if ('refusal' in seen) return unchanged(seen.refusal);
  const { channel, ts } = seen;
  if (ts !== null)
    return {
      result: 'already',
      detail: `it stands in #${channel.name}`,
      receipt: { channel: channel.id, ts },
    };
  try {
    const args = { channel: channel.id, text: input.text, metadata: metadataOf(outside) };
    const answer = await ownSlack(outside, 'chat.postMessage', args, 'creating');
    const posted = answer.data['ts'];
    if (!answer.ok || typeof posted !== 'string') return slackRefused(answer, 'posting');
    return {
      result: 'done',
      detail: `Slack posted it in #${channel.name}`,
      http: 200,
      receipt: { channel: channel.id, ts: posted },
    };
  } catch (error) {
    return lost(error, 'posting');
  }
};

const verify = async (input: PostInput, outside: Outside): Promise<Proof> => {
  try {
    const seen = await look(input, outside);
    if ('refusal' in seen) return { is: 'unproved', how: seen.refusal.detail };
    return seen.ts === null
      ? { is: 'refuted', how: `the newest messages of #${seen.channel.name} do not hold it` }
      : { is: 'proved', how: `it stands in #${seen.channel.name} (message ${seen.ts})` };
  } catch (error) {
    return unproved(error, 'reading the channel');
  }
};

export const postStatus = action<PostInput>({
  title: 'Post a status',
  effect: 'irreversible',
  retry: 'C',
  confidence: 'confirmed',
  creates: true,
  scopes: ['chat:write', 'groups:history', 'channels:history', 'groups:read', 'channels:read'],
  secrets: ['token'],
  input: postInput,
  byHand: {
    where: 'Slack: the channel of the incident',
    steps: ['Post: what is known, what was done, what comes next, and when the next status comes.'],
    record: 'The text, the channel and the time.',
  },
  preview,
  run,
  verify,
});
