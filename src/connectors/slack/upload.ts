import { Buffer } from 'node:buffer';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, patientFetch, refused, unchanged, unproved, unread, unseen } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { ownSlack, shownCall, slackRefused } from './api.ts';
import { findChannel, markOf } from './channels.ts';
import { fileSchema, uploadInput } from './schema.ts';
import type { Channel, UploadInput } from './schema.ts';

/** The title carries the sign of the intent: the only field of a file that a listing gives back as it was sent. */
const titleOf = (input: UploadInput, outside: Outside): string => `${input.filename} [${markOf(outside)}]`;

type Seen = Readonly<{ channel: Channel; file: string | null }> | Readonly<{ refusal: Outcome }>;

const look = async (input: UploadInput, outside: Outside): Promise<Seen> => {
  const found = await findChannel(outside, input.channel);
  if ('refusal' in found) return found;
  const answer = await ownSlack(outside, 'files.list', { channel: found.channel.id, count: 100 });
  const files = answer.data['files'];
  if (!answer.ok || !Array.isArray(files)) return { refusal: slackRefused(answer, 'listing the files') };
  const titles = files.flatMap((json) => fileSchema.safeParse(json).data ?? []);
  return {
    channel: found.channel,
    file: titles.find((file) => file.title === titleOf(input, outside))?.id ?? null,
  };
};

const preview = async (input: UploadInput, outside: Outside): Promise<Preview> => {
  const length = Buffer.byteLength(input.content);
  const files = [{ id: '(the new file)', title: titleOf(input, outside) }];
  const calls = [
    shownCall(outside, 'files.getUploadURLExternal', { filename: input.filename, length }),
    { method: 'POST', url: '(the address that Slack gives)', note: `${length} bytes` },
    shownCall(outside, 'files.completeUploadExternal', { files, channel_id: input.channel }),
  ];
  const breaks = ['Nothing stops. Everybody in the channel can download the file: look through it first.'];
  try {
    const seen = await look(input, outside);
    if ('refusal' in seen) return { calls, breaks, now: 'unknown', warnings: [seen.refusal.detail] };
    const where = `The channel is #${seen.channel.name} (${seen.channel.id}).`;
    return { calls, breaks, now: seen.file === null ? 'active' : 'already', warnings: [where] };
  } catch (error) {
    return unseen(error, { calls, breaks });
  }
};

const run = async (input: UploadInput, outside: Outside): Promise<Outcome> => {
  const seen = await look(input, outside).catch((error: unknown) => unread(error, 'listing the files'));
  if ('result' in seen) return seen;
  if ('refusal' in seen) return unchanged(seen.refusal);
  const { channel, file } = seen;
  if (file !== null)
    return {
      result: 'already',
      detail: `the file is in #${channel.name}`,
      receipt: { channel: channel.id, file },
    };
  const stored = await store(input, outside).catch((error: unknown) => unread(error, 'sending the bytes'));
  return typeof stored === 'string' ? await share(stored, input, channel, outside) : stored;
};

/** Brings the bytes to Slack, where nobody sees them yet; gives the file's id. Whatever fails here shared nothing. */
const store = async (input: UploadInput, outside: Outside): Promise<string | Outcome> => {
  const bytes = Buffer.from(input.content, 'utf8');
  const answer = await ownSlack(outside, 'files.getUploadURLExternal', {
    filename: input.filename,
    length: bytes.byteLength,
  });
  const { upload_url: url, file_id: id } = answer.data;
  if (!answer.ok || typeof url !== 'string' || typeof id !== 'string') {
    return unchanged(slackRefused(answer, 'asking for an upload address'));
  }
  if (!isSlacks(url, outside))
    return { result: 'failed', detail: 'the upload address is not Slack’s; nothing was sent to it' };
  // Bytes, not text: the journal of exchanges then says how it went without repeating the evidence.
  const sent = await patientFetch(outside, 'safe')(url, {
    method: 'POST',
    body: bytes,
    headers: { 'user-agent': 'firebreak' },
  });
  return sent.status === 200
    ? id
    : unchanged(refused({ status: sent.status, headers: sent.headers }, 'sending the bytes'));
};

/** Evidence goes to no host but the API's own and Slack's. */
const isSlacks = (url: string, outside: Outside): boolean => {
  if (!URL.canParse(url)) return false;
  const { host, hostname, protocol } = new URL(url);
  const api = new URL(outside.baseUrl);
  return host === api.host
    ? protocol === api.protocol
    : protocol === 'https:' && hostname.endsWith('.slack.com');
};

const share = async (
  id: string,
  input: UploadInput,
  channel: Channel,
  outside: Outside,
): Promise<Outcome> => {
  try {
    const args = { files: [{ id, title: titleOf(input, outside) }], channel_id: channel.id };
    const answer = await ownSlack(outside, 'files.completeUploadExternal', args, 'creating');
    if (!answer.ok) return slackRefused(answer, 'sharing the file');
    const receipt = { channel: channel.id, file: id };
    return {
      result: 'done',
      detail: `Slack shared ${input.filename} in #${channel.name}`,
      http: 200,
      receipt,
    };
  } catch (error) {
    return lost(error, 'sharing the file');
  }
};

const verify = async (input: UploadInput, outside: Outside): Promise<Proof> => {
  try {
    const seen = await look(input, outside);
    if ('refusal' in seen) return { is: 'unproved', how: seen.refusal.detail };
    return seen.file === null
      ? { is: 'refuted', how: `the newest files of #${seen.channel.name} do not hold it` }
      : { is: 'proved', how: `Slack lists it among the files of #${seen.channel.name} (${seen.file})` };
  } catch (error) {
    return unproved(error, 'listing the files');
  }
};

export const uploadFile = action<UploadInput>({
  title: 'Upload a file',
  effect: 'irreversible',
  retry: 'C',
  confidence: 'confirmed',
  creates: true,
  scopes: ['files:write', 'files:read', 'groups:read', 'channels:read'],
  secrets: ['token'],
  input: uploadInput,
  byHand: {
    where: 'Slack: the channel of the incident, + > Upload from your computer',
    steps: [
      'Look through the file for what the channel must not see.',
      'Upload it with a comment that says what it is.',
    ],
    record: 'The file’s name and SHA-256, the channel and the time.',
  },
  preview,
  run,
  verify,
});
