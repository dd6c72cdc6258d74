import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/base/duration.ts';
import type { Json } from '../../src/base/canonical.ts';
import type { Gap, Log, LogPage, Place } from '../../src/connectors/connector.ts';
import { listen } from '../../src/io/server.ts';
import type { Ask, Reply } from '../../src/io/server.ts';
import { fastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';
import { leaks } from './forms.ts';
import { logVendors } from './log-vendors.ts';
import type { LogVendor } from './log-vendors.ts';
import { members } from './trial.ts';
import type { Member } from './trial.ts';

/** What vendors mean by a day of memory. */
const DAY_MS = 24 * HOUR;
const HALF_A_DAY = 12 * HOUR;

/** One suite for every log of every connector, against vendors that page, forget, refuse and break. */

const COUNT = 8;
const HOUR_APART = 60 * 60_000;

type Trial = Readonly<{
  read: (from?: Place | null, since?: number) => Promise<readonly LogPage[]>;
  /** In place of the answer to the n-th request from now on, counted from 0. */
  instead: (n: number, reply: Reply | null) => void;
  asked: readonly Ask[];
  heard: readonly unknown[];
  slept: () => number;
  now: number;
}>;

const inTrial = async (
  member: Member,
  log: Log,
  vendor: LogVendor,
  work: (trial: Trial) => Promise<void>,
): Promise<void> => {
  const clock = fastClock();
  const now = clock.now();
  const moments = Array.from({ length: COUNT }, (_none, i) => now - (COUNT - i) * HOUR_APART);
  // One from a year and a half ago and more, which only a vendor that forgets nothing still knows.
  const all = [now - 600 * DAY_MS, ...moments].map((at, i) => ({ at, row: vendor.row(at, i) }));
  const rows = all.filter(({ at }) => vendor.days === null || at >= now - vendor.days * DAY_MS);
  const asked: Ask[] = [];
  const faults = new Map<number, Reply>();
  const server = await listen((ask) => {
    const n = asked.push(ask) - 1;
    return faults.get(n) ?? vendor.serve(ask, rows);
  });
  try {
    const config = member.connector.config.parse(vendor.config ?? {});
    const rig = rigOutside({ baseUrl: server.url, config, secrets: vendor.secrets, clock });
    await work({
      read: async (from = null, since = now - HALF_A_DAY) => {
        const pages: LogPage[] = [];
        for await (const page of log.read({ from: since, to: now }, from, rig.outside)) pages.push(page);
        return pages;
      },
      instead: (n, reply) => {
        if (reply === null) faults.delete(asked.length + n);
        else faults.set(asked.length + n, reply);
      },
      asked,
      heard: rig.heard,
      slept: () => clock.slept(),
      now,
    });
  } finally {
    await server.close();
  }
};

const records = (pages: readonly LogPage[]): readonly Json[] => pages.flatMap((page) => page.records);
const missing = (pages: readonly LogPage[]): readonly Gap[] =>
  pages.flatMap(({ gaps }) => gaps).filter(({ is }) => is !== 'blind');

const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

/** Each must end as a gap of one of these kinds, and never as silence. */
const FAULTS: readonly (readonly [string, Reply, readonly Gap['is'][]])[] = [
  ['429 without a time', answer(429, '{}'), ['limited']],
  ['429 that asks for an hour', answer(429, '{}', { 'retry-after': '3600' }), ['limited']],
  ['500', answer(500, '{}'), ['unreachable']],
  [
    'a web page with 200',
    answer(200, '<html>Please sign in</html>', { 'content-type': 'text/html' }),
    ['unread', 'unreachable'],
  ],
  ['half an answer', answer(200, '{"data": [{"id":'), ['unread', 'unreachable']],
  ['an answer without its list', answer(200, '{"message":"hello"}'), ['unread']],
  ['a connection that is cut', 'cut', ['unreachable']],
  ['a token that expired', answer(401, '{"error":"invalid_auth","ok":false}'), ['forbidden']],
  ['a right that is missing', answer(403, '{"error":"no_permission","ok":false}'), ['forbidden', 'plan']],
];

const all = (await members()).flatMap((member) =>
  (member.connector.logs ?? []).map((log) => [member, log] as const),
);

test('every connector whose facts name a log has one here', () => {
  const known = [...new Set(all.map(([{ name }]) => name))].toSorted();
  expect(known).toEqual(Object.keys(logVendors).toSorted());
});

describe.each(all.map(([member, log]) => [`${member.name} ${log.name}`, member, log] as const))(
  '%s',
  (_title, member, log) => {
    const vendor = logVendors[member.name];
    if (vendor === undefined) throw new Error(`no vendor of ${member.name}`);
    const trial = async (work: (one: Trial) => Promise<void>) => await inTrial(member, log, vendor, work);

    test('gives the whole window, page by page, by reading alone, and tells no secret', async () => {
      await trial(async ({ read, asked, heard, now }) => {
        const pages = await read();
        expect(records(pages)).toHaveLength(COUNT);
        expect(missing(pages)).toEqual([]);
        expect(pages.at(-1)).toMatchObject({ next: null, got: { from: now - HALF_A_DAY, to: now } });
        expect(asked.length).toBeGreaterThan(member.name === 'auth0' ? 0 : 2);
        const reads = asked.every(({ method, path }) => method === 'GET' || /^\/team\.\w+Logs$/.test(path));
        expect(reads).toBe(true);
        expect(leaks([pages, heard], Object.values(vendor.secrets))).toEqual([]);
        expect(log.byHand.steps.length).toBeGreaterThan(0);
      });
    });

    test('names what the vendor does not remember, and only then', async () => {
      await trial(async ({ read, now }) => {
        const gaps = missing(await read(null, now - 700 * DAY_MS));
        expect(gaps.map(({ is }) => is)).toEqual(
          vendor.days === null || (member.name === 'slack' && log.name === 'audit-logs') ? [] : ['memory'],
        );
      });
    });

    test.each(FAULTS)(
      'ends at %s with a gap, keeps what it had, and goes on from there',
      async (_name, reply, kinds) => {
        await trial(async ({ read, instead, heard }) => {
          const paging = member.name !== 'auth0';
          // The second page; and for whoever waits and asks again, every time.
          for (let n = paging ? 1 : 0; n < 40; n += 1) instead(n, reply);
          const pages = await read();
          const [gap, ...others] = missing(pages);
          expect(others).toEqual([]);
          expect(kinds).toContain(gap?.is);
          expect(gap?.says).not.toBe('');
          expect(leaks([pages, heard], Object.values(vendor.secrets))).toEqual([]);
          const before = records(pages);
          expect(before.length).toBe(paging ? 3 : 0);
          const next = pages.at(-1)?.next ?? null;
          expect(next).not.toBeNull();
        });
        await trial(async ({ read, instead }) => {
          const paging = member.name !== 'auth0';
          for (let n = paging ? 1 : 0; n < 40; n += 1) instead(n, reply);
          const first = await read();
          for (let n = 0; n < 80; n += 1) instead(n, null);
          const rest = await read(first.at(-1)?.next ?? null);
          expect(records([...first, ...rest])).toHaveLength(COUNT);
          expect(missing(rest)).toEqual([]);
        });
      },
    );

    test('waits as long as the vendor asks, where that is bearable', async () => {
      await trial(async ({ read, instead, slept }) => {
        instead(0, answer(429, '{}', { 'retry-after': '30' }));
        expect(records(await read())).toHaveLength(COUNT);
        expect(slept()).toBeGreaterThanOrEqual(30_000);
      });
    });
  },
);
