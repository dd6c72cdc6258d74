import { z } from 'zod';
import { canonicalJson } from '../../base/canonical.ts';
import type { Json, JsonObject } from '../../base/canonical.ts';
import { parseJson } from '../../base/json.ts';
import type { Outside } from '../connector.ts';
import { hasId } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { pages, succeeded, textAt } from '../vendor.ts';
import { cloudflare, resultOf, walk } from './api.ts';
import { tokenInput, tokenSchema } from './schema.ts';
import type { TokenInput } from './schema.ts';

/** API tokens: switched off and on again with everything they hold, or deleted. */

/** What Cloudflare shows of a token beside these, as text: its names are not ours to choose, and a PUT sends it all back. */
const state = z.object({ name: z.string(), status: z.string(), rest: z.string() });
type State = Readonly<z.infer<typeof state>>;

/** It changes by itself, or is no part of what may be sent. */
const NOT_SENT = new Set(['id', 'name', 'status', 'issued_on', 'modified_on', 'last_used_on']);

const stateOf = (token: Readonly<Record<string, unknown>> & Pick<State, 'name' | 'status'>): State => {
  const rest = Object.entries(token).filter(([name]) => !NOT_SENT.has(name));
  return { name: token.name, status: token.status, rest: canonicalJson(Object.fromEntries(rest) as Json) };
};

const path = ({ token }: TokenInput): string => `/user/tokens/${token}`;

const disabled: Thing<TokenInput, State> = {
  vendor: cloudflare,
  what: 'the API token',
  state,
  ask: (input) => ({ method: 'GET', path: path(input) }),
  of(answer) {
    const { success, data } = tokenSchema.safeParse(resultOf(answer));
    return success ? stateOf(data) : null;
  },
  isOff: ({ status }) => status !== 'active',
  off: (before) => ({ ...before, status: 'disabled' }),
  turn: ({ name, status, rest }, input) => ({
    method: 'PUT',
    path: path(input),
    json: { ...(parseJson(rest) as JsonObject), name, status },
  }),
  shows: (answer, to) => textAt(resultOf(answer), 'status') === to.status,
  remarks: ({ name }) => [`it is called ${cut(name, 80)}`],
  says: { on: 'Cloudflare shows the token as active', off: 'Cloudflare shows the token as not active' },
};

export const disableToken = pausing<TokenInput, State>(disabled, {
  title: 'Disable an API token',
  confidence: 'confirmed',
  scopes: ['API Tokens: Edit (of the user)'],
  secrets: ['token'],
  input: tokenInput,
  breaks: ['Whatever uses this token is refused within seconds. The token’s text stays the same.'],
  byHand: {
    where: 'dash.cloudflare.com > My Profile > API Tokens',
    steps: ['Find the token', 'Choose Disable in its menu', 'Reload and see Disabled'],
    record: 'the token’s id and name, the time',
  },
});

const find = async (input: TokenInput, outside: Outside): Promise<Found> => {
  const answer = await cloudflare.ask(outside, { method: 'GET', path: path(input) });
  if (succeeded(answer)) {
    const row = resultOf(answer);
    const kept = {
      id: cut(textAt(row, 'id'), 60),
      name: cut(textAt(row, 'name'), 80),
      status: cut(textAt(row, 'status'), 20),
    };
    return { is: 'there', kept };
  }
  const refusal = cloudflare.refused(answer, 'looking for the token');
  if (answer.status !== 404) return { is: 'hidden', refusal };
  const all = await pages(cloudflare, outside, walk('/user/tokens'), 'listing the tokens');
  if ('refusal' in all) return { is: 'hidden', refusal: all.refusal };
  return all.complete && all.rows.every((row) => hasId(row, 'id', input.token) === false)
    ? { is: 'gone', how: 'Cloudflare’s list of tokens can be read and does not hold it' }
    : { is: 'hidden', refusal };
};

export const deleteToken = removing<TokenInput>(
  {
    vendor: cloudflare,
    what: 'the API token',
    find,
    end: (input) => ({ method: 'DELETE', path: path(input) }),
  },
  {
    title: 'Delete an API token',
    confidence: 'confirmed',
    scopes: ['API Tokens: Edit (of the user)'],
    secrets: ['token'],
    input: tokenInput,
    breaks: ['Whatever uses this token is refused for good.'],
    byHand: {
      where: 'dash.cloudflare.com > My Profile > API Tokens',
      steps: ['Find the token and write down what it may do', 'Delete it', 'Reload: it is gone'],
      record: 'the token’s id and name, the time',
    },
  },
);
