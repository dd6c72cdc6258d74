import type { Json } from '../../base/canonical.ts';
import type { Instant } from '../../base/instant.ts';
import type { Token, World, WorldChannel } from './world.ts';

/** What every method of the simulator is made of. Each answers `{ok: true}` with more, or the word of an error. */

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

export const shown = (channel: WorldChannel, told: Told): Json => ({
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

export const isIn = (channel: WorldChannel, told: Told): boolean =>
  channel.members.includes(told.token.user_id);

/** Private channels exist only for their members. */
export const seen = (told: Told, id: string | undefined): WorldChannel | undefined =>
  told.world.channels.find((channel) => channel.id === id && (!channel.is_private || isIn(channel, told)));

export const page = <T>(told: Told, rows: readonly T[]): Readonly<{ rows: readonly T[]; meta: Json }> => {
  const size = Math.min(Number(told.args['limit'] ?? '100'), 1000);
  const from = Number(told.args['cursor'] ?? '0');
  const next = from + size < rows.length ? String(from + size) : '';
  return { rows: rows.slice(from, from + size), meta: { next_cursor: next } };
};

export const withChannel = (world: World, channel: WorldChannel): World => ({
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

export const asMember = (change: (told: Told, channel: WorldChannel) => Said) =>
  onChannel((told, channel) => (isIn(channel, told) ? change(told, channel) : { error: 'not_in_channel' }));
