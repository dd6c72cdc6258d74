import type { Outside } from '../connector.ts';
import { allRefused, byPerson } from '../by-hand.ts';
import { call } from '../call.ts';
import { rowIn } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { chatwoot, inAccount, whole } from './api.ts';
import { agentInput, agentSchema } from './schema.ts';
import type { AgentInput } from './schema.ts';

/** People and bots that work in the account: taken out, their tokens for this account end with them. */

const find = async ({ agent }: AgentInput, outside: Outside): Promise<Found> =>
  await rowIn(
    { vendor: chatwoot, walk: whole(outside, '/agents', []), name: 'Chatwoot’s list of agents' },
    outside,
    (row) => {
      const { success, data } = agentSchema.safeParse(row);
      if (!success || String(data.id) !== agent) return null;
      const role = cut(data.role, 40);
      return { kept: { id: data.id, role }, remarks: [`the role is ${role}`] };
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

export const resetToken = byPerson<AgentInput>({
  title: 'Reset an agent’s access token',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['the agent alone; nobody can reset another’s token'],
  secrets: [],
  input: agentInput,
  needsSuspect: true,
  breaks: ['Whatever uses the old token is refused at once.'],
  byHand: {
    where: 'Chatwoot > Profile Settings > Access Token, signed in as that agent',
    steps: [
      'Ask the agent, by phone, to press Reset; where they cannot be reached, take them out of the account instead',
      'Come back here: the old token is tried once more and must be refused',
    ],
    record: 'whose token, who reset it, the time',
  },
  prove: async (_input, outside) =>
    await allRefused(
      outside,
      'GET /api/v1/profile',
      async (token) =>
        await call(outside, {
          method: 'GET',
          path: '/api/v1/profile',
          headers: { api_access_token: token.use() },
        }),
    ),
});
