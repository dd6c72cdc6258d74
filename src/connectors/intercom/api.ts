import type { Secret } from '../../io/secrets.ts';
import type { Outcome } from '../../model/action.ts';
import { call, refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, rowsOf, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';

/** How Intercom is spoken to: a token, a version in the header, a host for each region, errors as a list. */

const VERSION = '2.16';

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const first = rowsOf(under(answer.json, 'errors'))[0] ?? null;
  const words = `${textAt(first, 'code')} ${textAt(first, 'message')}`.trim();
  return words === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(words)}"` };
};

const plain = vendor(
  async (outside) => ({ 'intercom-version': VERSION, ...(await bearer(outside, 'token')) }),
  meaning,
);

const HOSTS: Readonly<Record<string, string>> = {
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io',
};

const inRegion = (outside: Outside): Outside => {
  const host = HOSTS[String(outside.config['region'] ?? 'us')];
  return outside.baseUrl === 'https://api.intercom.io' && host !== undefined
    ? { ...outside, baseUrl: host }
    : outside;
};

export const intercom = {
  ...plain,
  ask: async (outside: Outside, request: CallRequest): Promise<CallAnswer> =>
    await plain.ask(inRegion(outside), request),
  /** As whoever has this token. */
  as: async (outside: Outside, token: Secret, request: CallRequest): Promise<CallAnswer> =>
    await call(inRegion(outside), {
      ...request,
      headers: { 'intercom-version': VERSION, authorization: `Bearer ${token.use()}` },
    }),
};

/** Lists by cursor: `pages.next.starting_after`, or none. */
export const walk = (path: string, rows: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, rows)),
    next: ({ json }) => {
      const after = textAt(under(under(json, 'pages'), 'next'), 'starting_after');
      return after === '' ? null : { ...first, query: { ...query, starting_after: after } };
    },
  };
};
