import { having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => {
  const users = having(asked, 'user', (id) => id);
  const somebody = users[0] ?? '005drill00000001AAA';
  return {
    seed: {
      access_tokens: [
        asked.own('token'),
        ...nameless(asked, 'token', 'user', 'app').map(({ secret }) => secret),
      ],
      client_id: text(asked.config['client_id'], 'drill'),
      client_secret: asked.own('client_secret'),
      users: users.map((id) => ({ id, login: `0Yw${id.slice(3)}` })),
      sessions: users.map((id) => ({ id: `0Ak${id.slice(3)}`, user: id })),
      tokens: [
        ...having(asked, 'token', (id, { title, params }) => ({
          id,
          app: title,
          user: params['user'] ?? somebody,
        })),
        ...having(asked, 'app', (app, { id }) => ({ id: `0CQ-${id}`, app, user: somebody })),
      ],
    },
    // Only what has this sign is a session that can be asked about.
    credentials: { prefix: '00Ddrill00000001!' },
  };
};
