import type { Json } from '../../base/canonical.ts';
import { isProblem } from '../../base/problem.ts';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Call, Cause, Outcome } from '../../model/action.ts';
import { ofFirstTry, patientFetch, refused } from '../call.ts';
import type { Repeat } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';

/** Slack answers 200 even to what it refuses: `ok` and `error` decide, the status only for 429 and faults of the network. */
export type Answer = Readonly<{
  ok: boolean;
  /** Slack's word for the error; empty when `ok`, or when the answer was not Slack's. */
  error: string;
  status: number;
  data: Readonly<Record<string, Json>>;
  headers: Headers;
}>;

export type Args = Readonly<Record<string, Json>>;

const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: (): never => 'error' as never,
  setName: () => {},
};

/** The parts of what Slack's client throws that we read; its classes are not imported before they are needed. */
const thrown = (error: unknown): Readonly<{ original?: unknown; data?: Args }> =>
  error !== null && typeof error === 'object' ? error : {};

/**
 * One call of the Web API with a token. The client's own retries (ten, over half an hour) are off: `patientFetch` takes their
 * place. Throws NetworkError when no answer came.
 */
export const slack = async (
  outside: Outside,
  token: Secret,
  method: string,
  args: Args = {},
  repeat: Repeat = 'safe',
): Promise<Answer> => {
  const { WebClient } = await import('./client.ts');
  const send = patientFetch(outside, repeat);
  let last: Response | null = null;
  const client = new WebClient(token.use(), {
    slackApiUrl: outside.baseUrl,
    allowAbsoluteUrls: false,
    fetch: async (input, init) => (last = await send(input, init)),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    headers: { 'User-Agent': 'firebreak' },
    logger: quiet,
  });
  const answered = (data: Args, fallback: unknown): Answer => {
    const response = last as Response | null;
    if (response === null) throw fallback;
    const { status, headers } = response;
    // Of what is no JSON the client makes an error of its own, with the whole text as its name.
    const named = typeof data['error'] === 'string' ? data['error'] : '';
    const error = /^[a-z0-9_]{1,80}$/.test(named) ? named : '';
    return { ok: data['ok'] === true, error, status, data, headers };
  };
  try {
    return answered((await client.apiCall(method, { ...args })) as unknown as Args, null);
  } catch (error) {
    const { original, data } = thrown(error);
    if (original instanceof NetworkError || isProblem(original)) throw original;
    return answered(data ?? {}, error);
  }
};

export const ownSlack = async (
  outside: Outside,
  method: string,
  args: Args = {},
  repeat: Repeat = 'safe',
): Promise<Answer> => await slack(outside, await outside.secret('token'), method, args, repeat);

const FORBIDDEN: ReadonlyMap<string, Cause> = new Map([
  ['access_denied', 'permission'],
  ['account_inactive', 'credential'],
  ['ekm_access_denied', 'permission'],
  ['invalid_auth', 'credential'],
  ['missing_scope', 'permission'],
  ['no_permission', 'permission'],
  ['not_allowed_token_type', 'permission'],
  ['not_authed', 'credential'],
  ['org_login_required', 'organisation'],
  ['restricted_action', 'permission'],
  ['team_access_not_granted', 'organisation'],
  ['token_expired', 'credential'],
  ['token_revoked', 'credential'],
]);
const UNSUPPORTED = new Set([
  'feature_not_enabled',
  'method_not_supported_for_channel_type',
  'not_an_enterprise',
  'paid_teams_only',
  'upgrade_required',
]);
/** Slack's own faults: it may have happened. */
const DOUBTFUL = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

export const slackRefused = (answer: Answer, what: string): Outcome =>
  ofFirstTry(answer, refusalOf(answer, what));

const refusalOf = (answer: Answer, what: string): Outcome => {
  const { status, error, data } = answer;
  if (status !== 200 || error === '') {
    const outcome = refused(answer, what);
    // An answer 200 that is not Slack's own came from something in between.
    return status === 200
      ? { ...outcome, result: 'unknown', detail: `${what}: the answer was not Slack’s`, cause: 'page' }
      : outcome;
  }
  const needed = typeof data['needed'] === 'string' ? `, needs the scope ${cut(data['needed'])}` : '';
  const detail = `${what}: Slack answered ${cut(error)}${needed}`;
  const cause = FORBIDDEN.get(error);
  if (cause !== undefined) return { result: 'forbidden', detail, http: status, cause };
  if (UNSUPPORTED.has(error)) return { result: 'not-supported', detail, http: status };
  return { result: DOUBTFUL.has(error) ? 'unknown' : 'failed', detail, http: status };
};

/** More pages than this are a workspace too large to search during a breach. */
const PAGES = 20;

export type Paged = Readonly<{ items: readonly Json[]; complete: boolean }> | Readonly<{ refused: Answer }>;

export const pages = async (
  outside: Outside,
  token: Secret,
  method: string,
  args: Args,
  field: string,
  limit = PAGES,
  repeat: Repeat = 'safe',
): Promise<Paged> => {
  const items: Json[] = [];
  let cursor = '';
  for (let page = 0; page < limit; page += 1) {
    const answer = await slack(
      outside,
      token,
      method,
      { ...args, limit: 200, ...(cursor === '' ? {} : { cursor }) },
      repeat,
    );
    const found = answer.data[field];
    if (!answer.ok || !Array.isArray(found)) return { refused: answer };
    items.push(...(found as readonly Json[]));
    const meta = answer.data['response_metadata'];
    const next =
      meta !== null && typeof meta === 'object' && 'next_cursor' in meta ? meta['next_cursor'] : '';
    if (typeof next !== 'string' || next === '') return { items, complete: true };
    cursor = next;
  }
  return { items, complete: false };
};

/** A call as a preview shows it; the arguments go as a form. */
export const shownCall = (outside: Outside, method: string, args: Args = {}, note?: string): Call => ({
  method: 'POST',
  url: `${outside.baseUrl}/${method}`,
  ...(Object.keys(args).length === 0 ? {} : { body: JSON.stringify(args) }),
  ...(note === undefined ? {} : { note }),
});
