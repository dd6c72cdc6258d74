import { z } from 'zod';
import { orUntold } from '../asking.ts';
import type { Outside } from '../connector.ts';
import { untold } from '../posture.ts';
import type { Posture } from '../posture.ts';
import { succeeded } from '../vendor.ts';
import { auth0 } from './api.ts';

/** The policy of the tenant for whoever signs in through it; the team's own sign-in to the dashboard has no API. */

const policies = z.array(z.string());
const WHAT = 'reading the policy of multi-factor authentication';

export const posture = async (outside: Outside): Promise<Posture> => ({
  mfa: await orUntold(WHAT, async () => {
    const answer = await auth0.ask(outside, { method: 'GET', path: '/api/v2/guardian/policies' });
    if (!succeeded(answer)) return untold(auth0.refused(answer, WHAT).detail);
    const { success, data } = policies.safeParse(answer.json);
    if (!success) return untold(`${WHAT}: the answer could not be understood`);
    const enforced = data.includes('all-applications');
    const detail = enforced
      ? 'every sign-in through the tenant asks for a second factor'
      : data.includes('confidence-score')
        ? 'only sign-ins that look odd ask for a second factor'
        : 'no sign-in through the tenant asks for a second factor';
    return { is: 'told', enforced, detail, except: 'the team that administers the tenant' };
  }),
});
