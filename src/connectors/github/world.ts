import { z } from 'zod';

/** The state of the GitHub simulator: what a scenario may seed, with defaults for all it leaves out. */

const number = z.int().positive();
const when = z.string().default('2025-03-04T09:12:44Z');

const token = z.object({
  token: z.string(),
  login: z.string().default('firebreak-bot'),
  /** In GitHub's words; fine-grained tokens (github_pat_) are checked by the same names. */
  scopes: z.array(z.string()).default(['admin:org_hook', 'read:org', 'repo']),
  /** Milliseconds since 1970 from which on the token is refused; null while it lives. */
  dies_at: z.int().nullable().default(null),
});

const hook = z.object({
  id: number,
  org: z.string(),
  /** Null for a hook of the organisation. */
  repo: z.string().nullable().default(null),
  active: z.boolean().default(true),
  events: z.array(z.string()).default(['push']),
  config: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .default({ url: 'https://hooks.example.com/github', content_type: 'json', insecure_ssl: '0' }),
  created_at: when,
  updated_at: when,
});

const key = z.object({
  id: number,
  owner: z.string(),
  repo: z.string(),
  title: z.string(),
  key: z.string(),
  read_only: z.boolean().default(true),
  created_at: when,
  last_used: z.string().nullable().default(null),
});

const installation = z.object({
  id: number,
  org: z.string(),
  app_slug: z.string(),
  suspended_at: z.string().nullable().default(null),
});

/** A fine-grained token that was let into an organisation. */
const grant = z.object({
  id: number,
  org: z.string(),
  login: z.string().default('mira'),
  token_name: z.string().default('token'),
  token_last_used_at: z.string().nullable().default(null),
  access_granted_at: when,
});

const authorization = z.object({
  credential_id: number,
  org: z.string(),
  login: z.string().default('mira'),
  credential_type: z.string().default('personal access token'),
  token_last_eight: z.string().default('71c3fc11'),
  credential_authorized_at: when,
  credential_accessed_at: z.string().nullable().default(null),
  scopes: z.array(z.string()).default(['repo']),
});

export const actionsSchema = z.object({
  org: z.string(),
  enabled_repositories: z.enum(['all', 'none', 'selected']),
  repositories: z.array(number).default([]),
});

/** A line of the audit log, as far as it tells anything in a drill. */
const auditLine = z.object({
  at: z.string(),
  action: z.string(),
  actor: z.string().default('mira'),
  org: z.string(),
  repo: z.string().default(''),
  include: z.enum(['web', 'git']).default('web'),
});

export const worldSchema = z.object({
  audit: z.array(auditLine).default([]),
  /** Our own app, as GitHub knows it: by the public half of its key. */
  app: z.object({ id: z.string(), public_key: z.string() }).default({ id: '4711', public_key: '' }),
  grants: z.array(grant).default([]),
  authorizations: z.array(authorization).default([]),
  /** Organisations that are not named demand no second factor. */
  two_factor: z.array(z.string()).default([]),
  alerts: z
    .array(
      z.object({
        number,
        org: z.string(),
        state: z.enum(['open', 'resolved']).default('open'),
        secret_type: z.string().default('whatsapp_token'),
        secret: z.string().default(''),
        publicly_leaked: z.boolean().default(false),
        created_at: when,
      }),
    )
    .default([]),
  /** Organisations that are not named let Actions run everywhere. */
  actions: z.array(actionsSchema).default([]),
  /** Names of Actions secrets, by organisation or "owner/name". */
  secrets: z.array(z.object({ owner: z.string(), name: z.string() })).default([]),
  tokens: z.array(token).default([]),
  hooks: z.array(hook).default([]),
  keys: z.array(key).default([]),
  installations: z.array(installation).default([]),
  /** Organisations and repositories ("owner/name") that exist beside those that the rows above name. */
  orgs: z.array(z.string()).default([]),
  repos: z.array(z.string()).default([]),
  /** GitHub works revocations off later. */
  revoke_after_ms: z.int().min(0).default(1500),
  /** The id of the next key. */
  next_id: number.default(9_000_001),
});

export type World = z.infer<typeof worldSchema>;
export type Token = World['tokens'][number];
export type WorldHook = World['hooks'][number];
export type WorldKey = World['keys'][number];

export const hasOrg = (world: World, org: string): boolean =>
  world.orgs.includes(org) ||
  [...world.hooks, ...world.installations, ...world.actions].some((row) => row.org === org);

export const hasRepo = (world: World, owner: string, repo: string): boolean =>
  world.repos.includes(`${owner}/${repo}`) ||
  world.hooks.some((row) => row.org === owner && row.repo === repo) ||
  world.keys.some((row) => row.owner === owner && row.repo === repo);
