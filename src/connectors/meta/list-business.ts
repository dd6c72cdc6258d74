import type { Secret } from '../../io/secrets.ts';
import type { Listed, Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { optionalSecret } from './graph.ts';
import { instagram } from './pages.ts';
import { rows } from './rows.ts';
import type { Rows } from './rows.ts';
import { instagramMe, ownedPages, pageApps, systemUsers } from './schema.ts';

/** What the business owns beside its WhatsApp accounts: system users, pages, and Instagram accounts with a login of their own. */

export type SystemUsers = Rows & Readonly<{ roles: ReadonlyMap<string, string> }>;

/** No call lists their tokens; but who could hold one is a start, and the rows of the inventory name them by this id. */
export const systemUsersOf = async (
  outside: Outside,
  token: Secret,
  business: string,
): Promise<SystemUsers> => {
  const found = await rows(outside, token, `/${business}/system_users`, systemUsers, (list) =>
    list.data.map((one) => ({
      kind: 'credential',
      id: cut(one.id, 40),
      title: `system user ${cut(one.name, 80)}`,
      params: { user_id: cut(one.id, 40) },
      state: 'active',
      detail: `${cut(one.role, 40)}, it may hold tokens; assigned to no WhatsApp account of ours`,
      ...(one.role === '' ? {} : { scopes: [cut(one.role, 40).toLowerCase()] }),
    })),
  );
  return { ...found, roles: new Map(found.items.map(({ id, scopes = [] }) => [id, scopes[0] ?? 'no role'])) };
};

/** A page token opens one page: the others are named as not looked at. */
export const pageRows = async (outside: Outside, token: Secret, business: string): Promise<Rows> => {
  const pages = await rows(
    outside,
    token,
    `/${business}/owned_pages`,
    ownedPages,
    (list) =>
      list.data.map((one): Listed => ({
        kind: 'integration',
        id: cut(one.id, 40),
        title: cut(one.name, 120),
        state: 'unknown',
        detail:
          one.instagram_business_account === undefined
            ? ''
            : `, with Instagram account ${cut(one.instagram_business_account.id, 40)}`,
      })),
    { fields: 'id,name,instagram_business_account' },
  );
  const pageToken = await optionalSecret(outside, 'page_token');
  const unseen = (one: Listed): string =>
    `page ${one.title} (${one.id}): which apps it sends to needs its page token`;
  if (pageToken === null) return { items: [], blindSpots: [...pages.blindSpots, ...pages.items.map(unseen)] };
  const parts = await Promise.all(
    pages.items.map(async (one): Promise<Rows> => {
      const apps = await rows(outside, pageToken, `/${one.id}/subscribed_apps`, pageApps, ({ data }) =>
        data.map((app) => appItem(outside, one, app, 'page_id')),
      );
      return apps.blindSpots.length === 0 ? apps : { items: [], blindSpots: [unseen(one)] };
    }),
  );
  return {
    items: parts.flatMap(({ items }) => items),
    blindSpots: [...pages.blindSpots, ...parts.flatMap(({ blindSpots }) => blindSpots)],
  };
};

type App = Readonly<{ id: string; name?: string | undefined; subscribed_fields?: readonly string[] }>;

const appItem = (
  outside: Outside,
  at: Pick<Listed, 'id' | 'title' | 'detail'>,
  app: App,
  param: 'page_id' | 'instagram_id',
): Listed => {
  const own = param === 'page_id' ? String(outside.config['app_id'] ?? '') : instagram.app(outside);
  const fields = app.subscribed_fields;
  return {
    kind: 'integration',
    id: `${at.id}/${cut(app.id, 40)}`,
    title: `${cut(app.name ?? 'an app without a name', 80)} at ${at.title}`,
    // Our actions can end our own subscription alone; what others have must not pass for it.
    ...(app.id === own ? { params: { [param]: at.id } } : {}),
    state: fields === undefined ? 'unknown' : fields.length === 0 ? 'paused' : 'active',
    detail: `gets ${fields === undefined ? 'what is not shown' : cut(fields.join(', ')) || 'nothing'}${at.detail}`,
  };
};

/** Only where Instagram's own login is used, and then of the one account that the token is of. */
export const instagramRows = async (outside: Outside): Promise<Rows> => {
  const token = await optionalSecret(outside, 'instagram_token');
  if (token === null) return { items: [], blindSpots: [] };
  const there = instagram.at(outside);
  const me = await rows(
    there,
    token,
    '/me',
    instagramMe,
    ({ id, user_id: account, username }): readonly Listed[] => [
      {
        kind: 'integration',
        id: cut(account ?? id, 40),
        title: `Instagram @${cut(username, 60)}`,
        state: 'unknown',
        detail: '',
      },
    ],
    { fields: 'user_id,username' },
  );
  const [account] = me.items;
  if (account === undefined) return me;
  return await rows(there, token, `/${account.id}/subscribed_apps`, pageApps, ({ data }) =>
    data.map((app) => appItem(outside, account, app, 'instagram_id')),
  );
};
