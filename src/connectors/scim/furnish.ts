import { having, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => ({
  seed: {
    token: asked.own('token'),
    dialect: text(asked.config['dialect'], 'boolean'),
    users: having(asked, 'user', (id) => ({ id, groups: ['agents'] })),
  },
});
