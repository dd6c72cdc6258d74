import type { Json } from '../../base/canonical.ts';
import { formatUtc } from '../../base/instant.ts';
import type { Instant } from '../../base/instant.ts';
import type { Ask } from '../../io/server.ts';
import { simulator } from '../simulator.ts';
import { furnish } from './furnish.ts';
import { appRoutes } from './simulator-app.ts';
import { body, bearer, fault, lacking, paged, parsed, stay, tokenOf } from './frame.ts';
import type { Told, Turn } from './frame.ts';
import { logged } from './simulator-audit.ts';
import { orgRoutes } from './simulator-org.ts';
import { hasOrg, hasRepo, worldSchema } from './world.ts';
import type { World, WorldHook, WorldKey } from './world.ts';

/**
 * Answers as api.github.com does: who may not see a thing gets 404, secrets of hooks are masked, a config without its secret
 * removes it, exposed credentials are revoked for anybody who is not logged in, and later than they were accepted.
 */

const hookPath = (hook: WorldHook): string =>
  hook.repo === null
    ? `/orgs/${hook.org}/hooks/${hook.id}`
    : `/repos/${hook.org}/${hook.repo}/hooks/${hook.id}`;

const shownHook = (hook: WorldHook): Json => ({
  type: hook.repo === null ? 'Organization' : 'Repository',
  id: hook.id,
  name: 'web',
  active: hook.active,
  events: hook.events,
  config: { ...hook.config, ...(hook.config['secret'] === undefined ? {} : { secret: '********' }) },
  url: `https://api.github.com${hookPath(hook)}`,
  test_url: `https://api.github.com${hookPath(hook)}/test`,
  ping_url: `https://api.github.com${hookPath(hook)}/pings`,
  deliveries_url: `https://api.github.com${hookPath(hook)}/deliveries`,
  last_response: { code: 200, status: 'active', message: 'OK' },
  created_at: hook.created_at,
  updated_at: hook.updated_at,
});

const shownKey = (key: WorldKey): Json => ({
  id: key.id,
  key: key.key,
  url: `https://api.github.com/repos/${key.owner}/${key.repo}/keys/${key.id}`,
  title: key.title,
  verified: true,
  created_at: key.created_at,
  read_only: key.read_only,
  added_by: null,
  last_used: key.last_used,
  enabled: true,
});

const hooks = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  const org = match['org'] ?? match['owner'] ?? '';
  const repo = match['repo'] ?? null;
  const write = ask.method !== 'GET';
  const orgScopes = ['admin:org_hook'];
  const repoScopes = ['repo', 'admin:repo_hook', 'write:repo_hook', ...(write ? [] : ['read:repo_hook'])];
  const not = lacking(token, repo === null ? orgScopes : repoScopes);
  if (not !== null) return stay(world, not);
  if (repo === null ? !hasOrg(world, org) : !hasRepo(world, org, repo))
    return stay(world, fault(404, 'Not Found'));
  const rows = world.hooks.filter((hook) => hook.org === org && hook.repo === repo);
  if (match['id'] === undefined) return stay(world, body(200, paged(told, rows.map(shownHook))));
  const hook = rows.find((row) => row.id === Number(match['id']));
  if (hook === undefined) return stay(world, fault(404, 'Not Found'));
  if (ask.method === 'GET') return stay(world, body(200, shownHook(hook)));
  return ask.method === 'PATCH' ? patchHook(told, hook) : stay(world, fault(404, 'Not Found'));
};

const patchHook = ({ world, ask, now }: Told, hook: WorldHook): Turn => {
  const change = parsed(ask.body);
  if (change === null) return stay(world, fault(400, 'Problems parsing JSON'));
  const { active, config, events } = change;
  if (active !== undefined && typeof active !== 'boolean')
    return stay(world, fault(422, 'Validation Failed'));
  const next: WorldHook = {
    ...hook,
    ...(active === undefined ? {} : { active }),
    ...(Array.isArray(events) ? { events: events.map(String) } : {}),
    // GitHub replaces the whole config, the secret included.
    ...(config !== null && typeof config === 'object' ? { config: config as WorldHook['config'] } : {}),
    updated_at: formatUtc(now),
  };
  const state = { ...world, hooks: world.hooks.map((row) => (row === hook ? next : row)) };
  return { state, answer: body(200, shownHook(next)) };
};

const keys = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  const { owner = '', repo = '', id } = match;
  const not = lacking(token, ['repo']);
  if (not !== null) return stay(world, not);
  if (!hasRepo(world, owner, repo)) return stay(world, fault(404, 'Not Found'));
  const rows = world.keys.filter((key) => key.owner === owner && key.repo === repo);
  if (id === undefined)
    return ask.method === 'POST' ? addKey(told) : stay(world, body(200, paged(told, rows.map(shownKey))));
  const key = rows.find((row) => row.id === Number(id));
  if (key === undefined) return stay(world, fault(404, 'Not Found'));
  if (ask.method === 'GET') return stay(world, body(200, shownKey(key)));
  if (ask.method !== 'DELETE') return stay(world, fault(404, 'Not Found'));
  // The repository goes on existing without its last key.
  const repos = [...new Set([...world.repos, `${owner}/${repo}`])];
  return {
    state: { ...world, repos, keys: world.keys.filter((row) => row !== key) },
    answer: body(204, null),
  };
};

const addKey = ({ world, ask, now, match }: Told): Turn => {
  const { title, key, read_only: readOnly } = parsed(ask.body) ?? {};
  if (typeof key !== 'string') return stay(world, fault(422, 'Validation Failed'));
  if (world.keys.some((row) => row.key === key))
    return stay(world, fault(422, 'Validation Failed: key is already in use'));
  const row: WorldKey = {
    id: world.next_id,
    owner: match['owner'] ?? '',
    repo: match['repo'] ?? '',
    title: typeof title === 'string' ? title : '',
    key,
    read_only: readOnly === true,
    created_at: formatUtc(now),
    last_used: null,
  };
  return {
    state: { ...world, keys: [...world.keys, row], next_id: row.id + 1 },
    answer: body(201, shownKey(row)),
  };
};

const installations = (told: Told): Turn => {
  const { world, token, match } = told;
  const org = match['org'] ?? '';
  if (!token.scopes.some((scope) => ['admin:org', 'read:org', 'admin:read'].includes(scope))) {
    return stay(world, fault(403, 'You must be an org owner to see its installations.'));
  }
  if (!hasOrg(world, org)) return stay(world, fault(404, 'Not Found'));
  const rows = world.installations.filter((row) => row.org === org);
  const shown = rows.map((row) => ({ ...row, repository_selection: 'all', account: { login: org } }));
  return stay(world, body(200, { total_count: rows.length, installations: paged(told, shown) }));
};

/** What a thief would look for first: who is this, and what can be read with it. */
const user = ({ world, token }: Told): Turn => {
  const scopes = token.token.startsWith('github_pat_') ? {} : { 'x-oauth-scopes': token.scopes.join(', ') };
  return stay(world, body(200, { login: token.login, id: 1, type: 'User' }, scopes));
};

const repository = ({ world, token, match }: Told): Turn => {
  const { owner = '', repo = '' } = match;
  const not = lacking(token, ['repo']);
  if (not !== null || !hasRepo(world, owner, repo)) return stay(world, not ?? fault(404, 'Not Found'));
  return stay(
    world,
    body(200, { id: 1, full_name: `${owner}/${repo}`, private: true, owner: { login: owner } }),
  );
};

const revoke = (world: World, ask: Ask, now: Instant): Turn => {
  if (bearer(ask) !== null)
    return stay(world, fault(403, 'This endpoint must be called without authentication.'));
  const credentials = parsed(ask.body)?.['credentials'];
  if (!Array.isArray(credentials) || credentials.length === 0 || credentials.length > 1000) {
    return stay(world, fault(422, 'Validation Failed'));
  }
  const revocable = /^(?:ghp_|github_pat_|gho_|ghu_|ghr_)/;
  const tokens = world.tokens.map((token) =>
    credentials.includes(token.token) && revocable.test(token.token) && token.dies_at === null
      ? { ...token, dies_at: now + world.revoke_after_ms }
      : token,
  );
  return { state: { ...world, tokens }, answer: body(202, null) };
};

const routes: readonly Readonly<{ path: RegExp; serve: (told: Told) => Turn }>[] = [
  { path: /^\/user$/, serve: user },
  { path: /^\/orgs\/(?<org>[^/]+)\/hooks(?:\/(?<id>\d+))?$/, serve: hooks },
  { path: /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/hooks(?:\/(?<id>\d+))?$/, serve: hooks },
  { path: /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/keys(?:\/(?<id>\d+))?$/, serve: keys },
  { path: /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)$/, serve: repository },
  { path: /^\/orgs\/(?<org>[^/]+)\/installations$/, serve: installations },
  ...orgRoutes,
];

const respond = (world: World, ask: Ask, now: Instant): Turn => {
  if (ask.path === '/credentials/revoke' && ask.method === 'POST') return revoke(world, ask, now);
  if (ask.path.startsWith('/app/')) return appRoutes(world, ask, now);
  if (bearer(ask) === null) return stay(world, fault(401, 'Requires authentication'));
  const token = tokenOf(world, ask, now);
  if (token === undefined) return stay(world, fault(401, 'Bad credentials'));
  for (const { path, serve } of routes) {
    const found = path.exec(ask.path);
    if (found !== null)
      return logged(
        serve({ world, ask, now, token, match: { ...found.groups } }),
        world,
        ask,
        token.login,
        now,
      );
  }
  return stay(world, fault(404, 'Not Found'));
};

export const githubSimulator = simulator<World>({ state: worldSchema, respond, furnish });
