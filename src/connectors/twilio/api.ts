import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { atHost, basic, rowsIn, under, vendor } from '../vendor.ts';
import type { Vendor, Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Twilio is spoken to: HTTP Basic, form bodies, one host for each family of its API, errors with a number. */

const BASE = 'https://api.twilio.com';

const errorOf = (answer: CallAnswer): Readonly<{ code: number; message: string }> => {
  const found = errorSchema.safeParse(answer.json);
  return found.success ? found.data : { code: 0, message: '' };
};

/** Suspended by Twilio itself (21478), or under a suspended parent (21476): no API call changes that. */
const NOT_OURS: Readonly<Record<number, string>> = {
  21476: 'its parent account is suspended',
  21478: 'Twilio itself suspended it: only its support can change that',
};

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const { code, message } = errorOf(answer);
  const outcome = refused(answer, what);
  if (code === 0) return outcome;
  const words = NOT_OURS[code] ?? `"${cut(message)}"`;
  return { ...outcome, detail: `${outcome.detail}, code ${code}: ${words}` };
};

export const account = (outside: Outside): string => String(outside.config['account'] ?? '');

/** We come with an API key where one is configured: the Auth Token is what a rotation replaces. */
const ourselves = async (outside: Outside) => {
  const { key } = outside.config;
  const password = await outside.secret('password');
  return basic(typeof key === 'string' ? key : account(outside), password.use());
};

export const twilio = vendor(ourselves, meaning);

/** The family of the API that has a host of its own. */
export const family = (name: 'accounts' | 'iam' | 'monitor'): Vendor => ({
  ...twilio,
  ask: async (outside, request) =>
    await twilio.ask(atHost(outside, BASE, `https://${name}.twilio.com`), request),
});

/** A list of the 2010 API: the next page is a path of its own, of which only the query is followed. */
export const walk = (path: string, rows: string): Walk => {
  const first: CallRequest = { method: 'GET', path, query: { PageSize: '100' } };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, rows)),
    next: ({ json }) => {
      const uri = under(json, 'next_page_uri');
      if (typeof uri !== 'string' || uri === '' || !URL.canParse(uri, BASE)) return null;
      return { ...first, query: Object.fromEntries(new URL(uri, BASE).searchParams) };
    },
  };
};
