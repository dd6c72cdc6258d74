import type { CallRequest } from '../call.ts';
import { log, timeOf } from '../log.ts';
import { rowsOf, textAt } from '../vendor.ts';
import { auth0 } from './api.ts';

const ROWS = 100;
/** A search answers its first thousand rows and no more; the rest is another search, from the last of them on. */
const PAGES = 10;

const search = (from: string, until: string, page: number): CallRequest => ({
  method: 'GET',
  path: '/api/v2/logs',
  query: {
    q: `date:[${from} TO ${until}]`,
    sort: 'date:1',
    page: String(page),
    per_page: String(ROWS),
  },
});

export const logs = [
  log({
    name: 'logs',
    title: 'tenant log',
    holds: 'sign-ins, changes of rights and of applications',
    scopes: ['read:logs'],
    where: 'Auth0 Dashboard > Monitoring > Logs',
    vendor: auth0,
    first: ({ since, until }) => search(since, until, 0),
    rows: (json) => json,
    next: ({ json }, { query = {} }) => {
      const rows = rowsOf(json);
      if (rows.length < ROWS) return null;
      const page = Number(query['page'] ?? '0') + 1;
      const [, from = '', until = ''] = /^date:\[(\S+) TO (\S+)\]$/.exec(query['q'] ?? '') ?? [];
      return page < PAGES ? search(from, until, page) : search(textAt(rows.at(-1) ?? null, 'date'), until, 0);
    },
    at: (row) => timeOf(textAt(row, 'date')),
    order: 'oldest-first',
    overlaps: true,
    trim: true,
    memory: {
      least: 1,
      most: 30,
      says: 'Auth0 keeps 1 to 30 days, by plan, and does not say where its memory ends',
    },
    blind: ['what a token that is out was used for: Auth0 sees the sign-in and not the use'],
  }),
];
