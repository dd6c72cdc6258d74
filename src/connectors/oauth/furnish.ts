import { text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = ({ config, own, rows }: Furnishing): Furnished => ({
  seed: {
    client_id: text(config['client_id'], 'firebreak'),
    client_secret: own('client_secret'),
    tokens: rows
      .filter(({ kind }) => kind === 'credential')
      .map(({ id, secret }) => ({ name: id, token: secret, grant: id })),
  },
});
