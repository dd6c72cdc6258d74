import type { Json } from '../../base/canonical.ts';
import { parseJson } from '../../base/json.ts';
import type { Instant } from '../../base/instant.ts';
import type { Answer, Ask } from '../../io/server.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';
import type { Caller } from './route.ts';
import { routes } from './routes.ts';
import { state as schema } from './state.ts';
import type { State } from './state.ts';

/** The Graph API as far as the connector uses it: who calls is settled first, then what the path says. */

type Turn = Readonly<{ state: State; answer: Answer }>;

const TYPES: Readonly<Record<number, string>> = { 100: 'GraphMethodException', 200: 'OAuthException' };

const refuse = (status: number, code: number, message: string): Answer => ({
  status,
  body: JSON.stringify({
    error: { message, type: TYPES[code] ?? 'OAuthException', code, fbtrace_id: 'AsimsimsimsimsimsimsimA' },
  }),
});

const bearer = (ask: Ask): string => {
  const header = /^Bearer (.+)$/.exec(ask.headers['authorization'] ?? '')?.[1];
  return header ?? ask.query['access_token']?.[0] ?? '';
};

const callerOf = (state: State, ask: Ask, now: Instant): Caller | null => {
  const given = bearer(ask);
  const index = state.tokens.findIndex((one) => one.token === given);
  const token = state.tokens[index];
  if (token === undefined)
    return given === `${state.app_id}|${state.app_secret}` ? { app: state.app_id, token: null } : null;
  const expired = token.expires_at !== 0 && token.expires_at * 1000 <= now;
  return token.valid && !expired ? { app: token.app_id, token } : null;
};

const fields = (ask: Ask): Readonly<Record<string, Json>> => {
  if (!(ask.headers['content-type'] ?? '').startsWith('application/json'))
    return Object.fromEntries(new URLSearchParams(ask.body));
  try {
    const parsed = parseJson(ask.body);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, Json>>)
      : {};
  } catch {
    return {};
  }
};

const respond = (state: State, ask: Ask, now: Instant): Turn => {
  const caller = callerOf(state, ask, now);
  if (caller === null)
    return { state, answer: refuse(401, 190, 'Error validating access token: the session is invalid.') };
  const path = /^\/v\d+\.\d+(\/.*)$/.exec(ask.path)?.[1];
  if (path === undefined) return { state, answer: refuse(400, 2500, 'Unknown path components') };
  for (const route of routes) {
    const params = route.method === ask.method ? route.path.exec(path)?.groups : undefined;
    if (params === undefined) continue;
    if (route.scope !== null && caller.token !== null && !caller.token.scopes.includes(route.scope)) {
      return {
        state,
        answer: refuse(403, 200, `(#200) Requires ${route.scope} permission to manage the object`),
      };
    }
    const turn = route.serve(state, { params, query: ask.query, body: fields(ask), caller });
    return 'refused' in turn
      ? { state, answer: refuse(...turn.refused) }
      : { state: turn.state, answer: { status: 200, body: JSON.stringify(turn.body) } };
  }
  return { state, answer: refuse(400, 100, `Unsupported ${ask.method.toLowerCase()} request.`) };
};

export const metaSimulator = simulator<State>({ state: schema, respond, furnish });
