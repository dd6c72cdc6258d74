import { z } from 'zod';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, unchanged, unproved, unread, unseen } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside, Undoable } from '../connector.ts';
import { ownSlack, shownCall, slackRefused } from './api.ts';
import type { Answer } from './api.ts';
import { findChannel, isOurs, namesFor, ourChannels, purposeOf } from './channels.ts';
import { channelSchema, warRoomInput } from './schema.ts';
import type { Channel, WarRoomInput } from './schema.ts';

/** Before the channel is made its id is not known: then the sign in its purpose finds it. */
const keptSchema = z.object({
  channel: z.string().nullable(),
  name: z.string(),
  purpose: z.string(),
  created: z.boolean(),
});
type Kept = Readonly<z.infer<typeof keptSchema>>;

type Room =
  | Readonly<{ is: 'none' }>
  /** `made`: by this very intent, perhaps by an earlier try of it; else by an earlier incident. */
  | Readonly<{ is: 'ours'; channel: Channel; made: boolean }>
  | Readonly<{ is: 'refused'; refusal: Outcome }>;

/** Between the two calls that make a room its purpose is empty: then a try of ours was cut off there. */
const look = async (name: string, outside: Outside): Promise<Room> => {
  const all = await ourChannels(outside);
  if ('refusal' in all) return { is: 'refused', refusal: all.refusal };
  const ours = namesFor(name).flatMap((one) =>
    all.channels.filter((channel) => channel.name === one && isOurs(channel, all.who)),
  );
  const made = ours.find((channel) => [purposeOf(outside), ''].includes(channel.purpose.value));
  const channel = made ?? ours[0];
  return channel === undefined ? { is: 'none' } : { is: 'ours', channel, made: made !== undefined };
};

const preview = async (input: WarRoomInput, outside: Outside): Promise<Preview> => {
  const calls = [
    shownCall(
      outside,
      'conversations.create',
      { name: input.name, is_private: true },
      'with a number behind the name if it is taken',
    ),
    shownCall(outside, 'conversations.setPurpose', {
      channel: '(the new channel)',
      purpose: purposeOf(outside),
    }),
  ];
  const breaks = [
    'Nothing stops. If Slack itself is affected, an attacker with a session could read along: use another place.',
  ];
  try {
    const room = await look(input.name, outside);
    if (room.is === 'refused') return { calls, breaks, now: 'unknown', warnings: [room.refusal.detail] };
    return room.is === 'ours'
      ? {
          calls: [],
          breaks,
          now: 'already',
          warnings: [`The channel #${room.channel.name} is ours and will be used.`],
        }
      : { calls, breaks, now: 'active', warnings: [] };
  } catch (error) {
    return unseen(error, { calls, breaks });
  }
};

type Opened = Outcome & Readonly<{ receipt: Kept; after: Readonly<{ name: string; archived: false }> }>;

const opened = (channel: Channel, created: boolean, detail: string, outside: Outside): Opened => ({
  result: created ? 'done' : 'already',
  detail,
  receipt: { channel: channel.id, name: channel.name, purpose: purposeOf(outside), created },
  after: { name: channel.name, archived: false },
});

const run = async (input: WarRoomInput, outside: Outside): Promise<Outcome> => {
  const room = await look(input.name, outside).catch((error: unknown) =>
    unread(error, 'looking for the channel'),
  );
  if ('result' in room) return room;
  if (room.is === 'refused') return unchanged(room.refusal);
  if (room.is === 'none') return await create(input, outside);
  const { channel, made } = room;
  const found = opened(channel, made, `the channel #${channel.name} is there and ours`, outside);
  if (made && channel.purpose.value === '') {
    await outside.keep(found.receipt, found.after);
    await mark(channel, outside);
  }
  return { ...found, result: 'already' };
};

const create = async (input: WarRoomInput, outside: Outside): Promise<Outcome> => {
  const kept: Kept = { channel: null, name: input.name, purpose: purposeOf(outside), created: true };
  await outside.keep(kept, { name: input.name, archived: false });
  try {
    for (const name of namesFor(input.name)) {
      const answer = await ownSlack(outside, 'conversations.create', { name, is_private: true }, 'creating');
      if (answer.error === 'name_taken') continue;
      return await made(answer, outside);
    }
    return { result: 'failed', detail: `all names from #${input.name} on are taken; nothing was created` };
  } catch (error) {
    return lost(error, 'creating the channel');
  }
};

const made = async (answer: Answer, outside: Outside): Promise<Outcome> => {
  const channel = channelSchema.safeParse(answer.data['channel']);
  if (!answer.ok || !channel.success) return slackRefused(answer, 'creating the channel');
  const marked = await mark(channel.data, outside);
  return opened(
    channel.data,
    true,
    `Slack created the private channel #${channel.data.name}${marked ? '' : '; its purpose could not be set'}`,
    outside,
  );
};

/** Our sign in the purpose. The room is open without it, so a failure here is only told. */
const mark = async (channel: Channel, outside: Outside): Promise<boolean> => {
  try {
    const purpose = purposeOf(outside);
    return (await ownSlack(outside, 'conversations.setPurpose', { channel: channel.id, purpose })).ok;
  } catch (error) {
    lost(error, 'setting the purpose');
    return false;
  }
};

const verify = async (input: WarRoomInput, outside: Outside): Promise<Proof> => {
  try {
    const room = await look(input.name, outside);
    if (room.is === 'refused') return { is: 'unproved', how: room.refusal.detail };
    return room.is === 'ours'
      ? {
          is: 'proved',
          how: `Slack lists #${room.channel.name} (${room.channel.id}), made by us and not archived`,
        }
      : { is: 'refuted', how: `Slack lists no living channel #${input.name} made by us` };
  } catch (error) {
    return unproved(error, 'looking for the channel');
  }
};

/** The channel that a kept receipt speaks of; null when no living one is found by its sign. */
const ours = async (
  kept: Kept,
  outside: Outside,
): Promise<Readonly<{ channel: Channel | null }> | Readonly<{ refusal: Outcome }>> => {
  if (kept.channel !== null) return await findChannel(outside, kept.channel);
  const all = await ourChannels(outside);
  if ('refusal' in all) return all;
  const mine = all.channels.filter((channel) => isOurs(channel, all.who));
  const signed = mine.find((channel) => channel.purpose.value === kept.purpose);
  // Cut off between its two calls, the room stands there without the sign.
  const bare = mine.find(
    (channel) => channel.purpose.value === '' && namesFor(kept.name).includes(channel.name),
  );
  return { channel: signed ?? bare ?? null };
};

const keptName = (kept: Kept, channel: Channel): boolean =>
  kept.channel === null ? namesFor(kept.name).includes(channel.name) : kept.name === channel.name;

const undo = async (_input: WarRoomInput, done: Undoable, outside: Outside): Promise<Outcome> => {
  const kept = keptSchema.safeParse(done.receipt);
  if (!kept.success) return { result: 'failed', detail: 'no state before was kept, so nothing was changed' };
  if (!kept.data.created) return { result: 'already', detail: 'the channel was there before and stays' };
  try {
    const found = await ours(kept.data, outside);
    if ('refusal' in found) return unchanged(found.refusal);
    const { channel } = found;
    if (channel === null)
      return { result: 'already', detail: 'no living channel carries the sign of this action' };
    if (channel.is_archived) return { result: 'already', detail: `the channel #${channel.name} is archived` };
    if (!keptName(kept.data, channel)) {
      return {
        result: 'failed',
        detail: `somebody else renamed the channel to #${channel.name} since: left as it is`,
      };
    }
    return await archive(channel.id, outside);
  } catch (error) {
    return unread(error, 'reading the channel');
  }
};

const archive = async (channel: string, outside: Outside): Promise<Outcome> => {
  try {
    const answer = await ownSlack(outside, 'conversations.archive', { channel });
    if (answer.ok) return { result: 'done', detail: 'Slack archived the channel; its messages are kept' };
    return answer.error === 'already_archived'
      ? { result: 'already', detail: 'the channel is archived' }
      : slackRefused(answer, 'archiving the channel');
  } catch (error) {
    return lost(error, 'archiving the channel');
  }
};

export const openWarRoom = action<WarRoomInput>({
  title: 'Open a war room',
  effect: 'reversible',
  retry: 'C',
  confidence: 'confirmed',
  creates: true,
  scopes: ['groups:write', 'groups:read', 'channels:read'],
  secrets: ['token'],
  input: warRoomInput,
  byHand: {
    where: 'Slack, beside "Channels": Create > Create channel',
    steps: [
      'Give it a name that does not tell what happened, and choose "Private".',
      'Invite only who works on the incident.',
      'If Slack itself is affected, use another place: a session of the attacker reads along.',
    ],
    record: 'The name and link of the channel, who was invited, and the time.',
  },
  preview,
  run,
  verify,
  undo,
});
