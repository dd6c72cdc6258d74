import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { Listed } from '../connector.ts';
import { offering } from '../offering.ts';
import { cut } from '../several.ts';
import {
  authorizationInput,
  authorizationSchema,
  grantInput,
  grantSchema,
  hookSchema,
  installationSchema,
  keySchema,
  secretSchema,
} from './schema.ts';

/** One row of each of GitHub's lists, as ours shows it; null for one that is not understood. */

/** `orgs/lrh/hooks` or `repos/lrh/shop/hooks`, as the actions want to be told of it. */
const named = (path: string, owner = 'org'): Readonly<Record<string, string>> => {
  const [of, name = '', repo = ''] = path.split('/');
  return of === 'orgs' ? { [owner]: name } : { [owner]: name, repo };
};

export const hookItem = (json: Json, path: string): Listed | null => {
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

export const keyItem = (json: Json, path: string): Listed | null => {
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

export const installationItem = (json: Json, path: string): Listed | null => {
  const { success, data } = installationSchema.safeParse(json);
  if (!success) return null;
  const state = data.suspended_at === null ? 'active' : 'paused';
  const detail = `GitHub App, repositories: ${cut(data.repository_selection ?? 'unknown')}`;
  return { kind: 'integration', id: `${path}/${data.id}`, title: cut(data.app_slug), state, detail };
};

export const secretItem = (json: Json, path: string): Listed | null => {
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

export const authorizationItem = (json: Json, path: string): Listed | null => {
  const { success, data } = authorizationSchema.safeParse(json);
  if (!success) return null;
  return {
    kind: 'credential',
    id: `${path}/${data.credential_id}`,
    ...offering(authorizationInput, { ...named(path), credential_id: String(data.credential_id) }),
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

export const grantItem =
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
      ...offering(grantInput, { org, grant_id: String(data.id) }),
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
