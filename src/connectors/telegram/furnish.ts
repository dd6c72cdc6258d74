import { HOOK_URL } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = ({ own, rows }: Furnishing): Furnished => {
  // A bot has one token: where a row of it can be revoked, that one is what leaked.
  const leaked = rows.find(({ kind }) => kind === 'credential');
  return {
    seed: {
      token: leaked === undefined ? own('token') : leaked.secret,
      webhook: { url: HOOK_URL, secret_token: own('webhook_secret'), allowed_updates: ['message'] },
    },
    credentials: { prefix: '110201543:', length: 35 },
  };
};
