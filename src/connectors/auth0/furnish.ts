import { having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    tokens: [asked.own('token')],
    users: having(asked, 'user', (id) => ({
      user_id: id,
      sessions: [{ id: 'session-1' }],
      refresh: [{ id: 'refresh-1' }],
    })),
    clients: having(asked, 'client', (id, row) => ({ client_id: id, name: row.title, secret: row.secret })),
    grants: having(asked, 'grant', (id, { params }) => ({
      id,
      client_id: params['client'] ?? 'drill-client',
    })),
    streams: having(asked, 'stream', (id, row) => ({ id, name: row.title })),
  },
});
