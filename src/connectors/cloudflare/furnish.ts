import { having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    tokens: [
      { id: 'f1ebea000000000000000000000000aa', name: 'firebreak', token: asked.own('token') },
      ...having(asked, 'token', (id, { title, secret }) => ({ id, name: title, token: secret })),
    ],
    zones: having(asked, 'zone', (id) => ({ id })),
  },
});
