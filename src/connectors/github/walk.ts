import type { CallRequest } from '../call.ts';
import { linked, rowsIn, under } from '../vendor.ts';
import type { Walk } from '../vendor.ts';

/** GitHub's lists go on by a link; some stand under a name. */
export const walk = (path: string, inside = ''): Walk => {
  const first: CallRequest = { method: 'GET', path, query: { per_page: '100' } };
  return {
    first,
    rows: ({ json }) => rowsIn(inside === '' ? json : under(json, inside)),
    next: (answer) => linked(answer, first),
  };
};
