import { z } from 'zod';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import type { CallRequest } from '../call.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { cut, shown } from '../several.ts';
import { cutShort, graph, graphId, node, ok, refusal, succeeded } from './graph.ts';
import { assignedUsers } from './schema.ts';

/**
 * Who is assigned to a WhatsApp account: people and system users. No call lists the tokens of a system user, and none ends one
 * that is not at hand; but taken off the account, every token of theirs opens it no more.
 */

const input = z.object({
  waba: graphId('WhatsApp business account id'),
  user_id: graphId('id of the person or system user'),
});
type Input = z.infer<typeof input>;
const tasks = z.object({ tasks: z.array(z.string()) });
type Tasks = z.infer<typeof tasks>;

const path = (outside: Outside, waba: string): string => node(outside, `/${waba}/assigned_users`);

const read = async ({ waba, user_id: user }: Input, outside: Outside): Promise<Reading<Tasks>> => {
  const business = String(outside.config['business_id'] ?? '');
  if (business === '')
    return {
      refusal: {
        result: 'failed',
        detail: 'business_id is not configured, and Meta shows who is assigned only to it',
      },
    };
  const found: z.infer<typeof assignedUsers>['data'][number][] = [];
  let after: string | undefined;
  do {
    const answer = await graph(outside, await outside.secret('token'), {
      method: 'GET',
      path: path(outside, waba),
      query: { business, limit: '100', ...(after === undefined ? {} : { after }) },
    });
    const parsed = assignedUsers.safeParse(answer.json);
    if (!ok(answer) || !parsed.success) return { refusal: refusal(answer, 'reading who is assigned') };
    found.push(...parsed.data.data);
    after = parsed.data.paging?.next === undefined ? undefined : parsed.data.paging.cursors?.after;
  } while (after !== undefined && found.length < 5000);
  const one = found.find(({ id }) => id === user);
  if (one === undefined && after !== undefined) return { refusal: cutShort('reading who is assigned') };
  // Who is listed is assigned, whatever they may do there.
  if (one !== undefined && one.tasks === undefined)
    return {
      refusal: { result: 'failed', detail: 'the user is assigned, and the answer does not show for what' },
    };
  const remarks = one?.tasks === undefined ? [] : [`${cut(one.name, 80)} may: ${cut(one.tasks.join(', '))}`];
  return { state: { tasks: (one?.tasks ?? []).toSorted() }, remarks };
};

const request = (to: Tasks, { waba, user_id: user }: Input, outside: Outside): CallRequest =>
  to.tasks.length === 0
    ? { method: 'DELETE', path: path(outside, waba), form: { user } }
    : { method: 'POST', path: path(outside, waba), form: { user, tasks: JSON.stringify(to.tasks) } };

const setting: Setting<Input, Tasks> = {
  what: 'who is assigned to the account',
  state: tasks,
  read,
  isOff: (state) => state.tasks.length === 0,
  off: () => ({ tasks: [] }),
  async set(to, given, outside) {
    const did =
      to.tasks.length === 0 ? 'taking the user off the account' : 'assigning the user to the account';
    const answer = await graph(outside, await outside.secret('token'), request(to, given, outside));
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  says: { on: 'the user is still assigned to the account', off: 'the account lists no such user' },
};

export const removeFromAccount = action<Input>({
  title: 'Take a person or system user off the WhatsApp account',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['whatsapp_business_management', 'business_management'],
  secrets: ['token'],
  input,
  byHand: {
    where: 'business.facebook.com > Settings > Accounts > WhatsApp accounts > the account > People',
    steps: ['Write down what the user may do', 'Remove the user', 'Reload: the user is not listed'],
    record: 'user, account, tasks, time',
  },
  async preview(given, outside) {
    return {
      calls: [shown(outside.baseUrl, request({ tasks: [] }, given, outside))],
      breaks: [
        'Every token of this user opens the account no more: sending, reading, templates. Other accounts and pages stay open to it',
      ],
      ...(await previewSetting(setting, given, outside)),
    };
  },
  ...switchOff(setting),
});
