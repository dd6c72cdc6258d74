import { z } from 'zod';
import { fromRows, mfaOf } from '../asking.ts';
import type { Outside } from '../connector.ts';
import type { Posture, Told } from '../posture.ts';
import { walk, zendesk } from './api.ts';

/** Zendesk tells it of each agent (`two_factor_auth_enabled`), and of its own sign-in alone. */

const agent = z.object({
  suspended: z.boolean().default(false),
  two_factor_auth_enabled: z.boolean().nullable().default(null),
});

type Team = Readonly<{ rows: readonly z.infer<typeof agent>[] }>;

const teamOf = async (outside: Outside, role: string): Promise<Told<Team>> =>
  await fromRows<z.infer<typeof agent>, Team>(
    {
      vendor: zendesk,
      outside,
      walk: walk('/api/v2/users', 'users', { role }),
      what: `reading which of the role ${role} have two-factor authentication`,
      schema: agent,
    },
    (rows) => ({ is: 'told', rows }),
  );

export const posture = async (outside: Outside): Promise<Posture> => {
  const [admins, agents] = await Promise.all([teamOf(outside, 'admin'), teamOf(outside, 'agent')]);
  if (admins.is === 'untold') return { mfa: admins };
  if (agents.is === 'untold') return { mfa: agents };
  const active = [...admins.rows, ...agents.rows].filter(({ suspended }) => !suspended);
  const mfa = mfaOf(
    active.map((one) => one.two_factor_auth_enabled === true),
    'administrators and agents',
    { with: 'have two-factor authentication', without: 'have no two-factor authentication' },
  );
  return { mfa: mfa.is === 'told' ? { ...mfa, except: 'those who sign in through single sign-on' } : mfa };
};
