import { log, timeOf } from '../log.ts';
import { rowsOf, textAt, under } from '../vendor.ts';
import { stripe } from './api.ts';

export const logs = [
  log({
    name: 'events',
    title: 'events',
    holds: 'changes of accounts, endpoints, people and payments, with the request that made them',
    scopes: ['Events read'],
    where: 'Stripe Dashboard > Developers > Events',
    vendor: stripe,
    first: ({ from, to }) => ({
      method: 'GET',
      path: '/v1/events',
      query: {
        'created[gte]': String(Math.floor(from / 1000)),
        'created[lt]': String(Math.ceil(to / 1000)),
        limit: '100',
      },
    }),
    rows: (json) => under(json, 'data'),
    next: ({ json }, request) => {
      const last = textAt(rowsOf(under(json, 'data')).at(-1) ?? null, 'id');
      return under(json, 'has_more') === true && last !== ''
        ? { ...request, query: { ...request.query, starting_after: last } }
        : null;
    },
    at: (row) => timeOf(under(row, 'created')),
    order: 'newest-first',
    memory: { least: 30, most: 30, says: 'Stripe keeps events for 30 days' },
    blind: ['sign-ins to the Dashboard and exports from it: Settings > Security history shows them'],
  }),
];
