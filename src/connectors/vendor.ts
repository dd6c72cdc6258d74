import type { Json } from '../base/canonical.ts';
import type { Outcome } from '../model/action.ts';
import { answered, call, notData, ofFirstTry, refused } from './call.ts';
import type { CallAnswer, CallRequest } from './call.ts';
import type { Outside } from './connector.ts';

/** How one vendor's API is spoken to: who we are there, and what its refusals mean. */
export type Vendor = Readonly<{
  /** As ourselves. Throws NetworkError when no answer came, Problem `missing-secret` when we cannot say who we are. */
  ask(outside: Outside, request: CallRequest): Promise<CallAnswer>;
  /** What an answer means that is not the one hoped for; nothing was changed unless it says `unknown`. */
  refused(answer: CallAnswer, what: string): Outcome;
}>;

export type Headers = Readonly<Record<string, string>>;

/** A vendor that is spoken to with headers of our own, the ones that say who we are among them. */
export const vendor = (
  headers: (outside: Outside) => Promise<Headers>,
  meaning: Vendor['refused'] = refused,
): Vendor => ({
  ask: async (outside, request) =>
    await call(outside, { ...request, headers: { ...(await headers(outside)), ...request.headers } }),
  refused: (answer, what) => ofFirstTry(answer, meaning(answer, what)),
});

export const bearer = async (outside: Outside, name: string): Promise<Headers> => ({
  authorization: `Bearer ${(await outside.secret(name)).use()}`,
});

/** HTTP Basic (RFC 7617) from a user name and a secret. */
export const basic = (user: string, password: string): Headers => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`,
});

/**
 * The same outside at another host of this vendor. Where the base URL is not the vendor's own (a simulator, a proxy), that one
 * answers for all hosts.
 */
export const atHost = (outside: Outside, own: string, other: string): Outside =>
  outside.baseUrl === own ? { ...outside, baseUrl: other } : outside;

export const succeeded = answered;

/** The part of an answer under a name; null where there is none. */
export const under = (json: Json, name: string): Json =>
  json !== null && typeof json === 'object' && !Array.isArray(json)
    ? ((json as Readonly<Record<string, Json>>)[name] ?? null)
    : null;

/** The text under a name; '' where there is none. */
export const textAt = (json: Json, name: string): string => {
  const value = under(json, name);
  return typeof value === 'string' ? value : '';
};

export const rowsOf = (json: Json): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);

/** The rows of an answer that must show some, be it none; null where it shows no list. */
export const rowsIn = (json: Json): readonly Json[] | null =>
  Array.isArray(json) ? (json as readonly Json[]) : null;

/** How a listing goes on. */
export type Walk = Readonly<{
  first: CallRequest;
  /** Null for an answer that shows no list: nothing may be taken for gone by it. */
  rows(answer: CallAnswer): readonly Json[] | null;
  /** The request for what comes after this answer; null when it was the last page. */
  next(answer: CallAnswer): CallRequest | null;
}>;

export type Pages =
  | Readonly<{ rows: readonly Json[]; complete: boolean; count: number }>
  | Readonly<{ refusal: Outcome }>;

/** Nothing is ever read without end: at 100 rows a page this is 5,000 rows. */
const PAGES_MAX = 50;

const noList = (answer: CallAnswer, what: string): string =>
  answer.json === null ? notData(answer, what) : `${what}: the answer of ${answer.status} shows no list`;

/** Every row of a listing. Throws NetworkError when no answer came. */
export const pages = async (
  { ask, refused: meaning }: Vendor,
  outside: Outside,
  walk: Walk,
  what: string,
): Promise<Pages> => {
  const rows: Json[] = [];
  let request: CallRequest | null = walk.first;
  let count = 0;
  for (; request !== null && count < PAGES_MAX; count += 1) {
    const answer: CallAnswer = await ask(outside, request);
    if (!succeeded(answer)) return { refusal: meaning(answer, what) };
    const found = answer.json === null ? null : walk.rows(answer);
    if (found === null)
      return { refusal: { result: 'failed', detail: noList(answer, what), http: answer.status } };
    rows.push(...found);
    request = walk.next(answer);
  }
  return { rows, complete: request === null, count };
};

/** The page after this one as RFC 8288 names it, for a base URL of ours: only the query of the link is followed. */
export const linked = (answer: CallAnswer, request: CallRequest): CallRequest | null => {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
  if (link === undefined || !URL.canParse(link)) return null;
  return { ...request, query: Object.fromEntries(new URL(link).searchParams) };
};
