import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Proof } from '../../model/action.ts';
import { call, lost, refused, unanswered, unproved } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { hasId, rowIn } from '../found.ts';
import { killSwitch } from '../kill.ts';
import type { Captured, Doomed } from '../kill.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut, shown } from '../several.ts';
import { ownSecret } from '../suspects.ts';
import { succeeded, textAt, under } from '../vendor.ts';
import { chatwoot, inAccount, whole } from './api.ts';
import { agentInput } from './schema.ts';
import type { AgentInput } from './schema.ts';

/** People and bots that work in the account: taken out, their tokens for this account end with them. */

const find = async ({ agent }: AgentInput, outside: Outside): Promise<Found> =>
  await rowIn(
    { vendor: chatwoot, walk: whole(outside, '/agents', []), name: 'Chatwoot’s list of agents' },
    outside,
    (row) => hasId(row, 'id', agent),
    (row) => {
      const role = cut(textAt(row, 'role'), 40);
      return { kept: { id: Number(agent), role }, remarks: [`the role is ${role}`] };
    },
  );

export const removeAgent = removing<AgentInput>(
  {
    vendor: chatwoot,
    what: 'the agent',
    find,
    end: ({ agent }, outside) => ({ method: 'DELETE', path: inAccount(outside, `/agents/${agent}`) }),
  },
  {
    title: 'Take an agent out of the account',
    confidence: 'confirmed',
    scopes: ['an administrator’s token'],
    secrets: ['token'],
    input: agentInput,
    breaks: [
      'The person can no longer open this account, and their token is refused for it. Their conversations lose their assignee.',
    ],
    byHand: {
      where: 'Chatwoot > Settings > Agents',
      steps: ['Find the agent and write down the role', 'Delete', 'Reload: gone'],
      record: 'the agent’s number and role, the time',
    },
  },
);

/** Each of them may be reset by whoever holds it, and by nobody else: the leaked one ends itself. */
const RESET = '/api/v1/profile/reset_access_token';

const as = (token: Secret): Readonly<Record<string, string>> => ({ api_access_token: token.use() });

/** As Chatwoot says it of a token that is no more: a bare 401 may come from whatever stands in front of it. */
const isUnknown = ({ status, json }: CallAnswer): boolean =>
  status === 401 && /invalid access token/i.test(textAt(json, 'error'));

const profileOf = async (token: Secret, outside: Outside): Promise<CallAnswer> =>
  await call(outside, { method: 'GET', path: '/api/v1/profile', headers: as(token) });

const capture = async (token: Secret, outside: Outside): Promise<Captured> => {
  try {
    const { json, status } = await profileOf(token, outside);
    const id = under(json, 'id');
    if (typeof id === 'number')
      return { receipt: { agent: id, role: cut(textAt(json, 'role'), 40) }, lack: null };
    return { receipt: null, lack: `GET /api/v1/profile answered ${status}` };
  } catch (error) {
    return { receipt: null, lack: unanswered(error, 'GET /api/v1/profile').detail };
  }
};

const killOne = async (token: Secret, { name, receipt }: Doomed, outside: Outside): Promise<Outcome> => {
  const what = `resetting ${name}`;
  try {
    const answer = await call(outside, { method: 'POST', path: RESET, headers: as(token), creates: true });
    const { status: http } = answer;
    if (succeeded(answer))
      return { result: 'done', detail: `${what}: confirmed with ${http}`, http, receipt };
    if (isUnknown(answer))
      return { result: 'already', detail: `${what}: it is refused already`, http, receipt };
    return { ...refused(answer, what), receipt };
  } catch (error) {
    return { ...lost(error, what), receipt };
  }
};

const proveOne = async (token: Secret, name: string, outside: Outside): Promise<Proof> => {
  const asked = `GET /api/v1/profile with ${name}`;
  try {
    const answer = await profileOf(token, outside);
    const { status: http } = answer;
    const is = isUnknown(answer) ? 'proved' : succeeded(answer) ? 'refuted' : 'unproved';
    return { is, how: `${asked} answered ${http}`, http };
  } catch (error) {
    return unproved(error, asked);
  }
};

export const resetToken = action<AgentInput>({
  title: 'Reset an agent’s access token',
  effect: 'irreversible',
  retry: 'B',
  // The route stands in the product's source and in no description.
  confidence: 'unconfirmed',
  scopes: ['none: whoever holds the token may reset it, and nobody can reset another’s'],
  secrets: [],
  input: agentInput,
  needsSuspect: true,
  byHand: {
    where: 'Chatwoot > Profile Settings > Access Token, signed in as that agent',
    steps: [
      'Ask the agent, by phone, to press Reset; where they cannot be reached, take them out of the account instead',
      'Come back here: the old token is tried once more and must be refused',
    ],
    record: 'whose token, who reset it, the time',
  },
  ...killSwitch({
    breaks: [
      'Whatever uses the old token is refused at once. The agent finds the new one in their own profile settings; it is not kept here.',
    ],
    own: async (outside) => [await ownSecret(outside, 'token')],
    call: (_input, outside, name) =>
      shown(outside.baseUrl, { method: 'POST', path: RESET }, `sent with ${name} itself`),
    capture: async (token, _input, outside) => await capture(token, outside),
    killOne: async (token, doomed, _input, outside) => await killOne(token, doomed, outside),
    proveOne: async (token, name, _input, outside) => await proveOne(token, name, outside),
  }),
});
