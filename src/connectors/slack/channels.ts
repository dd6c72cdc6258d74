import type { Json } from '../../base/canonical.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { Outcome } from '../../model/action.ts';
import type { Outside } from '../connector.ts';
import { ownSlack, pages, slackRefused } from './api.ts';
import { channelSchema, whoSchema } from './schema.ts';
import type { Channel, Who } from './schema.ts';

/** Stands in what we make, so that a repeat of the same intent finds it again: the same for each retry, and no secret. */
export const markOf = (outside: Outside): string => sha256Hex(outside.key).slice(0, 12);

export const purposeOf = (outside: Outside): string => `Opened by firebreak (${markOf(outside)})`;

const whoAmI = async (outside: Outside): Promise<Readonly<{ who: Who }> | Readonly<{ refusal: Outcome }>> => {
  const answer = await ownSlack(outside, 'auth.test');
  const who = whoSchema.safeParse(answer.data);
  return answer.ok && who.success
    ? { who: who.data }
    : { refusal: slackRefused(answer, 'asking who we are') };
};

export type Channels = Readonly<{ channels: readonly Channel[]; who: Who }> | Readonly<{ refusal: Outcome }>;

/** The living channels that we are in: whoever made a channel is in it, so our own are among them. */
export const ourChannels = async (outside: Outside): Promise<Channels> => {
  const me = await whoAmI(outside);
  if ('refusal' in me) return me;
  const what = 'listing our channels';
  const token = await outside.secret('token');
  const args = { types: 'public_channel,private_channel', exclude_archived: true };
  const all = await pages(outside, token, 'users.conversations', args, 'channels');
  if ('refused' in all) return { refusal: slackRefused(all.refused, what) };
  if (!all.complete) return { refusal: { result: 'failed', detail: `${what}: too many to read them all` } };
  return { channels: all.items.flatMap(readable), who: me.who };
};

const readable = (json: Json): readonly Channel[] => {
  const channel = channelSchema.safeParse(json);
  return channel.success ? [channel.data] : [];
};

/** A war room gets the first of these names that is free. */
export const namesFor = (name: string): readonly string[] => [
  name,
  ...Array.from({ length: 8 }, (_, i) => `${name}-${i + 2}`),
];

export const isOurs = (channel: Channel, who: Who): boolean => channel.creator === who.user_id;

export type Found = Readonly<{ channel: Channel }> | Readonly<{ refusal: Outcome }>;

/**
 * The channel meant by an id or a name. A name also means the war room that got a suffix because a stranger had the name:
 * ours goes before a channel of the same name that somebody else made.
 */
export const findChannel = async (outside: Outside, given: string): Promise<Found> => {
  const name = given.replace(/^#/, '');
  if (/^[CG][A-Z0-9]{6,20}$/.test(name)) return await channelById(outside, name);
  const all = await ourChannels(outside);
  if ('refusal' in all) return all;
  const found =
    namesFor(name)
      .map((one) => all.channels.find((channel) => channel.name === one && isOurs(channel, all.who)))
      .find((one) => one !== undefined) ?? all.channels.find((channel) => channel.name === name);
  return found === undefined
    ? {
        refusal: {
          result: 'failed',
          detail: `firebreak is in no channel named ${name}; invite it, or give the channel’s id`,
        },
      }
    : { channel: found };
};

const channelById = async (outside: Outside, id: string): Promise<Found> => {
  const answer = await ownSlack(outside, 'conversations.info', { channel: id });
  const channel = channelSchema.safeParse(answer.data['channel']);
  return answer.ok && channel.success
    ? { channel: channel.data }
    : { refusal: slackRefused(answer, 'reading the channel') };
};
