import type { Json } from '../base/canonical.ts';
import { NetworkError } from '../io/http.ts';
import { limits } from '../model/limits.ts';
import type { Outcome, Proof } from '../model/action.ts';
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
}>;

export type CallAnswer = Readonly<{ status: number; json: Json; text: string; headers: Headers }>;

const parse = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
};

const urlOf = (base: string, request: CallRequest): string => {
  const url = new URL(base.replace(/\/$/, '') + request.path);
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
  return url.href;
};

const initOf = (request: CallRequest, signal: AbortSignal): RequestInit => {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'firebreak', ...request.headers };
  if (request.json !== undefined) {
    headers['content-type'] = 'application/json';
    return { method: request.method, headers, signal, body: JSON.stringify(request.json) };
  }
  if (request.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return { method: request.method, headers, signal, body: new URLSearchParams(request.form).toString() };
  }
  return { method: request.method, headers, signal };
};

/** How long the vendor asks us to wait, in milliseconds; null when it does not say it in seconds (RFC 9110, 10.2.3). */
const retryAfterMs = (headers: Headers): number | null => {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null;
};

/** Sends, and repeats on 429 and 5xx as the vendor asks, within the limits. Throws NetworkError when no answer came. */
export const call = async (outside: Outside, request: CallRequest): Promise<CallAnswer> => {
  for (let attempt = 0; ; attempt += 1) {
    const response = await outside.http.fetch(urlOf(outside.baseUrl, request), initOf(request, outside.signal));
    const text = await response.text();
    const retry = response.status === 429 || response.status >= 500;
    if (!retry || request.once === true || attempt >= limits.retriesMax) return { status: response.status, json: parse(text), text, headers: response.headers };
    const asked = retryAfterMs(response.headers) ?? 250 * 2 ** attempt;
    if (asked > limits.retryWaitMaxMs) return { status: response.status, json: parse(text), text, headers: response.headers };
    await outside.clock.sleep(asked, outside.signal);
  }
};

/** Turns a lost answer into an outcome; anything else is a bug and goes on up. */
export const lost = (error: unknown, what: string): Outcome => {
  if (!(error instanceof NetworkError)) throw error;
  return error.sent
    ? { result: 'unknown', detail: `${what}: ${error.message}; it may have happened` }
    : { result: 'failed', detail: `${what}: ${error.message}; nothing was sent` };
};

export const unproved = (error: unknown, what: string): Proof => {
  if (!(error instanceof NetworkError)) throw error;
  return { is: 'unproved', how: `${what}: ${error.message}` };
};

/** What a refusal means when nothing was changed: missing permission, or plainly failed. */
export const refused = (answer: CallAnswer, what: string): Outcome => {
  const detail = `${what}: answered ${answer.status}`;
  if (answer.status === 401 || answer.status === 403) return { result: 'forbidden', detail, http: answer.status };
  // A 5xx after a write may hide an effect; a 4xx did nothing.
  return { result: answer.status >= 500 ? 'unknown' : 'failed', detail, http: answer.status };
};
