import { z } from 'zod';
import { fromRows } from '../asking.ts';
import type { Outside } from '../connector.ts';
import { untold } from '../posture.ts';
import type { Mfa, Posture, Told } from '../posture.ts';
import { cut } from '../several.ts';
import { okta, walk } from './api.ts';

/** The policies of Okta's own sign-in (OKTA_SIGN_ON) and their rules. What apps ask for beyond it stands in policies of theirs. */

const policy = z.object({ id: z.string(), name: z.string().default(''), status: z.string() });
const rule = z.object({
  name: z.string().default(''),
  status: z.string(),
  actions: z.object({
    signon: z.object({ access: z.string().default('ALLOW'), requireFactor: z.boolean().default(false) }),
  }),
});

/** More policies than this are nobody's. */
const POLICIES_MAX = 30;
const WHAT = 'reading the sign-on policies';

/** Rules that let somebody in with a password alone, by name. */
const openRules = (name: string, rows: readonly z.infer<typeof rule>[]): readonly string[] =>
  rows
    .filter(
      ({ status, actions: { signon } }) =>
        status === 'ACTIVE' && signon.access === 'ALLOW' && !signon.requireFactor,
    )
    .map((one) => `${cut(name, 60)} > ${cut(one.name, 60)}`);

const rulesOf = async (outside: Outside, { id, name }: z.infer<typeof policy>) =>
  await fromRows<z.infer<typeof rule>, Readonly<{ open: readonly string[] }>>(
    {
      vendor: okta,
      outside,
      walk: walk(`/api/v1/policies/${encodeURIComponent(id)}/rules`),
      what: `reading the rules of ${cut(name, 60)}`,
      schema: rule,
    },
    (rows) => ({ is: 'told', open: openRules(name, rows) }),
  );

const mfa = async (outside: Outside): Promise<Told<Mfa>> => {
  const found = await fromRows<
    z.infer<typeof policy>,
    Readonly<{ active: readonly z.infer<typeof policy>[] }>
  >(
    {
      vendor: okta,
      outside,
      walk: walk('/api/v1/policies', { type: 'OKTA_SIGN_ON' }),
      what: WHAT,
      schema: policy,
    },
    (rows) => ({ is: 'told', active: rows.filter(({ status }) => status === 'ACTIVE') }),
  );
  if (found.is === 'untold') return found;
  if (found.active.length === 0 || found.active.length > POLICIES_MAX)
    return untold(`${WHAT}: ${found.active.length} are active, which is not what Okta describes`);
  const open: string[] = [];
  for (const one of found.active) {
    const rules = await rulesOf(outside, one);
    if (rules.is === 'untold') return rules;
    open.push(...rules.open);
  }
  const detail =
    open.length === 0
      ? 'every rule of the sign-on policies wants a second factor'
      : `a password alone is enough by: ${open.join('; ')}`;
  return { is: 'told', enforced: open.length === 0, detail };
};

export const posture = async (outside: Outside): Promise<Posture> => ({ mfa: await mfa(outside) });
