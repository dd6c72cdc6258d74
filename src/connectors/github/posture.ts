import { z } from 'zod';
import { orUntold } from '../asking.ts';
import type { Outside } from '../connector.ts';
import { untold } from '../posture.ts';
import type { Alerts, Mfa, Posture, Told } from '../posture.ts';
import { cut } from '../several.ts';
import { githubRefused, ownGitHub, pages } from './api.ts';
import type { GitHub } from './api.ts';

/** What GitHub tells of an organisation as a whole: whether two factors are demanded, and which secrets it has found in code. */

const orgSchema = z.object({ two_factor_requirement_enabled: z.boolean().nullable().optional() });
const alertSchema = z.object({ created_at: z.string(), publicly_leaked: z.boolean().nullish() });

const mfa = async (ask: GitHub, org: string): Promise<Told<Mfa>> => {
  const what = `reading the settings of ${org}`;
  const answer = await ask('GET /orgs/{org}', { org });
  if (answer.status !== 200) return untold(githubRefused(answer, what).detail);
  const enforced = orgSchema.safeParse(answer.json).data?.two_factor_requirement_enabled;
  if (typeof enforced !== 'boolean')
    return untold(
      'GitHub shows it to owners with the scope admin:org alone, and this token is not one of theirs',
    );
  const detail = `${org} ${enforced ? 'demands' : 'does not demand'} two-factor authentication of its members`;
  return { is: 'told', enforced, detail };
};

/** The secrets themselves are not asked for: what is never sent cannot be kept. */
const alerts = async (ask: GitHub, org: string): Promise<Told<Alerts>> => {
  const what = `reading the secret-scanning alerts of ${org}`;
  const all = await pages(ask, 'GET /orgs/{org}/secret-scanning/alerts', {
    org,
    state: 'open',
    hide_secret: true,
  });
  if ('refused' in all) return untold(githubRefused(all.refused, what).detail);
  const rows = all.items.map((row) => alertSchema.safeParse(row).data).filter((row) => row !== undefined);
  const [oldest] = rows.map((row) => row.created_at).toSorted();
  return {
    is: 'told',
    open: all.items.length,
    public: rows.filter((row) => row.publicly_leaked === true).length,
    oldest: cut(oldest ?? '', 40),
  };
};

export const posture = async (outside: Outside): Promise<Posture> => {
  const { org } = outside.config;
  if (typeof org !== 'string') {
    const why = untold('no organisation is configured (org)');
    return { mfa: why, alerts: why };
  }
  const [first, second] = await Promise.all([
    orUntold('reading the organisation', async () => await mfa(await ownGitHub(outside), org)),
    orUntold('reading its alerts', async () => await alerts(await ownGitHub(outside), org)),
  ]);
  return { mfa: first, alerts: second };
};
