import type { Json } from '../../base/canonical.ts';
import { parseJson } from '../../base/json.ts';
import type { Instant } from '../../base/instant.ts';
import type { Answer, Ask } from '../../io/server.ts';
import type { Token, World } from './world.ts';

/** What every part of the simulator is made of: answers, refusals, who asks. */

export type Turn = Readonly<{ state: World; answer: Answer }>;
export type Told = Readonly<{
  world: World;
  ask: Ask;
  now: Instant;
  token: Token;
  match: Readonly<Record<string, string>>;
}>;

export const body = (status: number, json: Json, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    ...headers,
  },
  body: status === 204 || status === 202 ? '' : JSON.stringify(json),
});

export const fault = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer =>
  body(
    status,
    { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
    headers,
  );

export const stay = (world: World, answer: Answer): Turn => ({ state: world, answer });

export const parsed = (text: string): Readonly<Record<string, Json>> | null => {
  try {
    const json = parseJson(text);
    return json !== null && typeof json === 'object' && !Array.isArray(json)
      ? (json as Readonly<Record<string, Json>>)
      : null;
  } catch {
    return null;
  }
};

export const bearer = (ask: Ask): string | null => {
  const header = ask.headers['authorization'];
  return header === undefined ? null : header.replace(/^(?:token|bearer)\s+/i, '');
};

export const tokenOf = (world: World, ask: Ask, now: Instant): Token | undefined => {
  const given = bearer(ask);
  const installed = world.installations.find(
    (one) => given === `ghs_sim_${one.id}` && one.suspended_at === null,
  );
  if (installed !== undefined)
    return {
      token: `ghs_sim_${installed.id}`,
      login: `${installed.app_slug}[bot]`,
      scopes: [],
      dies_at: null,
    };
  return world.tokens.find(
    (token) => token.token === given && (token.dies_at === null || now < token.dies_at),
  );
};

/** What a token may not do, it may not see either; a fine-grained token is told so. */
export const lacking = (token: Token, scopes: readonly string[]): Answer | null => {
  if (scopes.some((scope) => token.scopes.includes(scope))) return null;
  const headers = { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': scopes.join(', ') };
  return token.token.startsWith('github_pat_')
    ? fault(403, 'Resource not accessible by personal access token')
    : fault(404, 'Not Found', headers);
};

export const paged = (told: Told, rows: readonly Json[]): readonly Json[] => {
  const size = Math.min(Number(told.ask.query['per_page']?.[0] ?? '30'), 100);
  const page = Number(told.ask.query['page']?.[0] ?? '1');
  return rows.slice((page - 1) * size, page * size);
};
