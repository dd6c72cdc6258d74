import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { family } from './api.ts';

export const logs = [
  log({
    name: 'events',
    title: 'Monitor events',
    holds: 'changes of numbers, keys, settings and people, sign-ins to the Console',
    scopes: ['Monitor read'],
    where: 'Twilio Console > Monitor > Insights > Audit events',
    vendor: family('monitor'),
    first: ({ since, until }) => ({
      method: 'GET',
      path: '/v1/Events',
      query: { StartDate: since, EndDate: until, PageSize: '1000' },
    }),
    rows: (json) => under(json, 'events'),
    // Only the query of the address is followed, at the one that we know.
    next: ({ json }, request) => {
      const url = textAt(under(json, 'meta'), 'next_page_url');
      return URL.canParse(url) ? { ...request, query: Object.fromEntries(new URL(url).searchParams) } : null;
    },
    at: (row) => timeOf(textAt(row, 'event_date')),
    order: 'newest-first',
    trim: true,
    memory: { least: 30, most: 395, says: 'Twilio keeps 30 days, and 13 months with a paid edition' },
    blind: ['messages and calls themselves: they are in logs of their own'],
  }),
];
