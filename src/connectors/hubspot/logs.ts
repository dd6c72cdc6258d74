import type { Log } from '../connector.ts';
import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { asAccount } from './api.ts';

const part = (name: 'audit-logs' | 'login' | 'security', title: string, holds: string): Log =>
  log({
    name,
    title,
    holds,
    scopes: ['account-info.security.read'],
    where: 'HubSpot > Settings > Account management > Audit log',
    plan: 'activity logs are part of the Enterprise plans',
    vendor: asAccount,
    first: ({ since, until }) => ({
      method: 'GET',
      path: `/account-info/v3/activity/${name}`,
      query: { occurredAfter: since, occurredBefore: until, limit: '100' },
    }),
    rows: (json) => under(json, 'results'),
    next: ({ json }, request) => {
      const after = textAt(under(under(json, 'paging'), 'next'), 'after');
      return after === '' ? null : { ...request, query: { ...request.query, after } };
    },
    at: (row) => timeOf(textAt(row, 'occurredAt') || textAt(row, 'loginAt') || textAt(row, 'createdAt')),
    order: 'newest-first',
    memory: { least: 30, most: null, says: 'HubSpot does not say how far back it remembers' },
    blind: ['what apps read and exported: HubSpot logs people, not apps'],
  });

export const logs = [
  part('audit-logs', 'audit log', 'changes of rights and settings, exports'),
  part('login', 'login history', 'sign-ins'),
  part('security', 'security history', 'changes of passwords, two-factor and users'),
];
