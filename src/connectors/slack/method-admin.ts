import type { Json } from '../../base/canonical.ts';
import { parseJson } from '../../base/json.ts';
import { page } from './method.ts';
import type { Method, Said, Told } from './method.ts';
import type { World } from './world.ts';

/** The admin methods: which apps may be installed, which are, who is signed in. */

type App = World['apps'][number];

const appOf = ({ world, args }: Told): App | undefined => world.apps.find((one) => one.id === args['app_id']);

const changed = (told: Told, to: (app: App) => App): Said => {
  const app = appOf(told);
  if (app === undefined) return { error: 'invalid_app_id' };
  const apps = told.world.apps.map((one) => (one === app ? to(one) : one));
  return { world: { ...told.world, apps }, ok: {} };
};

const decide =
  (decision: App['decision']) =>
  (told: Told): Said =>
    changed(told, (app) => ({ ...app, decision }));

const clear = (told: Told): Said =>
  appOf(told)?.decision === 'none' ? { error: 'no_resolution_found' } : decide('none')(told);

const listed =
  (decision: App['decision'], field: string) =>
  (told: Told): Said => {
    const rows = told.world.apps.filter((one) => one.decision === decision);
    const { rows: shown, meta } = page(told, rows);
    return {
      world: told.world,
      ok: { [field]: shown.map(({ id }): Json => ({ app: { id, name: 'app' } })), response_metadata: meta },
    };
  };

const uninstall = (told: Told): Said => {
  if (appOf(told)?.installed !== true) return { error: 'app_not_found' };
  return changed(told, (app) => ({ ...app, installed: false }));
};

/** The newest first, of one app or of all. */
const logs = (told: Told): Said => {
  const { app_id: asked, count, page: at } = told.args;
  const meant = told.world.apps.filter((one) => asked === undefined || one.id === asked);
  const rows = meant.flatMap(({ id, installed }): readonly Json[] => {
    const added = {
      app_id: id,
      service_type: id,
      change_type: 'added',
      scope: 'chat:write,channels:read',
      user_name: 'mira',
      date: '1741079564',
    };
    return installed ? [added] : [{ app_id: id, change_type: 'removed' }, added];
  });
  const [size, number] = [Number(count ?? '100'), Number(at ?? '1')];
  const paging = { count: size, total: rows.length, page: number, pages: Math.ceil(rows.length / size) };
  return { world: told.world, ok: { logs: rows.slice((number - 1) * size, number * size), paging } };
};

const reset = (told: Told, ids: readonly string[]): Said => {
  const users = told.world.users.map((one) => (ids.includes(one.id) ? { ...one, sessions: 0 } : one));
  return { world: { ...told.world, users }, ok: {} };
};

const bulk = (told: Told): Said => {
  const ids = parseJson(told.args['user_ids'] ?? '[]');
  return Array.isArray(ids)
    ? reset(
        told,
        ids.filter((id) => typeof id === 'string'),
      )
    : { error: 'invalid_arguments' };
};

const one = (told: Told): Said =>
  told.world.users.some(({ id }) => id === told.args['user_id'])
    ? reset(told, [told.args['user_id'] ?? ''])
    : { error: 'user_not_found' };

const sessions = (told: Told): Said => {
  const user = told.world.users.find(({ id }) => id === told.args['user_id']);
  if (user === undefined) return { error: 'user_not_found' };
  const all = Array.from({ length: user.sessions }, (_none, index): Json => ({
    session_id: index + 1,
    user_id: user.id,
  }));
  return { world: told.world, ok: { active_sessions: all, response_metadata: { next_cursor: '' } } };
};

const members = (told: Told): Said => {
  const { rows, meta } = page(told, told.world.users);
  const shown = rows.map(({ id, name, guest, has_2fa: factor }): Json => ({
    id,
    name,
    deleted: false,
    is_bot: false,
    is_restricted: guest,
    ...(factor === null ? {} : { has_2fa: factor }),
  }));
  return { world: told.world, ok: { members: shown, response_metadata: meta } };
};

const WRITE = ['admin.apps:write'];
const READ = ['admin.apps:read', 'admin.apps:write'];

export const adminMethods: Readonly<Record<string, Method>> = {
  'admin.apps.restrict': { scopes: WRITE, serve: decide('restricted') },
  'admin.apps.approve': { scopes: WRITE, serve: decide('approved') },
  'admin.apps.clearResolution': { scopes: WRITE, serve: clear },
  'admin.apps.uninstall': { scopes: WRITE, serve: uninstall },
  'admin.apps.restricted.list': { scopes: READ, serve: listed('restricted', 'restricted_apps') },
  'admin.apps.approved.list': { scopes: READ, serve: listed('approved', 'approved_apps') },
  'team.integrationLogs': { scopes: ['admin'], serve: logs },
  'users.list': { scopes: ['users:read'], serve: members },
  'admin.users.session.reset': { scopes: ['admin.users:write'], serve: one },
  'admin.users.session.resetBulk': { scopes: ['admin.users:write'], serve: bulk },
  'admin.users.session.list': { scopes: ['admin.users:read'], serve: sessions },
};
