import { z } from 'zod';

/** What the actions take, and the parts of GitHub's answers that they read. */

const name = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/, 'a GitHub name, without slashes');
/** Numbers may come as text out of an inventory. */
const number = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);

export const webhookInput = z.object({
  org: name.describe('the organisation or user that owns the hook or its repository'),
  repo: z
    .exactOptional(name)
    .describe('the repository, for a hook of a repository; left out for one of the organisation'),
  hook_id: number,
});
export type WebhookInput = Readonly<z.infer<typeof webhookInput>>;

export const deployKeyInput = z.object({ owner: name, repo: name, key_id: number });
export type DeployKeyInput = Readonly<z.infer<typeof deployKeyInput>>;

export const installationInput = z.object({ installation_id: number });
export type InstallationInput = Readonly<z.infer<typeof installationInput>>;

export const grantInput = z.object({ org: name, grant_id: number });
export type GrantInput = Readonly<z.infer<typeof grantInput>>;

export const authorizationInput = z.object({ org: name, credential_id: number });
export type AuthorizationInput = Readonly<z.infer<typeof authorizationInput>>;

export const orgInput = z.object({ org: name });
export type OrgInput = Readonly<z.infer<typeof orgInput>>;

export const credentialsInput = z.object({});

const fullName = /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/;

export const configSchema = z.object({
  org: z.exactOptional(name),
  app_id: z
    .exactOptional(z.union([z.int().positive(), z.string().regex(/^(?:\d{1,12}|Iv[\w.]{8,40})$/)]))
    .describe('our own GitHub App, for what only an app may do'),
  installation_id: z
    .exactOptional(number)
    .describe('the number of that app’s installation in the organisation'),
  repos: z.exactOptional(
    z
      .string()
      .refine(
        (text) => text.split(',').every((one) => fullName.test(one.trim())),
        'owner/name, separated by commas',
      ),
  ),
});

export const hookSchema = z.object({
  id: z.int(),
  active: z.boolean(),
  events: z.array(z.string()),
  created_at: z.string().exactOptional(),
  last_response: z.object({ code: z.int().nullish() }).nullish(),
  config: z.object({
    url: z.string().optional(),
    content_type: z.string().optional(),
    insecure_ssl: z.union([z.string(), z.number()]).optional(),
    secret: z.string().optional(),
  }),
});
export type Hook = Readonly<z.infer<typeof hookSchema>>;

export const keySchema = z.object({
  id: z.int(),
  title: z.string(),
  key: z.string(),
  read_only: z.boolean(),
  last_used: z.string().nullish(),
  created_at: z.string().exactOptional(),
});
export type Key = Readonly<z.infer<typeof keySchema>>;

export const installationSchema = z.object({
  id: z.int(),
  app_slug: z.string(),
  suspended_at: z.string().nullable(),
  repository_selection: z.string().optional(),
});

export const permissionsSchema = z.object({ enabled_repositories: z.enum(['all', 'none', 'selected']) });

export const grantSchema = z.object({
  id: z.int(),
  owner: z.object({ login: z.string() }).optional(),
  token_name: z.string().default(''),
  token_last_used_at: z.string().nullish(),
  access_granted_at: z.string().nullish(),
  permissions: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

export const authorizationSchema = z.object({
  credential_id: z.int(),
  login: z.string().default(''),
  credential_type: z.string().default(''),
  credential_authorized_at: z.string().nullish(),
  credential_accessed_at: z.string().nullish(),
  scopes: z.array(z.string()).nullish(),
});

export const secretSchema = z.object({ name: z.string(), created_at: z.string().optional() });
