import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { formatUtc, instantOrNull } from '../../base/instant.ts';
import { isProblem } from '../../base/problem.ts';
import { unread } from '../call.ts';
import type { Listed, Listing, Outside } from '../connector.ts';
import { offering } from '../offering.ts';
import { cut } from '../several.ts';
import { pages, rowsOf, textAt, under } from '../vendor.ts';
import type { Walk } from '../vendor.ts';
import { admin, method, teamOf, walk } from './admin.ts';
import { appInput } from './schema.ts';

/**
 * Which apps are in the workspace. No method lists installations; the log of apps tells which were put in and not taken out
 * since, and the lists of the Enterprise plan tell which may be.
 */

const BLIND = [
  'incoming webhooks and tokens that people made themselves: api.slack.com/apps shows them to their makers alone',
  'apps that were installed before the log of apps begins',
];

const team = (outside: Outside): Readonly<Record<string, string>> => {
  const id = teamOf(outside);
  return id === '' ? {} : { team_id: id };
};

/** Slack's log goes on by numbered pages. */
const logWalk = (outside: Outside): Walk => {
  const at = (page: number) => method('team.integrationLogs', { ...team(outside), count: 1000, page });
  return {
    first: at(1),
    rows: ({ json }) => rowsOf(under(json, 'logs')),
    next: ({ json }) => {
      const paging = under(json, 'paging');
      const [page, of] = [under(paging, 'page'), under(paging, 'pages')];
      return typeof page === 'number' && typeof of === 'number' && page < of ? at(page + 1) : null;
    },
  };
};

const entry = z.object({
  app_id: z.string(),
  change_type: z.string(),
  service_type: z.string().default(''),
  scope: z.string().default(''),
  user_name: z.string().default(''),
  // Seconds since 1970, as text.
  date: z.coerce.number().optional().catch(undefined),
});
type Entry = z.infer<typeof entry>;

type Read = Readonly<{ rows: readonly Json[]; blindSpots: readonly string[] }>;

const readAll = async (outside: Outside, one: Walk, what: string): Promise<Read> => {
  try {
    const all = await pages(admin, outside, one, what);
    if ('refusal' in all) return { rows: [], blindSpots: [all.refusal.detail] };
    return { rows: all.rows, blindSpots: all.complete ? [] : [`${what}: too many, the rest was not read`] };
  } catch (error) {
    if (isProblem(error) && error.code === 'missing-secret')
      return { rows: [], blindSpots: [`${what}: it needs the secret admin_token`] };
    return { rows: [], blindSpots: [unread(error, what).detail] };
  }
};

/** The newest word on each app comes first. */
const standing = (rows: readonly Json[]): ReadonlyMap<string, Entry> => {
  const found = new Map<string, Entry>();
  for (const row of rows) {
    const { success, data } = entry.safeParse(row);
    if (!success || !['added', 'removed'].includes(data.change_type) || found.has(data.app_id)) continue;
    found.set(data.app_id, data);
  }
  return found;
};

const installedItem = (one: Entry, barred: boolean): Listed => {
  const at = one.date === undefined ? null : instantOrNull(one.date * 1000);
  const scopes = one.scope.split(',').filter((scope) => scope !== '');
  return {
    kind: 'integration',
    id: cut(one.app_id, 20),
    title: `app ${cut(one.service_type, 80) || cut(one.app_id, 20)}`,
    ...offering(appInput, { app: one.app_id }),
    state: 'active',
    detail: barred ? 'barred from being installed anew, and still in' : 'installed, as the log of apps shows',
    ...(at === null ? {} : { createdAt: formatUtc(at) }),
    ...(one.user_name === '' ? {} : { owner: cut(one.user_name, 60) }),
    ...(scopes.length === 0 ? {} : { scopes: scopes.map((scope) => cut(scope.trim(), 60)) }),
  };
};

/** What may be installed and is not, as far as the log shows. */
const allowedItem = (row: Json): Listed => {
  const app = under(row, 'app');
  const id = textAt(app, 'id');
  return {
    kind: 'integration',
    id: cut(id, 20),
    title: `app ${cut(textAt(app, 'name'), 80) || cut(id, 20)}`,
    ...offering(appInput, { app: id }),
    state: 'unknown',
    detail: 'anybody may install it; the log of apps does not show it as installed',
  };
};

const idOf = (row: Json): string => textAt(under(row, 'app'), 'id');

export const list = async (outside: Outside): Promise<Listing> => {
  const [log, approved, restricted] = await Promise.all([
    readAll(outside, logWalk(outside), 'reading the log of apps'),
    readAll(
      outside,
      walk('admin.apps.approved.list', 'approved_apps', team(outside)),
      'reading which apps may be installed',
    ),
    readAll(
      outside,
      walk('admin.apps.restricted.list', 'restricted_apps', team(outside)),
      'reading which apps are barred',
    ),
  ]);
  // Without the id of the workspace Slack refuses the list of barred apps; the others it gives for the whole organisation.
  const barred = new Set(restricted.rows.map(idOf));
  const known = standing(log.rows);
  const installed = [...known.values()].filter((one) => one.change_type === 'added');
  return {
    items: [
      ...installed.map((one) => installedItem(one, barred.has(one.app_id))),
      ...approved.rows
        .filter((row) => known.get(idOf(row))?.change_type !== 'added' && idOf(row) !== '')
        .map(allowedItem),
    ],
    blindSpots: [...log.blindSpots, ...approved.blindSpots, ...restricted.blindSpots, ...BLIND],
  };
};
