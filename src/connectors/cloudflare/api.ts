import type { Json } from '../../base/canonical.ts';
import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { cut } from '../several.ts';
import { bearer, rowsIn, under, vendor } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How Cloudflare is spoken to: everything stands under `result`, refusals have numbers. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const first = errorSchema.safeParse(answer.json).data?.errors[0];
  return first === undefined
    ? outcome
    : { ...outcome, detail: `${outcome.detail}, code ${first.code} "${cut(first.message)}"` };
};

export const cloudflare = vendor(async (outside) => await bearer(outside, 'token'), meaning);

export const resultOf = ({ json }: CallAnswer): Json => under(json, 'result');

export const walk = (path: string): Walk => {
  const at = (page: number): CallRequest => ({
    method: 'GET',
    path,
    query: { page: String(page), per_page: '50' },
  });
  return {
    first: at(1),
    rows: (answer) => rowsIn(resultOf(answer)),
    next: ({ json }) => {
      const info = under(json, 'result_info');
      const [page, pages] = [under(info, 'page'), under(info, 'total_pages')];
      return typeof page === 'number' && typeof pages === 'number' && page < pages ? at(page + 1) : null;
    },
  };
};
