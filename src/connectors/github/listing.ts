import type { Json } from '../../base/canonical.ts';
import type { Health, Listed, Listing, Outside } from '../connector.ts';
import { addressOf } from '../address.ts';
import { unread } from '../call.ts';
import { isProblem } from '../../base/problem.ts';
import { listed } from '../listing.ts';
import { cut } from '../several.ts';
import { under } from '../vendor.ts';
import { asInstallation } from './app.ts';
import { grantsPath } from './grants.ts';
import { walk } from './walk.ts';
import { githubRefused, ownGitHub, pages } from './api.ts';
import type { GitHub, Params } from './api.ts';
import {
  authorizationSchema,
  grantSchema,
  hookSchema,
  installationSchema,
  keySchema,
  secretSchema,
} from './schema.ts';

/** What no listing with a person's token can show, whatever its scopes. */
const ALWAYS_BLIND = [
  'webhooks made by OAuth apps: a person’s token does not see them',
  'classic tokens and SSH keys of members, unless single sign-on (SAML) knows them',
  'repositories that are not named in the configuration (repos)',
];

/** Why parts are not asked for at all; said like everything that is not seen. */
const APP_BLIND = 'fine-grained tokens of members: they need app_id, installation_id and the app’s key';

type Part = Readonly<{
  title: string;
  route: string;
  params: Params;
  /** Where the items are listed; an item's id is this and its number. */
  path: string;
  of?: (json: Json) => Json;
  item: (json: Json, path: string) => Listed | null;
}>;

/** `orgs/lrh/hooks` or `repos/lrh/shop/hooks`, as the actions want to be told of it. */
const named = (path: string, owner = 'org'): Readonly<Record<string, string>> => {
  const [of, name = '', repo = ''] = path.split('/');
  return of === 'orgs' ? { [owner]: name } : { [owner]: name, repo };
};

const hookItem = (json: Json, path: string): Listed | null => {
  const { success, data } = hookSchema.safeParse(json);
  if (!success) return null;
  const { url = '', secret, insecure_ssl: insecure = '0' } = data.config;
  const { scheme, host } = addressOf(url);
  const weak = secret === undefined ? ', without a secret' : '';
  const answered = data.last_response?.code ?? null;
  return {
    kind: 'integration',
    id: `${path}/${data.id}`,
    title: `webhook to ${host}`,
    params: { ...named(path), hook_id: String(data.id) },
    state: data.active ? 'active' : 'paused',
    detail: `events: ${cut(data.events.join(', '))}${weak}`,
    ...(data.created_at === undefined ? {} : { createdAt: cut(data.created_at, 40) }),
    sends: {
      scheme,
      host,
      signed: secret === undefined || secret === '' ? 'no' : 'yes',
      tls: String(insecure) === '1' ? 'unchecked' : 'checked',
      method: 'POST',
      events: data.events.includes('*') ? 'all' : 'some',
      ...(answered === null || answered < 400
        ? {}
        : { failing: `the last delivery was answered ${answered}` }),
    },
  };
};

const keyItem = (json: Json, path: string): Listed | null => {
  const { success, data } = keySchema.safeParse(json);
  if (!success) return null;
  const used = typeof data.last_used === 'string' ? { lastUsedAt: cut(data.last_used) } : {};
  const detail = data.read_only ? 'deploy key, read only' : 'deploy key, may write';
  return {
    kind: 'credential',
    id: `${path}/${data.id}`,
    title: cut(data.title),
    params: { ...named(path, 'owner'), key_id: String(data.id) },
    state: 'active',
    detail,
    ...(data.created_at === undefined ? {} : { createdAt: cut(data.created_at, 40) }),
    ...used,
  };
};

const installationItem = (json: Json, path: string): Listed | null => {
  const { success, data } = installationSchema.safeParse(json);
  if (!success) return null;
  const state = data.suspended_at === null ? 'active' : 'paused';
  const detail = `GitHub App, repositories: ${cut(data.repository_selection ?? 'unknown')}`;
  return { kind: 'integration', id: `${path}/${data.id}`, title: cut(data.app_slug), state, detail };
};

const installations = (json: Json): Json =>
  json !== null && typeof json === 'object' && 'installations' in json
    ? (json['installations'] ?? null)
    : null;

const secretItem = (json: Json, path: string): Listed | null => {
  const { success, data } = secretSchema.safeParse(json);
  if (!success) return null;
  return {
    kind: 'credential',
    id: `${path}/${data.name}`,
    title: `Actions secret ${cut(data.name, 80)}`,
    state: 'active',
    detail: 'GitHub shows its name alone',
    ...(data.created_at === undefined ? {} : { createdAt: cut(data.created_at, 40) }),
  };
};

const authorizationItem = (json: Json, path: string): Listed | null => {
  const { success, data } = authorizationSchema.safeParse(json);
  if (!success) return null;
  return {
    kind: 'credential',
    id: `${path}/${data.credential_id}`,
    title: `${cut(data.credential_type, 60)} authorised by single sign-on`,
    state: 'active',
    detail: 'it may do in the organisation what its owner may',
    owner: cut(data.login, 60),
    ...(typeof data.credential_accessed_at === 'string'
      ? { lastUsedAt: cut(data.credential_accessed_at, 40) }
      : {}),
    ...(typeof data.credential_authorized_at === 'string'
      ? { createdAt: cut(data.credential_authorized_at, 40) }
      : {}),
    ...(Array.isArray(data.scopes) ? { scopes: data.scopes.map((scope) => cut(scope, 60)) } : {}),
  };
};

const grantItem =
  (org: string) =>
  (json: Json): Listed | null => {
    const { success, data } = grantSchema.safeParse(json);
    if (!success) return null;
    const scopes = Object.values(data.permissions ?? {}).flatMap((group) =>
      Object.entries(group).map(([what, level]) => `${cut(what, 60)}:${cut(level, 20)}`),
    );
    return {
      kind: 'credential',
      id: `orgs/${org}/personal-access-tokens/${data.id}`,
      title: `fine-grained token ${cut(data.token_name, 80)}`,
      state: 'active',
      detail: 'let into the organisation',
      ...(data.owner === undefined ? {} : { owner: cut(data.owner.login, 60) }),
      ...(typeof data.token_last_used_at === 'string'
        ? { lastUsedAt: cut(data.token_last_used_at, 40) }
        : {}),
      ...(typeof data.access_granted_at === 'string' ? { createdAt: cut(data.access_granted_at, 40) } : {}),
      ...(scopes.length === 0 ? {} : { scopes }),
    };
  };

/** What only the app's installation may see. */
const grantsListing = async (outside: Outside): Promise<Listing> => {
  const { org, app_id: app, installation_id: installation } = outside.config;
  if (typeof org !== 'string' || app === undefined || installation === undefined)
    return { items: [], blindSpots: [APP_BLIND] };
  try {
    const part = {
      title: `fine-grained tokens of ${org}`,
      walk: walk(grantsPath(org)),
      item: grantItem(org),
    };
    return await listed(asInstallation, outside, [part], []);
  } catch (error) {
    // Without the key this part alone is not seen.
    if (isProblem(error) && error.code === 'missing-secret') return { items: [], blindSpots: [APP_BLIND] };
    throw error;
  }
};

const secretsOf = (json: Json): Json => under(json, 'secrets');

const orgParts = (org: string): readonly Part[] => [
  {
    title: `Actions secrets of ${org}`,
    route: 'GET /orgs/{org}/actions/secrets',
    params: { org },
    path: `orgs/${org}/actions/secrets`,
    of: secretsOf,
    item: secretItem,
  },
  {
    title: `SAML authorisations of ${org} (Enterprise Cloud only)`,
    route: 'GET /orgs/{org}/credential-authorizations',
    params: { org },
    path: `orgs/${org}/credential-authorizations`,
    item: authorizationItem,
  },
  {
    title: `webhooks of ${org}`,
    route: 'GET /orgs/{org}/hooks',
    params: { org },
    path: `orgs/${org}/hooks`,
    item: hookItem,
  },
  {
    title: `app installations of ${org}`,
    route: 'GET /orgs/{org}/installations',
    params: { org },
    path: `orgs/${org}/installations`,
    of: installations,
    item: installationItem,
  },
];

const repoParts = (fullName: string): readonly Part[] => {
  const [owner = '', repo = ''] = fullName.split('/');
  const params = { owner, repo };
  const path = `repos/${owner}/${repo}`;
  return [
    {
      title: `Actions secrets of ${fullName}`,
      route: 'GET /repos/{owner}/{repo}/actions/secrets',
      params,
      path: `${path}/actions/secrets`,
      of: secretsOf,
      item: secretItem,
    },
    {
      title: `webhooks of ${fullName}`,
      route: 'GET /repos/{owner}/{repo}/hooks',
      params,
      path: `${path}/hooks`,
      item: hookItem,
    },
    {
      title: `deploy keys of ${fullName}`,
      route: 'GET /repos/{owner}/{repo}/keys',
      params,
      path: `${path}/keys`,
      item: keyItem,
    },
  ];
};

const partsOf = (outside: Outside): readonly Part[] => {
  const { org, repos } = outside.config;
  const names = typeof repos === 'string' ? repos.split(',').map((one) => one.trim()) : [];
  return [...(typeof org === 'string' ? orgParts(org) : []), ...names.flatMap(repoParts)];
};

const readPart = async (ask: GitHub, part: Part): Promise<Listing> => {
  const all = await pages(ask, part.route, part.params, part.of).catch((error: unknown) =>
    unread(error, part.title),
  );
  if ('result' in all) return { items: [], blindSpots: [all.detail] };
  if ('refused' in all) return { items: [], blindSpots: [githubRefused(all.refused, part.title).detail] };
  const items = all.items.map((json) => part.item(json, part.path));
  const read = items.filter((item) => item !== null);
  const odd = items.length - read.length;
  return {
    items: read,
    blindSpots: [
      ...(odd === 0 ? [] : [`${part.title}: ${odd} could not be understood`]),
      ...(all.complete ? [] : [`${part.title}: too many, the rest was not read`]),
    ],
  };
};

export const list = async (outside: Outside): Promise<Listing> => {
  const ask = await ownGitHub(outside);
  const parts = await Promise.all([
    ...partsOf(outside).map(async (part) => await readPart(ask, part)),
    grantsListing(outside),
  ]);
  return {
    items: parts.flatMap((part) => part.items),
    blindSpots: [...parts.flatMap((part) => part.blindSpots), ...ALWAYS_BLIND],
  };
};

export const health = async (outside: Outside): Promise<Health> => {
  try {
    const ask = await ownGitHub(outside);
    const answer = await ask('GET /user');
    if (answer.status !== 200)
      return { ok: false, detail: githubRefused(answer, 'asking who we are').detail };
    const header = answer.headers.get('x-oauth-scopes');
    if (header === null) {
      return { ok: true, detail: 'the token works; it is of a kind that does not tell its permissions' };
    }
    const scopes = header
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    return {
      ok: true,
      detail: `the token works, with the scopes: ${cut(scopes.join(', ')) || 'none'}`,
      scopes,
    };
  } catch (error) {
    return { ok: false, detail: unread(error, 'asking who we are').detail };
  }
};
