import { z } from 'zod';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, unchanged, unproved, unread, unseen } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside, Undoable } from '../connector.ts';
import { ownSlack, pages, shownCall, slackRefused } from './api.ts';
import { findChannel } from './channels.ts';
import { inviteInput } from './schema.ts';
import type { Channel, InviteInput } from './schema.ts';

const keptSchema = z.object({ channel: z.string(), added: z.array(z.string()) });

const usersOf = (input: InviteInput): readonly string[] => [
  ...new Set(input.users.split(',').map((one) => one.trim())),
];

type Seen = Readonly<{ channel: Channel; missing: readonly string[] }> | Readonly<{ refusal: Outcome }>;

const membersOf = async (
  channel: string,
  outside: Outside,
): Promise<readonly string[] | Readonly<{ refusal: Outcome }>> => {
  const all = await pages(
    outside,
    await outside.secret('token'),
    'conversations.members',
    { channel },
    'members',
  );
  return 'items' in all
    ? all.items.map(String)
    : { refusal: slackRefused(all.refused, 'reading the members') };
};

const look = async (input: InviteInput, outside: Outside): Promise<Seen> => {
  const found = await findChannel(outside, input.channel);
  if ('refusal' in found) return found;
  const members = await membersOf(found.channel.id, outside);
  if ('refusal' in members) return members;
  return { channel: found.channel, missing: usersOf(input).filter((user) => !members.includes(user)) };
};

const preview = async (input: InviteInput, outside: Outside): Promise<Preview> => {
  const calls = [
    shownCall(outside, 'conversations.invite', { channel: input.channel, users: input.users, force: true }),
  ];
  const breaks = ['Nothing stops. Who is invited can read all that was written in the channel before.'];
  try {
    const seen = await look(input, outside);
    if ('refusal' in seen) return { calls, breaks, now: 'unknown', warnings: [seen.refusal.detail] };
    const where = `The channel is #${seen.channel.name} (${seen.channel.id}).`;
    return { calls, breaks, now: seen.missing.length === 0 ? 'already' : 'active', warnings: [where] };
  } catch (error) {
    return unseen(error, { calls, breaks });
  }
};

const run = async (input: InviteInput, outside: Outside): Promise<Outcome> => {
  const seen = await look(input, outside).catch((error: unknown) => unread(error, 'reading the members'));
  if ('result' in seen) return seen;
  if ('refusal' in seen) return unchanged(seen.refusal);
  const { channel, missing } = seen;
  const kept = { receipt: { channel: channel.id, added: missing }, after: { members: missing } };
  if (missing.length === 0) return { result: 'already', detail: 'all of them are in the channel', ...kept };
  await outside.keep(kept.receipt, kept.after);
  try {
    // Without `force` one wrong id would keep everybody out.
    const args = { channel: channel.id, users: missing.join(','), force: true };
    const answer = await ownSlack(outside, 'conversations.invite', args);
    if (!answer.ok && answer.error !== 'already_in_channel')
      return { ...slackRefused(answer, 'inviting'), ...kept };
    return { ...(await invited(input, missing.length, outside)), ...kept };
  } catch (error) {
    return { ...lost(error, 'inviting'), ...kept };
  }
};

/** With `force` Slack says ok even when it left somebody out, so the members are read again. */
const invited = async (input: InviteInput, asked: number, outside: Outside): Promise<Outcome> => {
  const now = await look(input, outside);
  if ('refusal' in now)
    return { result: 'accepted', detail: `Slack took the invitation; ${now.refusal.detail}` };
  if (now.missing.length === 0) return { result: 'done', detail: `Slack invited ${asked}`, http: 200 };
  const out = now.missing.join(', ');
  return now.missing.length === asked
    ? { result: 'failed', detail: `Slack invited nobody; not in the channel: ${out}` }
    : {
        result: 'accepted',
        detail: `Slack invited ${asked - now.missing.length} of ${asked}; not in the channel: ${out}`,
      };
};

const verify = async (input: InviteInput, outside: Outside): Promise<Proof> => {
  try {
    const seen = await look(input, outside);
    if ('refusal' in seen) return { is: 'unproved', how: seen.refusal.detail };
    return seen.missing.length === 0
      ? { is: 'proved', how: `the members of #${seen.channel.name} hold all of them` }
      : { is: 'refuted', how: `not in #${seen.channel.name}: ${seen.missing.join(', ')}` };
  } catch (error) {
    return unproved(error, 'reading the members');
  }
};

/** Takes out only those that our invitation brought in and that are still there. */
const undo = async (_input: InviteInput, done: Undoable, outside: Outside): Promise<Outcome> => {
  const kept = keptSchema.safeParse(done.receipt);
  if (!kept.success) return { result: 'failed', detail: 'no state before was kept, so nothing was changed' };
  if (kept.data.added.length === 0)
    return { result: 'already', detail: 'all of them were in the channel before' };
  const { channel, added } = kept.data;
  const members = await membersOf(channel, outside).catch((error: unknown) => ({
    refusal: unread(error, 'reading the members'),
  }));
  if ('refusal' in members) return unchanged(members.refusal);
  const there = added.filter((user) => members.includes(user));
  if (there.length === 0) return { result: 'already', detail: 'none of them is in the channel any more' };
  return await kick(channel, there, outside);
};

const kick = async (channel: string, users: readonly string[], outside: Outside): Promise<Outcome> => {
  try {
    for (const [index, user] of users.entries()) {
      const answer = await ownSlack(outside, 'conversations.kick', { channel, user });
      if (answer.ok || answer.error === 'not_in_channel') continue;
      const outcome = slackRefused(answer, `taking out ${user}`);
      return index === 0
        ? outcome
        : { ...outcome, result: 'unknown', detail: `${outcome.detail}, after ${index} were taken out` };
    }
    return { result: 'done', detail: `Slack took out ${users.length}`, http: 200 };
  } catch (error) {
    return lost(error, 'taking them out');
  }
};

export const invite = action<InviteInput>({
  title: 'Invite people to a channel',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  creates: true,
  scopes: ['groups:write', 'channels:manage', 'groups:read', 'channels:read'],
  secrets: ['token'],
  input: inviteInput,
  byHand: {
    where: 'Slack: the channel, its name at the top > Members > Add people',
    steps: ['Type the names and press "Add".', 'See that each of them stands in the list of members.'],
    record: 'Who was invited to which channel, and the time.',
  },
  preview,
  run,
  verify,
  undo,
});
