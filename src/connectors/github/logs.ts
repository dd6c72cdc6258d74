import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { log, timeOf } from '../log.ts';
import { bearer, linked, textAt, under, vendor } from '../vendor.ts';
import { githubRefused } from './api.ts';

const asked = vendor(
  async (outside) => ({
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(await bearer(outside, 'token')),
  }),
  (answer: CallAnswer, what) => githubRefused(answer, what),
);

const org = (outside: Outside): string => encodeURIComponent(String(outside.config['org'] ?? ''));

/** Git events are kept for a week, the others for half a year: two logs, so that each names its own gap. */
const kind = (include: 'web' | 'git', title: string, holds: string, days: number) =>
  log({
    name: `audit-log-${include}`,
    title,
    holds,
    scopes: ['read:audit_log'],
    where: 'GitHub > Organization settings > Logs > Audit log',
    plan: 'the audit log through the API is part of GitHub Enterprise Cloud; on other plans an owner exports it by hand',
    vendor: asked,
    first: ({ since, until }, outside) => ({
      method: 'GET',
      path: `/orgs/${org(outside)}/audit-log`,
      query: { phrase: `created:${since}..${until}`, include, order: 'asc', per_page: '100' },
    }),
    rows: (json) => json,
    next: linked,
    at: (row) => timeOf(under(row, '@timestamp')) ?? timeOf(textAt(row, 'created_at')),
    order: 'oldest-first',
    trim: true,
    memory: { least: days, most: days, says: `GitHub keeps these for ${days} days` },
    blind: ['what was read in the browser: GitHub logs changes, clones and calls, not views'],
  });

export const logs = [
  kind('web', 'audit log of the organisation', 'changes of members, rights, apps, keys and settings', 180),
  kind('git', 'audit log of git', 'clones, fetches and pushes', 7),
];
