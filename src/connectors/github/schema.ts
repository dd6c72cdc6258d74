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

export const credentialsInput = z.object({});

const fullName = /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/;

export const configSchema = z.object({
  org: z.exactOptional(name),
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
