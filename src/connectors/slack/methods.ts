import type { Json } from '../../base/canonical.ts';
import type { Instant } from '../../base/instant.ts';
import type { Token, World, WorldChannel } from './world.ts';

/** The Web API methods of the simulator. Each answers `{ok: true}` with more, or the word of an error. */

export type Told = Readonly<{
  world: World;
  token: Token;
  args: Readonly<Record<string, string>>;
  now: Instant;
  /** Where this simulator is reached: upload addresses point to it. */
  origin: string;
}>;
export type Said = Readonly<{ world: World; ok: Readonly<Record<string, Json>> } | { error: string }>;
export type Method = Readonly<{
  /** One of these scopes is needed; none when empty. */
  scopes: readonly string[];
  serve: (told: Told) => Said;
}>;

const shown = (channel: WorldChannel, told: Told): Json => ({
  id: channel.id,
  name: channel.name,
  is_channel: !channel.is_private,
  is_private: channel.is_private,
  is_archived: channel.is_archived,
  is_member: channel.members.includes(told.token.user_id),
  creator: channel.creator,
  created: channel.created,
  topic: { value: escaped(channel.topic), creator: channel.creator, last_set: channel.created },
  purpose: { value: escaped(channel.purpose), creator: channel.creator, last_set: channel.created },
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const isIn = (channel: WorldChannel, told: Told): boolean => channel.members.includes(told.token.user_id);

/** Private channels exist only for their members. */
const seen = (told: Told, id: string | undefined): WorldChannel | undefined =>
  told.world.channels.find((channel) => channel.id === id && (!channel.is_private || isIn(channel, told)));

const page = <T>(told: Told, rows: readonly T[]): Readonly<{ rows: readonly T[]; meta: Json }> => {
  const size = Math.min(Number(told.args['limit'] ?? '100'), 1000);
  const from = Number(told.args['cursor'] ?? '0');
  const next = from + size < rows.length ? String(from + size) : '';
  return { rows: rows.slice(from, from + size), meta: { next_cursor: next } };
};

const withChannel = (world: World, channel: WorldChannel): World => ({
  ...world,
  channels: world.channels.map((one) => (one.id === channel.id ? channel : one)),
});

/** For methods that change a channel: it must be seen, alive and, mostly, joined. */
const onChannel =
  (change: (told: Told, channel: WorldChannel) => Said) =>
  (told: Told): Said => {
    const channel = seen(told, told.args['channel']);
    if (channel === undefined) return { error: 'channel_not_found' };
    return channel.is_archived ? { error: 'is_archived' } : change(told, channel);
  };

const asMember = (change: (told: Told, channel: WorldChannel) => Said) =>
  onChannel((told, channel) => (isIn(channel, told) ? change(told, channel) : { error: 'not_in_channel' }));

const create = (told: Told): Said => {
  const { world, args, token, now } = told;
  const name = args['name'] ?? '';
  if (name === '') return { error: 'invalid_name_required' };
  if (name.length > 80) return { error: 'invalid_name_maxlength' };
  if (!/^[a-z0-9_-]+$/.test(name)) return { error: 'invalid_name_specials' };
  // Archived channels keep their names.
  if (world.channels.some((channel) => channel.name === name)) return { error: 'name_taken' };
  const channel: WorldChannel = {
    id: `C${String(world.next).padStart(10, '0')}`,
    name,
    is_private: args['is_private'] === 'true',
    is_archived: false,
    creator: token.user_id,
    created: Math.floor(now / 1000),
    topic: '',
    purpose: '',
    members: [token.user_id],
  };
  const next = { ...world, channels: [...world.channels, channel], next: world.next + 1 };
  return { world: next, ok: { channel: shown(channel, told) } };
};

const conversations = (told: Told): Said => {
  const types = (told.args['types'] ?? 'public_channel').split(',');
  const rows = told.world.channels.filter(
    (channel) =>
      isIn(channel, told) &&
      types.includes(channel.is_private ? 'private_channel' : 'public_channel') &&
      !(channel.is_archived && told.args['exclude_archived'] === 'true'),
  );
  const { rows: channels, meta } = page(told, rows);
  return {
    world: told.world,
    ok: { channels: channels.map((one) => shown(one, told)), response_metadata: meta },
  };
};

const members = (told: Told): Said => {
  const channel = seen(told, told.args['channel']);
  if (channel === undefined) return { error: 'channel_not_found' };
  const { rows, meta } = page(told, channel.members);
  return { world: told.world, ok: { members: rows, response_metadata: meta } };
};

const invite = asMember((told, channel) => {
  const ids = (told.args['users'] ?? '').split(',').filter((id) => id !== '');
  const unknown = ids.filter((id) => !told.world.users.some((user) => user.id === id));
  const force = told.args['force'] === 'true';
  if (ids.length === 0) return { error: 'no_user' };
  if (unknown.length > 0 && !force) return { error: 'user_not_found' };
  const fresh = ids.filter((id) => !unknown.includes(id) && !channel.members.includes(id));
  if (fresh.length === 0) return { error: unknown.length > 0 ? 'user_not_found' : 'already_in_channel' };
  const next = { ...channel, members: [...channel.members, ...fresh] };
  return { world: withChannel(told.world, next), ok: { channel: shown(next, told) } };
});

const kick = asMember((told, channel) => {
  const user = told.args['user'] ?? '';
  if (user === told.token.user_id) return { error: 'cant_kick_self' };
  if (!channel.members.includes(user)) return { error: 'not_in_channel' };
  return {
    world: withChannel(told.world, { ...channel, members: channel.members.filter((id) => id !== user) }),
    ok: {},
  };
});

const setTopic = asMember((told, channel) => {
  const topic = told.args['topic'] ?? '';
  if (topic.length > 250) return { error: 'too_long' };
  const next = { ...channel, topic };
  return { world: withChannel(told.world, next), ok: { channel: shown(next, told) } };
});

const setPurpose = asMember((told, channel) => {
  const next = { ...channel, purpose: told.args['purpose'] ?? '' };
  return { world: withChannel(told.world, next), ok: { purpose: next.purpose } };
});

const info = (told: Told): Said => {
  const channel = seen(told, told.args['channel']);
  return channel === undefined
    ? { error: 'channel_not_found' }
    : { world: told.world, ok: { channel: shown(channel, told) } };
};

const archive = (told: Told): Said => {
  const channel = seen(told, told.args['channel']);
  if (channel === undefined) return { error: 'channel_not_found' };
  if (channel.is_archived) return { error: 'already_archived' };
  return { world: withChannel(told.world, { ...channel, is_archived: true }), ok: {} };
};

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

const uploadUrl = ({ world, args, token, origin }: Told): Said => {
  const length = Number(args['length'] ?? '0');
  if (args['filename'] === undefined || !(length > 0)) return { error: 'invalid_arguments' };
  const id = `F${String(world.next).padStart(10, '0')}`;
  const row = {
    id,
    name: args['filename'],
    title: '',
    user: token.user_id,
    length,
    content: '',
    channel: '',
  };
  const next = { ...world, files: [...world.files, row], next: world.next + 1 };
  return { world: next, ok: { upload_url: `${origin}/upload/v1/${id}`, file_id: id } };
};

const completeUpload = (told: Told): Said => {
  const { world, args } = told;
  const asked = JSON.parse(args['files'] ?? '[]') as readonly Readonly<{ id: string; title?: string }>[];
  const channel = seen(told, args['channel_id']);
  if (channel === undefined || !isIn(channel, told)) return { error: 'channel_not_found' };
  if (asked.some(({ id }) => !world.files.some((file) => file.id === id && file.content !== '')))
    return { error: 'file_not_found' };
  const files = world.files.map((file) => {
    const found = asked.find(({ id }) => id === file.id);
    return found === undefined ? file : { ...file, title: found.title ?? file.name, channel: channel.id };
  });
  return {
    world: { ...world, files },
    ok: { files: asked.map(({ id, title }) => ({ id, title: title ?? '' })) },
  };
};

const listFiles = (told: Told): Said => {
  const count = Number(told.args['count'] ?? '100');
  const rows = told.world.files.filter(
    (file) => file.channel !== '' && (told.args['channel'] ?? file.channel) === file.channel,
  );
  const files = rows
    .toReversed()
    .slice(0, count)
    .map(({ id, name, title, user, length }) => ({ id, name, title, user, size: length }));
  return { world: told.world, ok: { files, paging: { count, total: rows.length, page: 1, pages: 1 } } };
};

const test = ({ world, token }: Told): Said => ({
  world,
  ok: {
    url: 'https://example.slack.com/',
    team: world.team,
    team_id: world.team_id,
    user: token.user,
    user_id: token.user_id,
    ...(token.bot_id === null ? {} : { bot_id: token.bot_id }),
  },
});

/** The app stays; a bot leaves its channels. */
const revoke = ({ world, args, token }: Told): Said => {
  if (args['test'] === 'true') return { world, ok: { revoked: false } };
  const tokens = world.tokens.map((one) => (one.token === token.token ? { ...one, revoked: true } : one));
  const gone = token.bot_id === null ? '' : token.user_id;
  const channels = world.channels.map((one) => ({
    ...one,
    members: one.members.filter((id) => id !== gone),
  }));
  return { world: { ...world, tokens, channels }, ok: { revoked: true } };
};

const READ = ['groups:read', 'channels:read'];
const MANAGE = ['groups:write', 'channels:manage', 'channels:write'];

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': { scopes: [], serve: test },
  'auth.revoke': { scopes: [], serve: revoke },
  'conversations.create': { scopes: MANAGE, serve: create },
  'conversations.info': { scopes: READ, serve: info },
  'conversations.members': { scopes: READ, serve: members },
  'conversations.invite': { scopes: MANAGE, serve: invite },
  'conversations.kick': { scopes: MANAGE, serve: kick },
  'conversations.setTopic': { scopes: MANAGE, serve: setTopic },
  'conversations.setPurpose': { scopes: MANAGE, serve: setPurpose },
  'conversations.archive': { scopes: MANAGE, serve: archive },
  'conversations.history': { scopes: ['groups:history', 'channels:history'], serve: history },
  'users.conversations': { scopes: READ, serve: conversations },
  'chat.postMessage': { scopes: ['chat:write'], serve: post },
  'chat.update': { scopes: ['chat:write'], serve: update },
  'chat.delete': { scopes: ['chat:write'], serve: remove },
  'files.getUploadURLExternal': { scopes: ['files:write'], serve: uploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], serve: completeUpload },
  'files.list': { scopes: ['files:read'], serve: listFiles },
};
