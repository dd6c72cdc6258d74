import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Microsoft Graph is spoken to: OData queries, lists that go on by a link, errors with a code. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const { success, data } = errorSchema.safeParse(answer.json);
  const outcome = refused(answer, what);
  return success
    ? { ...outcome, detail: `${outcome.detail} ${cut(`${data.error.code} "${data.error.message}"`)}` }
    : outcome;
};

export const graph = vendor(async (outside) => await bearer(outside, 'token'), meaning);

export const walk = (path: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, 'value')),
    // Only the query of the link is followed, at the address that we know.
    next: ({ json }) => {
      const link = textAt(json, '@odata.nextLink');
      if (!URL.canParse(link)) return null;
      return { ...first, query: Object.fromEntries(new URL(link).searchParams) };
    },
  };
};
