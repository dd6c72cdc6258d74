import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { zendesk } from './api.ts';

export const logs = [
  log({
    name: 'audit-log',
    title: 'audit log',
    holds: 'changes of rights, settings and exports',
    scopes: ['auditlogs:read'],
    where: 'Admin Center > Account > Logs > Audit log',
    plan: 'the audit log is part of the Enterprise plans',
    vendor: zendesk,
    // A query holds a name once, so the window's end is cut off here.
    first: ({ since }) => ({
      method: 'GET',
      path: '/api/v2/audit_logs',
      query: { 'filter[created_at]': since, sort: 'created_at', 'page[size]': '100' },
    }),
    rows: (json) => under(json, 'audit_logs'),
    next: ({ json }, request) => {
      const meta = under(json, 'meta');
      const after = textAt(meta, 'after_cursor');
      if (under(meta, 'has_more') !== true || after === '') return null;
      return { ...request, query: { ...request.query, 'page[after]': after } };
    },
    at: (row) => timeOf(textAt(row, 'created_at')),
    order: 'oldest-first',
    trim: true,
    memory: 'for ever',
    blind: ['sign-ins of agents: the audit log holds changes, not every sign-in'],
  }),
];
