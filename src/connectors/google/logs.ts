import type { Log } from '../connector.ts';
import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { admin } from './api.ts';

const report = (name: 'login' | 'token' | 'admin', title: string, holds: string): Log =>
  log({
    name,
    title,
    holds,
    scopes: ['https://www.googleapis.com/auth/admin.reports.audit.readonly'],
    where: 'Google Admin console > Reporting > Audit and investigation',
    vendor: admin,
    first: ({ since, until }) => ({
      method: 'GET',
      path: `/admin/reports/v1/activity/users/all/applications/${name}`,
      query: { startTime: since, endTime: until, maxResults: '1000' },
    }),
    // A window in which nothing happened is answered without a list.
    rows: (json) => under(json, 'items') ?? (textAt(json, 'kind') === '' ? null : []),
    next: ({ json }, request) => {
      const token = textAt(json, 'nextPageToken');
      return token === '' ? null : { ...request, query: { ...request.query, pageToken: token } };
    },
    at: (row) => timeOf(textAt(under(row, 'id'), 'time')),
    order: 'newest-first',
    memory: { least: 180, most: 180, says: 'Google keeps six months' },
    blind: ['the last hours, perhaps: Google writes its reports late'],
  });

export const logs = [
  report('login', 'login log', 'sign-ins'),
  report('token', 'token log', 'apps that were let in, and what they called'),
  report('admin', 'admin log', 'changes of rights and settings'),
];
