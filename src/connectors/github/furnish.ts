import { HOOK_URL, having, nameless, text } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

const SCOPES = ['admin:org_hook', 'admin:org', 'read:org', 'repo', 'read:audit_log'];

/** Those of rows, and the one by which fine-grained tokens are seen. */
const installationsOf = (asked: Furnishing, org: string) => {
  const rows = having(asked, 'installation_id', (id, { params }) => ({ id, org: params['org'] ?? org }));
  const own = text(asked.config['installation_id'], '');
  const all = own === '' || rows.some(({ id }) => id === own) ? rows : [...rows, { id: own, org }];
  return all.map((row) => ({ id: Number(row.id), org: row.org, app_slug: `app-${row.id}` }));
};

export const furnish = (asked: Furnishing): Furnished => {
  const org = text(asked.config['org'], 'drill');
  const leaked = nameless(asked, 'key_id', 'grant_id', 'credential_id', 'installation_id', 'hook_id');
  return {
    seed: {
      orgs: [org, ...having(asked, 'org', (name) => name)],
      repos: text(asked.config['repos'], '')
        .split(/[,\s]+/)
        .filter((name) => name.includes('/')),
      tokens: [
        { token: asked.own('token'), login: 'firebreak', scopes: SCOPES },
        ...leaked.map(({ id, secret }) => ({ token: secret, login: id })),
      ],
      hooks: having(asked, 'hook_id', (id, { params }) => ({
        id: Number(id),
        org: params['org'] ?? org,
        repo: params['repo'] ?? null,
        config: { url: HOOK_URL, content_type: 'json', insecure_ssl: '0' },
      })),
      keys: having(asked, 'key_id', (id, { title, params }) => ({
        id: Number(id),
        owner: params['owner'] ?? org,
        repo: params['repo'] ?? 'drill',
        title,
        key: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDrill${id}`,
        read_only: false,
      })),
      app: { id: text(asked.config['app_id'], '4711'), public_key: asked.ownPublic('app_private_key') },
      installations: installationsOf(asked, org),
      grants: having(asked, 'grant_id', (id, { params }) => ({ id: Number(id), org: params['org'] ?? org })),
      authorizations: having(asked, 'credential_id', (id, { params }) => ({
        credential_id: Number(id),
        org: params['org'] ?? org,
      })),
    },
    // GitHub revokes only what looks like a token of its own.
    credentials: { prefix: 'ghp_', length: 36 },
    keys: ['app_private_key'],
  };
};
