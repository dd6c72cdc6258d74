import { HOOK_URL, having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

export const furnish = (asked: Furnishing): Furnished => {
  const main = text(asked.config['account'], 'AC00000000000000000000000000000001');
  const [leaked] = nameless(asked, 'key', 'number', 'app', 'subaccount');
  const of = (account: string | undefined) => ({ account: account ?? main });
  return {
    seed: {
      main,
      ...(leaked === undefined ? {} : { auth_token: leaked.secret }),
      keys: [
        { sid: text(asked.config['key'], 'SK0firebreak'), account: main, secret: asked.own('password') },
        ...having(asked, 'key', (sid, { title, secret, params }) => ({
          sid,
          ...of(params['subaccount']),
          friendly_name: title,
          secret,
        })),
      ],
      accounts: having(asked, 'subaccount', (sid, { title }) => ({ sid, friendly_name: title })),
      numbers: having(asked, 'number', (sid, { params }) => ({
        sid,
        ...of(params['subaccount']),
        sms_url: HOOK_URL,
        voice_url: HOOK_URL,
      })),
      apps: having(asked, 'app', (sid, { title }) => ({
        connect_app_sid: sid,
        connect_app_friendly_name: title,
      })),
    },
  };
};
