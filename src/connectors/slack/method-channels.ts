import type { WorldChannel } from './world.ts';
import {
  asMember,
  isIn,
  page,
  seen,
  shown,
  withChannel,
  type Said,
  type Told,
  type Method,
} from './method.ts';

/** Channels and who is in them. */

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

const READ = ['groups:read', 'channels:read'];
const MANAGE = ['groups:write', 'channels:manage', 'channels:write'];

export const channels: Readonly<Record<string, Method>> = {
  'conversations.create': { scopes: MANAGE, serve: create },
  'conversations.info': { scopes: READ, serve: info },
  'conversations.members': { scopes: READ, serve: members },
  'conversations.invite': { scopes: MANAGE, serve: invite },
  'conversations.kick': { scopes: MANAGE, serve: kick },
  'conversations.setTopic': { scopes: MANAGE, serve: setTopic },
  'conversations.setPurpose': { scopes: MANAGE, serve: setPurpose },
  'conversations.archive': { scopes: MANAGE, serve: archive },
  'users.conversations': { scopes: READ, serve: conversations },
};
