import { having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    token: asked.own('token'),
    users: having(asked, 'user', (id) => ({ id })),
    principals: having(asked, 'app', (id, { title }) => ({
      id,
      displayName: title,
      grants: [{ id: `grant-${id}`, scope: 'Mail.Read' }],
      roles: [`role-${id}`],
    })),
    applications: having(asked, 'application', (id, { title }) => ({
      id,
      displayName: title,
      secrets: asked.rows.flatMap(({ params }) =>
        params['application'] === id && params['secret'] !== undefined ? [params['secret']] : [],
      ),
    })),
  },
});
