import type { Json } from '../base/canonical.ts';
import { parseJson } from '../base/json.ts';
import { nextTurn } from '../io/clock.ts';
import { NetworkError } from '../io/http.ts';
import type { Http, NetworkFault } from '../io/http.ts';
import { limits } from '../model/limits.ts';
import type { Cause, Outcome, Preview, Proof } from '../model/action.ts';
import type { Outside } from './connector.ts';

/**
 * One small HTTP client for the connectors that have no SDK of their ecosystem, and the two translations every connector
 * needs: what a lost answer means for an action, and for a proof.
 */

export type CallRequest = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the base URL, with a leading slash. */
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  json?: Json;
  form?: Readonly<Record<string, string>>;
  /** Not repeated on 429 and 5xx: for a snapshot before a kill, which must not keep a stolen token alive. */
  once?: boolean;
  /** Makes something new: not repeated after a 5xx, which may hide that it was made. */
  creates?: boolean;
}>;

export type CallAnswer = Readonly<{ status: number; json: Json; text: string; headers: Headers }>;

const parse = (text: string): Json => {
  // Most answers to a change are empty: no exception is needed to see that.
  if (text === '') return null;
  try {
    return parseJson(text);
  } catch {
    return null;
  }
};

/** A page for people where a system answers programs: a proxy, a login page or a wrong address spoke, and not the system. */
export const isPage = ({ text }: Pick<CallAnswer, 'text'>): boolean =>
  /^\s*<(?:!doctype html|html|head|body|h1|title)\b/i.test(text.slice(0, 500));

/** The system itself said yes. */
export const answered = (answer: Pick<CallAnswer, 'status' | 'text'>): boolean =>
  answer.status >= 200 && answer.status < 300 && !isPage(answer);

/**
 * The system itself says 401 to whoever came: in JSON, as every vendor here does. A proxy that wants a login says it too, with a page
 * or with nothing, and knows of no credential whether it lives.
 */
export const deniesBearer = ({ status, json }: Pick<CallAnswer, 'status' | 'json'>): boolean =>
  status === 401 && json !== null && typeof json === 'object';

export const notData = (answer: Pick<CallAnswer, 'status' | 'text'>, what: string): string =>
  isPage(answer)
    ? `${what}: answered ${answer.status} with a web page, which a proxy, a login page or a wrong base_url sends, and not the system`
    : `${what}: answered ${answer.status} with something that is not JSON`;

const urlOf = (base: string, request: CallRequest): string => {
  const url = new URL(base.replace(/\/$/, '') + request.path);
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
  return url.href;
};

const initOf = (request: CallRequest, signal: AbortSignal): RequestInit => {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': 'firebreak',
    ...request.headers,
  };
  if (request.json !== undefined) {
    headers['content-type'] ??= 'application/json';
    return { method: request.method, headers, signal, body: JSON.stringify(request.json) };
  }
  if (request.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return { method: request.method, headers, signal, body: new URLSearchParams(request.form).toString() };
  }
  return { method: request.method, headers, signal };
};

/** How long the vendor asks us to wait, in milliseconds; null when it does not say it in seconds (RFC 9110, 10.2.3). */
export const retryAfterMs = (headers: Headers): number | null => {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null;
};

/** 429, or GitHub's way of saying the same: 403 with a time to wait. Nothing was done, so it may be sent again. */
export const limited = (answer: Readonly<{ status: number; headers: Headers }>): boolean =>
  answer.status === 429 || (answer.status === 403 && retryAfterMs(answer.headers) !== null);

/**
 * `creating`: sent twice it could act twice, so only an answer that proves that nothing was done is followed by another try.
 * `once`: there is no time for another try.
 */
export type Repeat = 'safe' | 'creating' | 'once';

/**
 * A `fetch` for this call and for vendors' own clients, whose retry defaults are far too slow for a breach: repeats on 429
 * and, where that is safe, on 5xx, waiting as the vendor asks but never longer than the limits. The last answer is given back
 * as it is. Throws NetworkError when no answer came.
 */
export const patientFetch = (outside: Outside, repeat: Repeat): Http['fetch'] => {
  const send: Http['fetch'] = async (input, init) => {
    const given = init?.signal ?? outside.signal;
    const signal = given === outside.signal ? given : AbortSignal.any([outside.signal, given]);
    const until = outside.clock.elapsed() + limits.callMs;
    let doubt = false;
    for (let attempt = 0; ; attempt += 1) {
      const fetched = await outside.http.fetch(input, { ...init, signal });
      const response = doubt && fetched.status < 500 ? ofARepeat(fetched) : fetched;
      doubt ||= fetched.status >= 500 && mayAct(input, init);
      const again = (limited(response) && repeat !== 'once') || (repeat === 'safe' && response.status >= 500);
      const wait = retryAfterMs(response.headers) ?? limits.retryFirstWaitMs * 2 ** attempt;
      if (!again || attempt >= limits.retriesMax || wait > limits.retryWaitMaxMs) return response;
      if (outside.clock.elapsed() + wait > until) return response;
      if (!(await waited(outside, wait))) return response;
    }
  };
  return send;
};

const mayAct = (input: Parameters<Http['fetch']>[0], init: Parameters<Http['fetch']>[1]): boolean =>
  !/^(?:GET|HEAD)$/i.test(init?.method ?? (input instanceof Request ? input.method : 'GET'));

/** Says of an answer that its request was sent before, and was answered in a way that leaves open whether it acted then. */
const REPEAT = 'x-firebreak-repeat';

const ofARepeat = (response: Response): Response => {
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  headers.set(REPEAT, '1');
  return new Response(response.body, { status, statusText, headers });
};

const EARLIER = 'an earlier try of it was answered with a fault of the system, so it may have happened';

/** A refusal of a repeat says nothing of the first: "it is not there" may be said because it is done. */
export const ofFirstTry = (answer: Readonly<{ headers: Headers }>, outcome: Outcome): Outcome => {
  const { result, detail } = outcome;
  const refusal = result === 'failed' || result === 'forbidden' || result === 'not-supported';
  if (!refusal || !answer.headers.has(REPEAT)) return outcome;
  return { ...outcome, result: 'unknown', detail: `${detail.replace(`; ${NOTHING}`, '')}; ${EARLIER}` };
};

/** False when it was stopped while it waited: then the last answer is all there is, and says more than the stop. */
const waited = async ({ clock, signal }: Outside, ms: number): Promise<boolean> => {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
};

/** Reading an answer of this many characters takes so long that whoever has pressed a key meanwhile comes first. */
const LONG = 256 * 1024;

/** Sends, and repeats on 429 and 5xx as the vendor asks, within the limits. Throws NetworkError when no answer came. */
export const call = async (outside: Outside, request: CallRequest): Promise<CallAnswer> => {
  const send = patientFetch(
    outside,
    request.once === true ? 'once' : request.creates === true ? 'creating' : 'safe',
  );
  const response = await send(urlOf(outside.baseUrl, request), initOf(request, outside.signal));
  const text = await response.text();
  if (text.length > LONG) await nextTurn();
  return { status: response.status, json: parse(text), text, headers: response.headers };
};

const causes: Readonly<Partial<Record<NetworkFault, Cause>>> = { dns: 'name', tls: 'identity' };
const causeOf = ({ fault }: NetworkError): Cause => causes[fault] ?? 'unreached';

/** Turns the lost answer of a write into an outcome; anything else is a bug and goes on up. */
export const lost = (error: unknown, what: string): Outcome => {
  if (!(error instanceof NetworkError)) throw error;
  return error.sent
    ? { result: 'unknown', detail: `${what}: ${error.message}; it may have happened` }
    : { result: 'failed', detail: `${what}: ${error.message}; nothing was sent`, cause: causeOf(error) };
};

/** The same for a read before any write: whatever became of it, nothing was changed. */
export const unread = (error: unknown, what: string): Outcome => {
  if (!(error instanceof NetworkError)) throw error;
  return { result: 'failed', detail: `${what}: ${error.message}; ${NOTHING}`, cause: causeOf(error) };
};

const NOTHING = 'nothing was changed';

/** A refused read changed nothing either, whatever its status would leave open after a write. */
export const unchanged = (outcome: Outcome, because = ''): Outcome => ({
  ...outcome,
  result: outcome.result === 'unknown' ? 'failed' : outcome.result,
  detail: `${outcome.detail.replace(`; ${NOTHING}`, '')}; ${NOTHING}${because}`,
});

/** A question that got no answer, for whoever goes on without one. */
export const unanswered = (error: unknown, what: string): Outcome => {
  if (!(error instanceof NetworkError)) throw error;
  return { result: 'failed', detail: `${what}: ${error.message}`, cause: causeOf(error) };
};

export const unproved = (error: unknown, what: string): Proof => {
  if (!(error instanceof NetworkError)) throw error;
  return { is: 'unproved', how: `${what}: ${error.message}` };
};

/** A preview is shown even when the system is out of reach; it then says that it does not know. */
export const unseen = (error: unknown, planned: Pick<Preview, 'calls' | 'breaks'>): Preview => {
  if (!(error instanceof NetworkError)) throw error;
  return { ...planned, now: 'unknown', warnings: [`The system could not be asked: ${error.message}.`] };
};

/** What a refusal means when nothing was changed: wait, missing permission, or plainly failed. */
export const refused = (
  answer: Readonly<{ status: number; headers: Headers; text?: string }>,
  what: string,
): Outcome => ofFirstTry(answer, refusalOf(answer, what));

const refusalOf = (
  answer: Readonly<{ status: number; headers: Headers; text?: string }>,
  what: string,
): Outcome => {
  const { status, text = '' } = answer;
  const page: Pick<Outcome, 'cause'> = isPage({ text }) ? { cause: 'page' } : {};
  if (status < 400)
    return { result: 'unknown', detail: notData({ status, text }, what), http: status, ...page };
  const detail = `${what}: answered ${status}${isPage({ text }) ? ' with a web page' : ''}`;
  if (limited(answer)) {
    const wait = retryAfterMs(answer.headers);
    const until = wait === null ? {} : { retryAfterMs: wait };
    return {
      result: 'failed',
      detail: `${detail}, too many requests; nothing was changed`,
      http: status,
      ...until,
    };
  }
  if (status === 401 || status === 403) return { result: 'forbidden', detail, http: status, ...page };
  // A 5xx after a write may hide an effect; a 4xx did nothing.
  return { result: status >= 500 ? 'unknown' : 'failed', detail, http: status, ...page };
};
