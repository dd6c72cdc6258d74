import { linked, textAt } from '../vendor.ts';
import { log, timeOf } from '../log.ts';
import { okta } from './api.ts';

export const logs = [
  log({
    name: 'system-log',
    title: 'system log',
    holds: 'sign-ins, changes of rights, use of tokens',
    scopes: ['okta.logs.read'],
    where: 'Okta Admin > Reports > System Log',
    vendor: okta,
    first: ({ since, until }) => ({
      method: 'GET',
      path: '/api/v1/logs',
      query: { since, until, sortOrder: 'ASCENDING', limit: '1000' },
    }),
    rows: (json) => json,
    next: linked,
    at: (row) => timeOf(textAt(row, 'published')),
    order: 'oldest-first',
    memory: { least: 90, most: 90, says: 'Okta keeps 90 days' },
    blind: ['what people did inside the apps that they signed in to through Okta'],
  }),
];
