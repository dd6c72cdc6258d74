import { z } from 'zod';

/** What the actions take, and the parts of Zendesk's answers that they read. */

export const configSchema = z.strictObject({});

const number = (what: string) => z.string().regex(/^\d{1,20}$/, `the ${what}’s number`);

export const webhookInput = z.object({ webhook: z.string().regex(/^[0-9A-Z]{10,40}$/i, 'the webhook’s id') });
export type WebhookInput = Readonly<z.infer<typeof webhookInput>>;
export const userInput = z.object({ user: number('user') });
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const installationInput = z.object({ installation: number('installation') });
export type InstallationInput = Readonly<z.infer<typeof installationInput>>;
export const triggerInput = z.object({ trigger: number('trigger') });
export type TriggerInput = Readonly<z.infer<typeof triggerInput>>;
export const tokenInput = z.object({ token: number('OAuth token') });
export type TokenInput = Readonly<z.infer<typeof tokenInput>>;
export const clientInput = z.object({ client: number('OAuth client') });
export type ClientInput = Readonly<z.infer<typeof clientInput>>;
export const webhookSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  status: z.string(),
  endpoint: z.string().default(''),
  http_method: z.string().default('POST'),
  authentication: z.unknown().optional(),
  created_at: z.string().exactOptional(),
});
export const tokenSchema = z.object({
  id: z.number(),
  token: z.string().nullable().default(''),
  user_id: z.number().nullable().default(null),
  client_id: z.number().nullable().default(null),
  scopes: z.array(z.string()).default([]),
  used_at: z.string().nullable().exactOptional(),
  created_at: z.string().nullable().exactOptional(),
});
export const installationSchema = z.object({
  id: z.number(),
  enabled: z.boolean(),
  settings: z
    .object({ name: z.string().default(''), title: z.string().default('') })
    .default({ name: '', title: '' }),
  created_at: z.string().nullable().exactOptional(),
});
export const meSchema = z.object({
  user: z.object({ id: z.number().nullable(), role: z.string().default('') }),
});
