import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { cloudflare } from './api.ts';

export const logs = [
  log({
    name: 'audit-log',
    title: 'audit log of the person',
    holds: 'sign-ins and changes of whoever the token belongs to',
    scopes: ['User Audit Logs read'],
    where: 'Cloudflare dashboard > Manage Account > Audit Log',
    vendor: cloudflare,
    first: ({ since, until: before }) => ({
      method: 'GET',
      path: '/user/audit_logs',
      query: { since, before, direction: 'asc', page: '1', per_page: '50' },
    }),
    rows: (json) => under(json, 'result'),
    next: ({ json }, request) => {
      const info = under(json, 'result_info');
      const [page, pages] = [under(info, 'page'), under(info, 'total_pages')];
      return typeof page === 'number' && typeof pages === 'number' && page < pages
        ? { ...request, query: { ...request.query, page: String(page + 1) } }
        : null;
    },
    at: (row) => timeOf(textAt(row, 'when')),
    order: 'oldest-first',
    memory: { least: 540, most: 540, says: 'Cloudflare keeps 18 months' },
    blind: ['what other people of the account did: their own logs have it'],
  }),
];
