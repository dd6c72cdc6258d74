import type { Json } from '../../base/canonical.ts';
import { isProblem } from '../../base/problem.ts';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Call, Outcome } from '../../model/action.ts';
import { ofFirstTry, patientFetch, refused } from '../call.ts';
import type { Repeat } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';

/** An answer of GitHub, whatever its status; octokit's exceptions for statuses are undone here. */
export type Answer = Readonly<{ status: number; json: Json; headers: Headers }>;

export type Params = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** `route` in octokit's form: `GET /orgs/{org}/hooks`. Parameters without a place in the path become query or body. */
export type GitHub = (route: string, params?: Params) => Promise<Answer>;

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const toHeaders = (headers: Readonly<Record<string, string | number | undefined>>): Headers => {
  const pairs = Object.entries(headers).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return new Headers(pairs as [string, string][]);
};

/**
 * A client with the tool's own token, with a suspect one, or (null) with no Authorization header at all. octokit's throttling
 * sends one write a second and its retries wait for minutes, so both are off and `patientFetch` takes their place.
 */
export const github = async (
  outside: Outside,
  token: Secret | null,
  repeat: Repeat = 'safe',
): Promise<GitHub> => {
  const { Octokit, RequestError } = await import('octokit');
  const octokit = new Octokit({
    baseUrl: outside.baseUrl,
    userAgent: 'firebreak',
    ...(token === null ? {} : { auth: token.use() }),
    request: { fetch: patientFetch(outside, repeat) },
    throttle: { enabled: false },
    retry: { enabled: false },
    log: quiet,
  });
  return async (route, params = {}) => {
    try {
      const response = await octokit.request(route, { ...params });
      return { status: response.status, json: response.data as Json, headers: toHeaders(response.headers) };
    } catch (error) {
      const cause: unknown = error instanceof Error ? error.cause : undefined;
      if (cause instanceof NetworkError || isProblem(cause)) throw cause;
      if (!(error instanceof RequestError) || error.response === undefined) throw error;
      const { status, headers, data } = error.response;
      return { status, json: data as Json, headers: toHeaders(headers) };
    }
  };
};

export const ownGitHub = async (outside: Outside, repeat: Repeat = 'safe'): Promise<GitHub> =>
  await github(outside, await outside.secret('token'), repeat);

/** What GitHub says about an error, for the detail of an outcome: its message, and the scopes that would do. */
const says = (answer: Answer): string => {
  const { json } = answer;
  const message = json !== null && typeof json === 'object' && 'message' in json ? json['message'] : '';
  const scopes = answer.headers.get('x-accepted-oauth-scopes') ?? '';
  const parts = [
    typeof message === 'string' ? cut(message) : '',
    scopes === '' ? '' : `accepts the scopes ${cut(scopes)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
};

/** GitHub names the scopes that would do and those of the token; of fine-grained tokens it names none. */
const lacksScope = (headers: Headers): boolean => {
  const [wanted, given] = ['x-accepted-oauth-scopes', 'x-oauth-scopes'].map((name) =>
    (headers.get(name) ?? '').split(/[\s,]+/).filter((scope) => scope !== ''),
  );
  return (wanted ?? []).length > 0 && wanted?.some((scope) => given?.includes(scope)) !== true;
};

export const githubRefused = (answer: Answer, what: string): Outcome =>
  ofFirstTry(answer, refusalOf(answer, what));

const refusalOf = (answer: Answer, what: string): Outcome => {
  const { json, status, headers } = answer;
  const outcome = refused({ status, headers, text: typeof json === 'string' ? json : '' }, what);
  const more = says(answer);
  // GitHub answers 404 for what the token may not see, so it never means "gone" by itself.
  if (answer.status === 404) {
    const detail = `${outcome.detail}: it does not exist, or this token may not see it${more === '' ? '' : ` (${more})`}`;
    const unseen = lacksScope(headers) ? 'permission' : 'organisation';
    return { ...outcome, result: 'forbidden', detail, cause: outcome.cause ?? unseen };
  }
  return more === '' ? outcome : { ...outcome, detail: `${outcome.detail} (${more})` };
};

/** More pages than this are a listing nobody waits for during a breach; the caller says that it stopped. */
const PAGES = 50;

export type Paged = Readonly<{ items: readonly Json[]; complete: boolean }> | Readonly<{ refused: Answer }>;

/** All pages of a listing. `of` takes the array out of an answer that wraps it. */
export const pages = async (
  ask: GitHub,
  route: string,
  params: Params,
  of: (json: Json) => Json = (json) => json,
): Promise<Paged> => {
  const items: Json[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const answer = await ask(route, { ...params, per_page: 100, page });
    if (answer.status !== 200) return { refused: answer };
    const found = of(answer.json);
    if (!Array.isArray(found)) return { refused: answer };
    items.push(...(found as readonly Json[]));
    if (found.length < 100) return { items, complete: true };
  }
  return { items, complete: false };
};

export const shownCall = (
  outside: Outside,
  method: string,
  path: string,
  body?: Json,
  note?: string,
): Call => ({
  method,
  url: `${outside.baseUrl}${path}`,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  ...(note === undefined ? {} : { note }),
});
