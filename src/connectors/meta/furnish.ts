import { HOOK_URL, having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing, FurnishRow } from '../furnishing.ts';

/** The system user of the tool itself; an id that no account of a team has. */
const OWN_USER = '1';

/** A row that is about the callback of a whole account, and of no number in it. */
const sendsElsewhere = ({ params, does }: FurnishRow, waba: string): boolean =>
  params['waba'] === waba && params['phone'] === undefined && does.includes('clear-callback-override');

type App = Readonly<{ app_id: string; name: string; active: boolean }>;

/** The ways in which messages leave the accounts of the team. */
const feeds = (asked: Furnishing, app: App, waba: string, instagram: string) => ({
  subscribed_apps: having(asked, 'waba', (id) => ({
    waba: id,
    ...app,
    override_callback_uri: asked.rows.some((row) => sendsElsewhere(row, id)) ? HOOK_URL : null,
  })),
  phones: having(asked, 'phone', (id, { params, does }) => ({
    id,
    waba: params['waba'] ?? waba,
    override_callback_uri: does.includes('clear-callback-override') ? HOOK_URL : null,
  })),
  pages: having(asked, 'page_id', (id, { title }) => ({
    id,
    name: title,
    apps: [{ ...app, subscribed_fields: ['messages'] }],
  })),
  instagram: having(asked, 'instagram_id', (id) => ({
    id,
    username: `account-${id}`,
    apps: [{ ...app, app_id: instagram, subscribed_fields: ['messages'] }],
  })),
  app_callbacks: having(asked, 'object', (object) => ({
    app_id: app.app_id,
    object,
    callback_url: HOOK_URL,
  })),
});

export const furnish = (asked: Furnishing): Furnished => {
  const { config, own } = asked;
  const app: App = { app_id: text(config['app_id'], '840021'), name: 'Chat', active: true };
  const business = text(config['business_id'], '550001');
  const users = having(asked, 'user_id', (id, row) => ({ id, row }));
  const waba = having(asked, 'waba', (id) => id)[0] ?? '102290129340398';
  const instagram = text(config['instagram_app_id'], app.app_id);
  const named = (id: string, title: string, secret: string, app_id = app.app_id) => ({
    name: title,
    token: secret,
    user_id: id,
    app_id,
  });
  const [page] = having(asked, 'page_id', (id) => named(id, 'page', own('page_token')));
  const [account] = having(asked, 'instagram_id', (id) =>
    named(id, 'instagram', own('instagram_token'), instagram),
  );
  return {
    seed: {
      ...feeds(asked, app, waba, instagram),
      app_id: app.app_id,
      app_secret: own('app_secret'),
      verify_token: own('verify_token'),
      tokens: [
        named(OWN_USER, 'firebreak', own('token')),
        ...[page, account].filter((one) => one !== undefined),
        ...users.map(({ id, row }) => named(id, row.id, row.secret)),
        ...nameless(asked, 'user_id').map((row, i) => named(String(i + 2), row.id, row.secret)),
      ],
      wabas: having(asked, 'waba', (id, { title }) => ({ id, name: title, business_id: business })),
      system_users: [
        { id: OWN_USER, name: 'firebreak', role: 'ADMIN' },
        ...users.map(({ id, row }) => ({ id, name: row.id })),
      ],
      users: [
        { id: OWN_USER, waba, name: 'firebreak' },
        ...users.map(({ id, row }) => ({ id, waba: row.params['waba'] ?? waba, name: row.id })),
      ],
      permissions: users.map(({ id }) => ({ user_id: id, permission: 'whatsapp_business_messaging' })),
    },
    credentials: { prefix: 'EAA', length: 60 },
  };
};
