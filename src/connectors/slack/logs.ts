import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { log, timeOf } from '../log.ts';
import { atHost, bearer, textAt, under, vendor } from '../vendor.ts';
import type { Vendor } from '../vendor.ts';
import { ownSlack, slackRefused } from './api.ts';
import type { Answer, Args } from './api.ts';

const AUDIT =
  'the Audit Logs API is part of the Enterprise plans, and wants a token of an owner of the organisation';
const PAID = 'access and integration logs are part of the paid plans';

/** The Audit Logs API lies beside the Web API, and speaks plain HTTP. */
const WEB = 'https://slack.com/api';
const audit: Vendor = (() => {
  const plain = vendor(
    async (outside) => await bearer(outside, 'admin_token'),
    (answer: CallAnswer, what) => slackRefused({ ...told(answer), ok: false }, what),
  );
  const ask = async (outside: Outside, request: CallRequest): Promise<CallAnswer> =>
    await plain.ask(atHost(outside, WEB, 'https://api.slack.com'), request);
  return { ...plain, ask };
})();

const told = ({ status, json, headers }: CallAnswer): Answer => ({
  ok: status === 200,
  error: textAt(json, 'error'),
  status,
  data: json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Args) : {},
  headers,
});

/** The Web API answers 200 even to what it refuses; here that is told as 400, so that nothing takes it for a page. */
const answers = new WeakMap<CallAnswer, Answer>();
const web: Vendor = {
  ask: async (outside, { path, json }) => {
    const answer = await ownSlack(outside, path.slice(1), (json ?? {}) as Args);
    const status = answer.status === 200 && !answer.ok ? 400 : answer.status;
    const one: CallAnswer = { status, json: answer.data, text: '', headers: answer.headers };
    answers.set(one, answer);
    return one;
  },
  refused: (answer, what) => slackRefused(answers.get(answer) ?? told(answer), what),
};

/** At 1,000 rows a page Slack gives a hundred pages and no more; what is older is asked for by time. */
const PAGES = 100;

const numbered = (path: string, args: Readonly<Record<string, string | number>>): CallRequest => ({
  method: 'POST',
  path,
  json: args,
});

const pageOf = (request: CallRequest): number => Number(under(request.json ?? null, 'page') ?? 1);

const onward = ({ json }: CallAnswer, request: CallRequest): CallRequest | null => {
  const paging = under(json, 'paging');
  const [page, pages] = [pageOf(request), Number(under(paging, 'pages') ?? 1)];
  if (page >= pages || page >= PAGES) return null;
  return { ...request, json: { ...(request.json as Args), page: page + 1 } };
};

export const logs = [
  log({
    name: 'audit-logs',
    title: 'audit log',
    holds: 'sign-ins, changes of rights, apps, exports and downloads',
    scopes: ['auditlogs:read'],
    where: 'Slack admin dashboard > Security > Audit logs',
    plan: AUDIT,
    vendor: audit,
    first: ({ from, to }) => ({
      method: 'GET',
      path: '/audit/v1/logs',
      query: {
        oldest: String(Math.floor(from / 1000)),
        latest: String(Math.ceil(to / 1000)),
        limit: '1000',
      },
    }),
    rows: (json) => under(json, 'entries'),
    next: ({ json }, request) => {
      const cursor = textAt(under(json, 'response_metadata'), 'next_cursor');
      return cursor === '' ? null : { ...request, query: { ...request.query, cursor } };
    },
    at: (row) => timeOf(under(row, 'date_create')),
    order: 'newest-first',
    memory: 'for ever',
    blind: ['what was read in channels: Slack logs downloads and exports, not reading'],
  }),
  log({
    name: 'access-logs',
    title: 'access log of the workspace',
    holds: 'who came in, from which address, with which program',
    scopes: ['admin'],
    where: 'Slack > Workspace settings > Access logs',
    plan: PAID,
    vendor: web,
    first: ({ to }) => numbered('/team.accessLogs', { before: Math.ceil(to / 1000), count: 1000, page: 1 }),
    rows: (json) => under(json, 'logins'),
    next: onward,
    at: (row) => timeOf(under(row, 'date_last')),
    order: 'newest-first',
    trim: true,
    memory: { least: 30, most: null, says: 'Slack does not say how far back it remembers' },
    blind: ['each single visit: Slack counts visits of one person from one address together'],
  }),
  log({
    name: 'integration-logs',
    title: 'integration log of the workspace',
    holds: 'apps that were added, changed and removed, and by whom',
    scopes: ['admin'],
    where: 'Slack > Manage apps > Activity log',
    plan: PAID,
    vendor: web,
    first: () => numbered('/team.integrationLogs', { count: 1000, page: 1 }),
    rows: (json) => under(json, 'logs'),
    next: onward,
    at: (row) => timeOf(under(row, 'date')),
    order: 'newest-first',
    trim: true,
    memory: { least: 30, most: null, says: 'Slack does not say how far back it remembers' },
    blind: ['what the apps did'],
  }),
];
