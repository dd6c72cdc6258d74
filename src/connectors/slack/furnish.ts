import { having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

const ADMIN_SCOPES = [
  'admin',
  'admin.apps:read',
  'admin.apps:write',
  'admin.users:read',
  'admin.users:write',
];
const names = (list: string): readonly string[] => list.split(/[,\s]+/).filter((name) => name !== '');

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    team: 'Drill',
    team_id: text(asked.config['team_id'], 'T0DRILL'),
    tokens: [
      { token: asked.own('token') },
      { token: asked.own('admin_token'), user_id: 'U0ADMIN', bot_id: null, scopes: ADMIN_SCOPES },
      ...nameless(asked, 'app', 'users').map(({ id, secret }, i) => ({
        token: secret,
        user_id: `U0DRILL${i}`,
        user: id,
        bot_id: `B0DRILL${i}`,
      })),
    ],
    users: [
      { id: 'U0FIREBREAK' },
      ...having(asked, 'users', names)
        .flat()
        .map((id) => ({ id })),
    ],
    apps: having(asked, 'app', (id) => ({ id })),
    channels: [{ id: 'C0GENERAL', name: 'general' }],
  },
  credentials: { prefix: 'xoxb-' },
});
