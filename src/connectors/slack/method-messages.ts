import type { Json } from '../../base/canonical.ts';
import type { World } from './world.ts';
import { asMember, isIn, page, seen, type Said, type Told, type Method } from './method.ts';

/** Messages of a channel. */

/** Time stamps have the same length, so they compare as texts do. */
const between = (ts: string, { oldest, latest, inclusive }: Told['args']): boolean => {
  const ends = inclusive === 'true';
  if (oldest !== undefined && (ends ? ts < oldest : ts <= oldest)) return false;
  return latest === undefined || (ends ? ts <= latest : ts < latest);
};

const history = (told: Told): Said => {
  const channel = seen(told, told.args['channel']);
  if (channel === undefined) return { error: 'channel_not_found' };
  if (!isIn(channel, told)) return { error: 'not_in_channel' };
  const rows = told.world.messages
    .filter((message) => message.channel === channel.id && between(message.ts, told.args))
    .toReversed();
  const { rows: newest, meta } = page(told, rows);
  const messages = newest.map(({ ts, user, text, metadata }) => ({
    type: 'message',
    ts,
    user,
    text,
    ...(metadata === '' || told.args['include_all_metadata'] !== 'true'
      ? {}
      : { metadata: JSON.parse(metadata) as Json }),
  }));
  return { world: told.world, ok: { messages, response_metadata: meta } };
};

const post = asMember((told, channel) => {
  const { world, args, token, now } = told;
  const text = args['text'] ?? '';
  if (text === '') return { error: 'no_text' };
  if (text.length > 40_000) return { error: 'msg_too_long' };
  const ts = `${Math.floor(now / 1000)}.${String(world.next).padStart(6, '0')}`;
  const row = { channel: channel.id, ts, user: token.user_id, text, metadata: args['metadata'] ?? '' };
  const next = { ...world, messages: [...world.messages, row], next: world.next + 1 };
  return {
    world: next,
    ok: { channel: channel.id, ts, message: { type: 'message', ts, user: token.user_id, text } },
  };
});

/** Only its author changes or takes back a message; an app is one author. */
const onOwnMessage = (change: (messages: World['messages'], at: number, told: Told) => World['messages']) =>
  asMember((told, channel) => {
    const { world, args, token } = told;
    const at = world.messages.findIndex((one) => one.channel === channel.id && one.ts === args['ts']);
    const found = world.messages[at];
    if (found === undefined) return { error: 'message_not_found' };
    if (found.user !== token.user_id) return { error: 'cant_update_message' };
    return {
      world: { ...world, messages: change(world.messages, at, told) },
      ok: { channel: channel.id, ts: found.ts },
    };
  });

const update = onOwnMessage((messages, at, { args }) =>
  messages.map((one, i) => (i === at ? { ...one, text: args['text'] ?? '' } : one)),
);

const remove = onOwnMessage((messages, at) => messages.toSpliced(at, 1));

export const messages: Readonly<Record<string, Method>> = {
  'conversations.history': { scopes: ['groups:history', 'channels:history'], serve: history },
  'chat.postMessage': { scopes: ['chat:write'], serve: post },
  'chat.update': { scopes: ['chat:write'], serve: update },
  'chat.delete': { scopes: ['chat:write'], serve: remove },
};
