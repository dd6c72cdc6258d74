import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { intercom } from './api.ts';

export const logs = [
  log({
    name: 'activity-log',
    title: 'activity log of teammates',
    holds: 'sign-ins, changes of rights and exports of teammates',
    scopes: ['Read admin activity logs'],
    where: 'Intercom > Settings > Workspace > Teammate activity logs',
    vendor: intercom,
    first: ({ from, to }) => ({
      method: 'GET',
      path: '/admins/activity_logs',
      query: {
        created_at_after: String(Math.floor(from / 1000)),
        created_at_before: String(Math.ceil(to / 1000)),
      },
    }),
    rows: (json) => under(json, 'activity_logs'),
    next: ({ json }, request) => {
      const after = textAt(under(under(json, 'pages'), 'next'), 'starting_after');
      return after === '' ? null : { ...request, query: { ...request.query, starting_after: after } };
    },
    at: (row) => timeOf(under(row, 'created_at')),
    order: 'newest-first',
    memory: { least: 30, most: null, says: 'Intercom does not say how far back it remembers' },
    blind: ['what customers and apps did: the log is of teammates'],
  }),
];
