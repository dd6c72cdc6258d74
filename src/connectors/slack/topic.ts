import { z } from 'zod';
import type { Outcome, Preview } from '../../model/action.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { ownSlack, shownCall, slackRefused } from './api.ts';
import { findChannel } from './channels.ts';
import { topicInput } from './schema.ts';
import type { TopicInput } from './schema.ts';

const stateSchema = z.object({ channel: z.string(), topic: z.string() });
type State = Readonly<z.infer<typeof stateSchema>>;

/** Slack gives these three back escaped. */
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const set = async (to: State, outside: Outside): Promise<Outcome> => {
  const answer = await ownSlack(outside, 'conversations.setTopic', { channel: to.channel, topic: to.topic });
  return answer.ok
    ? { result: 'done', detail: 'Slack set the topic', http: 200 }
    : slackRefused(answer, 'setting the topic');
};

const setting: Setting<TopicInput, State> = {
  what: 'the topic',
  state: stateSchema,
  read: async (input, outside) => {
    const found = await findChannel(outside, input.channel);
    if ('refusal' in found) return found;
    const { id, name, topic } = found.channel;
    return {
      state: { channel: id, topic: plain(topic.value) },
      remarks: [`the channel is #${name} (${id})`],
    };
  },
  isOff: (state, input) => state.topic === input.topic,
  off: (before, input) => ({ ...before, topic: input.topic }),
  set: async (to, _input, outside) => await set(to, outside),
  says: { on: 'the channel has another topic', off: 'the channel has this topic' },
};

const preview = async (input: TopicInput, outside: Outside): Promise<Preview> => ({
  calls: [shownCall(outside, 'conversations.setTopic', { channel: input.channel, topic: input.topic })],
  breaks: ['Nothing stops. Everybody in the channel sees the new topic.'],
  ...(await previewSetting(setting, input, outside)),
});

export const setTopic = action<TopicInput>({
  title: 'Set the topic of a channel',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  creates: true,
  scopes: ['groups:write', 'channels:manage', 'groups:read', 'channels:read'],
  secrets: ['token'],
  input: topicInput,
  byHand: {
    where: 'Slack: the channel, its name at the top > About > Topic > Edit',
    steps: ['Write down the old topic.', 'Type the new one and press "Save".'],
    record: 'The channel, the old and the new topic, and the time.',
  },
  preview,
  ...switchOff(setting),
});
