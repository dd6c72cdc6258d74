import type { Outside } from '../connector.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { pages } from '../vendor.ts';
import { admin, method, teamOf, walk } from './admin.ts';
import { sessionsInput } from './schema.ts';
import type { SessionsInput } from './schema.ts';

/** People signed out of Slack everywhere: one, or up to a thousand at once, which Slack works off in its own time. */

const idsOf = ({ users }: SessionsInput): readonly string[] => [
  ...new Set(users.split(',').map((one) => one.trim())),
];

const find = async (input: SessionsInput, outside: Outside): Promise<Found> => {
  const open: { user: string; sessions: number }[] = [];
  for (const user of idsOf(input)) {
    const args = { team_id: teamOf(outside), user_id: user };
    const list = walk('admin.users.session.list', 'active_sessions', args);
    const all = await pages(admin, outside, list, 'listing the sessions');
    if ('refusal' in all) return { is: 'hidden', refusal: all.refusal };
    if (all.rows.length > 0) open.push({ user, sessions: all.rows.length });
  }
  return open.length === 0
    ? { is: 'gone', how: 'Slack’s list of sessions can be read and is empty for everybody named' }
    : { is: 'there', kept: { open }, remarks: [`${open.length} people have sessions that are open`] };
};

export const endSessions = removing<SessionsInput>(
  {
    vendor: admin,
    what: 'the sessions',
    find,
    queued: true,
    end(input) {
      const ids = idsOf(input);
      const [only = ''] = ids;
      return ids.length === 1
        ? method('admin.users.session.reset', { user_id: only })
        : method('admin.users.session.resetBulk', { user_ids: ids });
    },
  },
  {
    title: 'Sign people out of Slack everywhere',
    confidence: 'confirmed',
    scopes: ['admin.users:write and admin.users:read, on an Enterprise plan'],
    secrets: ['admin_token'],
    input: sessionsInput,
    breaks: ['They must sign in again on every device. Tokens of apps stay alive: revoke those as well.'],
    byHand: {
      where:
        'the workspace’s menu > Tools & settings > Manage members > the person; for all: Settings > Authentication',
      steps: [
        'Choose Sign out of all sessions, or reset the password; for everybody, Force password reset',
        'Ask the person, by phone, whether Slack wants them to sign in',
      ],
      record: 'who was signed out, the time, and whom you told to sign in again',
    },
  },
);
