import { z } from 'zod';
import { fromRows, orUntold } from '../asking.ts';
import type { Outside } from '../connector.ts';
import { untold } from '../posture.ts';
import type { Mfa, Posture, Told } from '../posture.ts';
import { cut } from '../several.ts';
import { succeeded } from '../vendor.ts';
import { graph, walk } from './api.ts';

/** Entra wants a second factor by its security defaults, or by a policy of conditional access over everybody and every app. */

const defaults = z.object({ isEnabled: z.boolean() });
const list = z.array(z.string()).default([]);
const policy = z.object({
  displayName: z.string().nullable().default(''),
  state: z.string(),
  conditions: z.object({
    users: z
      .object({ includeUsers: list, excludeUsers: list, excludeGroups: list, excludeRoles: list })
      .nullable()
      .default(null),
    applications: z.object({ includeApplications: list }).nullable().default(null),
  }),
  grantControls: z.object({ builtInControls: list }).nullable().default(null),
});
type Policy = z.infer<typeof policy>;

const overAll = ({ state, conditions, grantControls }: Policy): boolean =>
  state === 'enabled' &&
  (grantControls?.builtInControls.includes('mfa') ?? false) &&
  (conditions.users?.includeUsers.includes('All') ?? false) &&
  (conditions.applications?.includeApplications.includes('All') ?? false);

/** Every tenant leaves somebody out for the night that the factor itself is down; who that is, is a question. */
const leftOut = ({ conditions }: Policy): number =>
  (conditions.users?.excludeUsers.length ?? 0) +
  (conditions.users?.excludeGroups.length ?? 0) +
  (conditions.users?.excludeRoles.length ?? 0);

const judged = (rows: readonly Policy[]): Told<Mfa> => {
  const found = rows.filter(overAll);
  const [first] = found.toSorted((a, b) => leftOut(a) - leftOut(b));
  if (first === undefined)
    return {
      is: 'told',
      enforced: false,
      detail: `security defaults are off, and none of ${rows.length} policies of conditional access asks everybody for it everywhere`,
    };
  const out = leftOut(first);
  return {
    is: 'told',
    enforced: true,
    detail: `conditional access: ${cut(first.displayName ?? '', 80)}`,
    ...(out === 0 ? {} : { except: `the ${out} users, groups or roles that the policy leaves out` }),
  };
};

const WHAT = 'reading the security defaults';

export const posture = async (outside: Outside): Promise<Posture> => ({
  mfa: await orUntold(WHAT, async () => {
    const answer = await graph.ask(outside, {
      method: 'GET',
      path: '/v1.0/policies/identitySecurityDefaultsEnforcementPolicy',
    });
    if (!succeeded(answer)) return untold(graph.refused(answer, WHAT).detail);
    if (defaults.safeParse(answer.json).data?.isEnabled === true)
      return { is: 'told', enforced: true, detail: 'security defaults are on' };
    return await fromRows(
      {
        vendor: graph,
        outside,
        walk: walk('/v1.0/identity/conditionalAccess/policies'),
        what: 'reading the policies of conditional access',
        schema: policy,
      },
      judged,
    );
  }),
});
