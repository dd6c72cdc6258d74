import type { Json } from '../../base/canonical.ts';
import type { Instant } from '../../base/instant.ts';
import type { Answer, Ask } from '../../io/server.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';
import { methods } from './methods.ts';
import { worldSchema } from './world.ts';
import type { Token, World } from './world.ts';

/** Answers as slack.com/api does: always 200, with `ok` and the word of an error; forms in, JSON out. */

type Turn = Readonly<{ state: World; answer: Answer }>;

const said = (json: Json, token: Token | null): Answer => ({
  status: 200,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ...(token === null ? {} : { 'x-oauth-scopes': token.scopes.join(',') }),
  },
  body: JSON.stringify(json),
});

const argsOf = (ask: Ask): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(ask.body));

const tokenOf = (world: World, ask: Ask, args: Readonly<Record<string, string>>): Token | string => {
  const given = ask.headers['authorization']?.replace(/^bearer\s+/i, '') ?? args['token'];
  if (given === undefined) return 'not_authed';
  const token = world.tokens.find((one) => one.token === given);
  if (token === undefined) return 'invalid_auth';
  return token.revoked ? 'token_revoked' : token;
};

/** Takes the bytes of a file. The address itself is the permission, as with Slack's. */
const upload = (world: World, ask: Ask, id: string): Turn => {
  const file = world.files.find((one) => one.id === id && one.channel === '');
  if (file === undefined)
    return {
      state: world,
      answer: { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' },
    };
  const files = world.files.map((one) => (one === file ? { ...one, content: ask.body } : one));
  const answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: `OK - ${ask.body.length}` };
  return { state: { ...world, files }, answer };
};

const respond = (world: World, ask: Ask, now: Instant): Turn => {
  const name = ask.path.replace(/^\/(?:api\/)?/, '');
  const file = /^upload\/v1\/(F\d+)$/.exec(name)?.[1];
  if (file !== undefined) return upload(world, ask, file);
  const refuse = (
    error: string,
    more: Readonly<Record<string, Json>> = {},
    token: Token | null = null,
  ): Turn => ({
    state: world,
    answer: said({ ok: false, error, ...more }, token),
  });
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) return refuse('unknown_method', { req_method: name });
  const args = argsOf(ask);
  const token = tokenOf(world, ask, args);
  if (typeof token === 'string') return refuse(token);
  if (method.scopes.length > 0 && !method.scopes.some((scope) => token.scopes.includes(scope))) {
    return refuse(
      'missing_scope',
      { needed: method.scopes[0] ?? '', provided: token.scopes.join(',') },
      token,
    );
  }
  const done = method.serve({
    world,
    token,
    args,
    now,
    origin: `http://${ask.headers['host'] ?? '127.0.0.1'}`,
  });
  return 'error' in done
    ? refuse(done.error, {}, token)
    : { state: done.world, answer: said({ ok: true, ...done.ok }, token) };
};

export const slackSimulator = simulator<World>({ state: worldSchema, respond, furnish });
