import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, rowsOf, textAt, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';

/** How Auth0's Management API is spoken to. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const message = textAt(answer.json, 'message');
  return message === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(message)}"` };
};

export const auth0 = vendor(async (outside) => await bearer(outside, 'token'), meaning);

/** Lists in numbered pages, with the totals beside them. */
export const walk = (path: string, rows: string): Walk => {
  const at = (page: number): CallRequest => ({
    method: 'GET',
    path,
    query: { page: String(page), per_page: '100', include_totals: 'true' },
  });
  return {
    first: at(0),
    rows: ({ json }) => rowsIn(under(json, rows)),
    next: ({ json }) => {
      const [start, total] = [under(json, 'start'), under(json, 'total')];
      const count = rowsOf(under(json, rows)).length;
      if (typeof start !== 'number' || typeof total !== 'number' || count === 0) return null;
      return start + count < total ? at(Math.floor((start + count) / 100)) : null;
    },
  };
};

/** Lists that come whole. */
export const whole = (path: string): Walk => ({
  first: { method: 'GET', path },
  rows: ({ json }) => rowsIn(json),
  next: () => null,
});
