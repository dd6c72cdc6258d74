import { z } from 'zod';
import { mfaOf, orUntold, understood } from '../asking.ts';
import type { Outside } from '../connector.ts';
import { untold } from '../posture.ts';
import type { Mfa, Posture, Told } from '../posture.ts';
import { pages, slackRefused } from './api.ts';

/** Slack tells `has_2fa` of each member, to administrators alone; whether the workspace demands it, no method tells. */

const member = z.object({
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  id: z.string(),
  has_2fa: z.boolean().optional(),
});

/** A bot of Slack's own that counts as a person. */
const SLACKBOT = 'USLACKBOT';
const WHAT = 'reading which members have two-factor authentication';

const judged = (found: readonly z.infer<typeof member>[]): Told<Mfa> => {
  const people = found.filter((one) => !one.deleted && !one.is_bot && one.id !== SLACKBOT);
  if (people.every((one) => one.has_2fa === undefined))
    return untold('Slack shows it to administrators alone, and this token is not one of theirs');
  const told = mfaOf(
    people.map((one) => one.has_2fa === true),
    'members',
    { with: 'have two-factor authentication', without: 'have no two-factor authentication' },
  );
  return told.is === 'told' ? { ...told, except: 'members who sign in through single sign-on' } : told;
};

export const posture = async (outside: Outside): Promise<Posture> => ({
  mfa: await orUntold(WHAT, async () => {
    const all = await pages(outside, await outside.secret('token'), 'users.list', {}, 'members');
    if ('refused' in all) return untold(slackRefused(all.refused, WHAT).detail);
    if (!all.complete) return untold(`${WHAT}: too many, the rest was not read`);
    const rows = understood(member, all.items);
    return rows === null ? untold(`${WHAT}: the answer could not be understood`) : judged(rows);
  }),
});
