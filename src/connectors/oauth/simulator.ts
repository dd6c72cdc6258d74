import type { Json } from '../../base/canonical.ts';
import type { Answer, Ask } from '../../io/server.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';
import { state as schema } from './schema.ts';
import type { State } from './schema.ts';

/** An authorisation server by the book (RFC 7009, RFC 7662), and one resource at `/me`. */

type Turn = Readonly<{ state: State; answer: Answer }>;

const json = (status: number, body: Json): Answer => ({ status, body: JSON.stringify(body) });

const decoded = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? '';

const isClient = (state: State, ask: Ask, form: URLSearchParams): boolean => {
  const header = /^Basic (.+)$/.exec(ask.headers['authorization'] ?? '')?.[1];
  if (header === undefined) {
    return form.get('client_id') === state.client_id && form.get('client_secret') === state.client_secret;
  }
  const [id = '', secret = ''] = Buffer.from(header, 'base64').toString('utf8').split(':');
  return decoded(id) === state.client_id && decoded(secret) === state.client_secret;
};

const revoke = (state: State, form: URLSearchParams): Turn => {
  const found = state.tokens.find((one) => one.token === form.get('token'));
  if (found === undefined || !found.active) {
    return {
      state,
      answer: state.unknown_token === 'ok' ? json(200, {}) : json(400, { error: 'invalid_token' }),
    };
  }
  if (!state.revocable.includes(found.type))
    return { state, answer: json(400, { error: 'unsupported_token_type' }) };
  const dies = (one: State['tokens'][number]): boolean =>
    one === found || (found.type === 'refresh_token' && found.grant !== '' && one.grant === found.grant);
  const tokens = state.tokens.map((one) => (dies(one) ? { ...one, active: false } : one));
  return { state: { ...state, tokens }, answer: json(200, {}) };
};

const introspection = (state: State, form: URLSearchParams): Json => {
  const found = state.tokens.find((one) => one.token === form.get('token'));
  if (found === undefined || !found.active) return { active: false };
  return {
    active: true,
    scope: found.scope,
    client_id: found.client_id,
    token_type: 'Bearer',
    sub: found.name,
  };
};

const resource = (state: State, ask: Ask): Answer => {
  const given = /^Bearer (.+)$/.exec(ask.headers['authorization'] ?? '')?.[1];
  const found = state.tokens.find((one) => one.token === given && one.active && one.type === 'access_token');
  return found === undefined ? json(401, { error: 'invalid_token' }) : json(200, { sub: found.name });
};

const respond = (state: State, ask: Ask): Turn => {
  if (ask.path === '/me') return { state, answer: resource(state, ask) };
  const form = new URLSearchParams(ask.body);
  if (ask.method !== 'POST') return { state, answer: json(405, { error: 'invalid_request' }) };
  if (!isClient(state, ask, form)) return { state, answer: json(401, { error: 'invalid_client' }) };
  if (!form.has('token')) return { state, answer: json(400, { error: 'invalid_request' }) };
  if (ask.path === '/oauth/revoke') return revoke(state, form);
  if (ask.path === '/oauth/introspect') return { state, answer: json(200, introspection(state, form)) };
  return { state, answer: json(404, { error: 'not_found' }) };
};

export const oauthSimulator = simulator<State>({ state: schema, respond, furnish });
