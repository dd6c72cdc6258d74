import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, rowsOf, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Stripe is spoken to: form bodies under v1, JSON under v2, and errors that carry a code of their own. */

/** v2 asks for a version in every request; v1 answers in the account's own without one. */
export const VERSION = { 'stripe-version': '2026-10-28.clover' } as const;

export const errorOf = (answer: CallAnswer): Readonly<{ code: string; message: string }> => {
  const found = errorSchema.safeParse(answer.json);
  return found.success ? found.data.error : { code: '', message: '' };
};

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const { code, message } = errorOf(answer);
  const outcome = refused(answer, what);
  return code === '' && message === ''
    ? outcome
    : { ...outcome, detail: `${outcome.detail} ${cut(`${code} "${message}"`)}` };
};

export const stripe = vendor(async (outside) => await bearer(outside, 'api_key'), meaning);

/** Lists of v1: the next page starts after the last id of this one. */
export const walkV1 = (path: string): Walk => {
  const first: CallRequest = { method: 'GET', path, query: { limit: '100' } };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, 'data')),
    next: ({ json }) => {
      const last = rowsOf(under(json, 'data')).at(-1);
      const id = last === undefined ? null : under(last, 'id');
      if (under(json, 'has_more') !== true || typeof id !== 'string') return null;
      return { ...first, query: { limit: '100', starting_after: id } };
    },
  };
};

/** Lists of v2: the next page has an address of its own, of which only the query is followed. */
export const walkV2 = (path: string): Walk => {
  const first: CallRequest = { method: 'GET', path, query: { limit: '100' }, headers: VERSION };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, 'data')),
    next: ({ json }) => {
      const url = under(json, 'next_page_url');
      if (typeof url !== 'string' || !URL.canParse(url, 'https://api.stripe.com')) return null;
      const query = Object.fromEntries(new URL(url, 'https://api.stripe.com').searchParams);
      return { ...first, query };
    },
  };
};
