import { HOUR } from '../../src/base/duration.ts';
import type { Json } from '../../src/base/canonical.ts';
import type { Answer, Ask } from '../../src/io/server.ts';

/** What vendors mean by a day of memory. */
const DAY_MS = 24 * HOUR;

/**
 * Every vendor's log as its own documentation describes it: the window it takes, the pages it gives, and a memory that ends. A row is
 * one moment; what is older than the memory is gone, whatever is asked for.
 */

export type LogVendor = Readonly<{
  config?: Readonly<Record<string, string | number | boolean>>;
  secrets: Readonly<Record<string, string>>;
  /** How long it remembers, in days; null for ever. */
  days: number | null;
  /** The row that the vendor would write for a moment. */
  row(at: number, i: number): Json;
  /** What it answers for this request, of rows in its own order. */
  serve(ask: Ask, rows: readonly Readonly<{ at: number; row: Json }>[]): Answer;
}>;

const PAGE = 3;

const json = (body: Json, headers: Readonly<Record<string, string>> = {}, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const q = ({ query }: Ask, name: string): string => query[name]?.[0] ?? '';
const time = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const iso = (at: number): string => new Date(at).toISOString();

type Rows = Parameters<LogVendor['serve']>[1];

/** One page of what lies in the window, and where the next one begins; newest first where the vendor is so. */
const paged = (
  rows: Rows,
  from: number,
  to: number,
  skip: number,
  newest = true,
): Readonly<{ page: readonly Json[]; next: number | null; pages: number }> => {
  const inside = rows.filter(({ at }) => at >= from && at < to);
  const sorted = inside.toSorted((a, b) => (newest ? b.at - a.at : a.at - b.at));
  return {
    page: sorted.slice(skip, skip + PAGE).map(({ row }) => row),
    next: skip + PAGE < sorted.length ? skip + PAGE : null,
    pages: Math.ceil(sorted.length / PAGE),
  };
};

const salesforce = (ask: Ask, rows: Rows): Answer => {
  const soql = q(ask, 'q');
  const more = /\/query\/(\d+)-(\d+)-(\d+)$/.exec(ask.path);
  const [, since = '', until = ''] = / >= (\S+) AND \w+ < (\S+) /.exec(soql) ?? [];
  const [from, to] = more === null ? [time(since), time(until)] : [Number(more[1]), Number(more[2])];
  const { page, next } = paged(rows, from, to, Number(more?.[3] ?? '0'), false);
  const base = ask.path.slice(0, ask.path.indexOf('/query'));
  return json({
    records: [...page],
    done: next === null,
    ...(next === null ? {} : { nextRecordsUrl: `${base}/query/${from}-${to}-${next}` }),
  });
};

const hubspot: LogVendor = {
  secrets: { token: 'pat-made-up-own' },
  days: 90,
  row: (at, i) => ({ id: String(i), occurredAt: iso(at) }),
  serve: (ask, rows) => {
    const after = q(ask, 'after');
    const { page, next } = paged(
      rows,
      time(q(ask, 'occurredAfter')),
      time(q(ask, 'occurredBefore')),
      Number(after || '0'),
    );
    return json({
      results: [...page],
      ...(next === null ? {} : { paging: { next: { after: String(next) } } }),
    });
  },
};

export const logVendors: Readonly<Record<string, LogVendor>> = {
  okta: {
    secrets: { token: '00simOwnTokenOfFirebreak' },
    days: 90,
    row: (at, i) => ({ uuid: String(i), published: iso(at) }),
    serve: (ask, rows) => {
      const { page, next } = paged(
        rows,
        time(q(ask, 'since')),
        time(q(ask, 'until')),
        Number(q(ask, 'after') || '0'),
        false,
      );
      const rest = `since=${q(ask, 'since')}&until=${q(ask, 'until')}`;
      return json(
        [...page],
        next === null ? {} : { link: `<https://org.okta.com/api/v1/logs?after=${next}&${rest}>; rel="next"` },
      );
    },
  },
  auth0: {
    secrets: { token: 'made-up-own-management-token' },
    days: 30,
    row: (at, i) => ({ log_id: String(i), date: iso(at) }),
    // A hundred a page and a thousand a search: a real one has more rows than a test, so the pages are whole here.
    serve: (ask, rows) => {
      const [, from = '', to = ''] = /^date:\[(\S+) TO (\S+)\]$/.exec(q(ask, 'q')) ?? [];
      const inside = rows
        .filter(({ at }) => at >= time(from) && at <= time(to))
        .toSorted((a, b) => a.at - b.at);
      const skip = Number(q(ask, 'page')) * 100;
      return json(skip >= 1000 ? [] : inside.slice(skip, skip + 100).map(({ row }) => row));
    },
  },
  cloudflare: {
    secrets: { token: 'made-up-own-cf-token' },
    days: 540,
    row: (at, i) => ({ id: String(i), when: iso(at) }),
    serve: (ask, rows) => {
      const page = Number(q(ask, 'page'));
      const found = paged(rows, time(q(ask, 'since')), time(q(ask, 'before')), (page - 1) * PAGE, false);
      return json({
        success: true,
        result: [...found.page],
        result_info: { page, total_pages: found.pages },
      });
    },
  },
  zendesk: {
    secrets: { token: 'made-up-own-zd-token' },
    days: null,
    row: (at, i) => ({ id: i, created_at: iso(at) }),
    serve: (ask, rows) => {
      const after = q(ask, 'page[after]');
      const { page, next } = paged(
        rows,
        time(q(ask, 'filter[created_at]')),
        Infinity,
        Number(after || '0'),
        false,
      );
      return json({
        audit_logs: [...page],
        meta: { has_more: next !== null, after_cursor: next === null ? null : String(next) },
      });
    },
  },
  intercom: {
    secrets: { token: 'made-up-own-ic-token' },
    days: 180,
    row: (at, i) => ({ id: String(i), created_at: Math.floor(at / 1000) }),
    serve: (ask, rows) => {
      const skip = Number(q(ask, 'starting_after') || '0');
      const { page, next } = paged(
        rows,
        time(q(ask, 'created_at_after')),
        time(q(ask, 'created_at_before')),
        skip,
      );
      return json({
        activity_logs: [...page],
        pages: { next: next === null ? null : { starting_after: String(next) } },
      });
    },
  },
  hubspot,
  google: {
    secrets: { token: 'made-up-own-google-token' },
    config: { project: 'made-up' },
    days: 180,
    row: (at, i) => ({ id: { time: iso(at), uniqueQualifier: String(i) } }),
    serve: (ask, rows) => {
      const { page, next } = paged(
        rows,
        time(q(ask, 'startTime')),
        time(q(ask, 'endTime')),
        Number(q(ask, 'pageToken') || '0'),
      );
      // Nothing that happened is answered without a list.
      const items = page.length === 0 ? {} : { items: [...page] };
      return json({
        kind: 'admin#reports#activities',
        ...items,
        ...(next === null ? {} : { nextPageToken: String(next) }),
      });
    },
  },
  microsoft: {
    secrets: { token: 'made-up-own-graph-token' },
    days: 30,
    row: (at, i) => ({ id: String(i), createdDateTime: iso(at), activityDateTime: iso(at) }),
    serve: (ask, rows) => {
      const filter = q(ask, '$filter');
      const [, since = '', until = ''] = / ge (\S+) and \w+ lt (\S+)$/.exec(filter) ?? [];
      const { page, next } = paged(rows, time(since), time(until), Number(q(ask, '$skiptoken') || '0'));
      const query = new URLSearchParams({ $filter: filter, $skiptoken: String(next) }).toString();
      return json({
        value: [...page],
        ...(next === null ? {} : { '@odata.nextLink': `https://graph.microsoft.com/x?${query}` }),
      });
    },
  },
  github: {
    secrets: { token: 'ghp_madeUpOwnToken' },
    config: { org: 'lrh' },
    days: 180,
    row: (at, i) => ({ _document_id: String(i), '@timestamp': at }),
    serve: (ask, rows) => {
      const phrase = q(ask, 'phrase');
      const [, since = '', until = ''] = /^created:(\S+)\.\.(\S+)$/.exec(phrase) ?? [];
      const git = q(ask, 'include') === 'git';
      const kept = git ? rows.filter(({ at }) => at >= (rows.at(-1)?.at ?? 0) - 7 * DAY_MS) : rows;
      const { page, next } = paged(kept, time(since), time(until), Number(q(ask, 'after') || '0'), false);
      const query = new URLSearchParams({
        phrase,
        include: q(ask, 'include'),
        after: String(next),
      }).toString();
      return json(
        [...page],
        next === null ? {} : { link: `<https://api.github.com/x?${query}>; rel="next"` },
      );
    },
  },
  slack: {
    secrets: { token: 'xoxb-made-up-own', admin_token: 'xoxp-made-up-admin' },
    days: 90,
    row: (at, i) => ({
      id: String(i),
      date_create: Math.floor(at / 1000),
      date_last: Math.floor(at / 1000),
      date: String(Math.floor(at / 1000)),
    }),
    serve: (ask, rows) => {
      if (ask.path === '/audit/v1/logs') {
        const { page, next } = paged(
          rows,
          time(q(ask, 'oldest')),
          time(q(ask, 'latest')),
          Number(q(ask, 'cursor') || '0'),
        );
        return json({
          entries: [...page],
          response_metadata: { next_cursor: next === null ? '' : String(next) },
        });
      }
      const form = new URLSearchParams(ask.body);
      const [at, before] = [Number(form.get('page') ?? '1'), form.get('before')];
      const { page, pages } = paged(rows, 0, before === null ? Infinity : time(before), (at - 1) * PAGE);
      const name = ask.path.endsWith('accessLogs') ? 'logins' : 'logs';
      return json({ ok: true, [name]: [...page], paging: { page: at, pages } });
    },
  },
  salesforce: {
    secrets: { token: '00Dmade!upOwnToken' },
    days: 180,
    row: (at, i) => ({ Id: String(i), LoginTime: iso(at), CreatedDate: iso(at), LogDate: iso(at) }),
    serve: salesforce,
  },
  twilio: {
    secrets: { password: 'made-up-own-twilio' },
    config: { account: `AC${'1'.repeat(32)}` },
    days: 30,
    row: (at, i) => ({ sid: String(i), event_date: iso(at) }),
    serve: (ask, rows) => {
      const { page, next } = paged(
        rows,
        time(q(ask, 'StartDate')),
        time(q(ask, 'EndDate')) + 1,
        Number(q(ask, 'PageToken') || '0'),
      );
      const query = new URLSearchParams({
        StartDate: q(ask, 'StartDate'),
        EndDate: q(ask, 'EndDate'),
        PageToken: String(next),
      });
      const url = next === null ? null : `https://monitor.twilio.com/v1/Events?${query.toString()}`;
      return json({ events: [...page], meta: { next_page_url: url } });
    },
  },
  stripe: {
    secrets: { api_key: 'rk_live_madeUpOwn' },
    days: 30,
    row: (at, i) => ({ id: `evt_${i}`, created: Math.floor(at / 1000) }),
    serve: (ask, rows) => {
      const after = q(ask, 'starting_after');
      const newest = rows.toSorted((a, b) => b.at - a.at);
      const inside = newest.filter(
        ({ at }) => at >= time(q(ask, 'created[gte]')) && at < time(q(ask, 'created[lt]')),
      );
      const skip = inside.findIndex(({ row }) => (row as { id: string }).id === after) + 1;
      const page = inside.slice(skip, skip + PAGE).map(({ row }) => row);
      return json({ data: page, has_more: skip + PAGE < inside.length });
    },
  },
};
