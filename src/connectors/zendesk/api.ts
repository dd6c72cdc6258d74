import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';

/** How Zendesk is spoken to: an OAuth token, things under their own name, lists that go on by a cursor. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const words = textAt(answer.json, 'description') || textAt(answer.json, 'error');
  return words === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(words)}"` };
};

/** OAuth alone: API tokens are being retired and no new one can be made since 27 October 2026. */
export const zendesk = vendor(async (outside) => await bearer(outside, 'token'), meaning);

/** Lists by cursor: `meta.has_more` and `meta.after_cursor` (developer.zendesk.com, Pagination). */
export const walk = (path: string, rows: string, query: Readonly<Record<string, string>> = {}): Walk => {
  const first: CallRequest = { method: 'GET', path, query: { ...query, 'page[size]': '100' } };
  return {
    first,
    rows: ({ json }) => rowsIn(under(json, rows)),
    next: ({ json }) => {
      const meta = under(json, 'meta');
      const after = textAt(meta, 'after_cursor');
      if (under(meta, 'has_more') !== true || after === '') return null;
      return { ...first, query: { ...first.query, 'page[after]': after } };
    },
  };
};
