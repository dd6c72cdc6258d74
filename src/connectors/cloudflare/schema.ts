import { z } from 'zod';

/** What the actions take, and the parts of Cloudflare's answers that they read. */

export const configSchema = z.strictObject({});

const hex = (what: string) => z.string().regex(/^[0-9a-f]{32}$/, `the ${what}’s id: 32 hexadecimal digits`);

/** A path alone reaches the expression, and no quote can end the string it stands in. */
export const pathInput = z.object({
  zone: hex('zone'),
  path: z.string().regex(/^\/[\w./~-]{0,200}$/, 'a path without quotes, blanks or query: /webhooks/whatsapp'),
});
export type PathInput = Readonly<z.infer<typeof pathInput>>;
export const tokenInput = z.object({ token: hex('API token') });
export type TokenInput = Readonly<z.infer<typeof tokenInput>>;

export const ruleSchema = z.object({
  id: z.string(),
  action: z.string().default(''),
  expression: z.string().default(''),
  description: z.string().default(''),
  enabled: z.boolean().default(true),
});
export type Rule = Readonly<z.infer<typeof ruleSchema>>;
export const rulesetSchema = z.object({ id: z.string(), rules: z.array(ruleSchema).default([]) });

/** A token is put back whole, so everything that Cloudflare shows of it is kept; the secret part it never shows. */
export const tokenSchema = z.looseObject({
  id: z.string(),
  name: z.string().default(''),
  status: z.string(),
});
export const listedTokenSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  status: z.string(),
  issued_on: z.string().nullable().exactOptional(),
  last_used_on: z.string().nullable().exactOptional(),
});
export const errorSchema = z.object({
  errors: z.array(z.object({ code: z.number(), message: z.string().default('') })).min(1),
});
