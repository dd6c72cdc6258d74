import { z } from 'zod';

/** What the actions take, and the parts of Intercom's answers that they read. */

export const configSchema = z.strictObject({
  region: z.enum(['us', 'eu', 'au']).default('us').describe('where the workspace is kept'),
});

export const dataConnectorInput = z.object({
  connector: z.string().regex(/^\w{1,40}$/, 'the data connector’s id'),
});
export type DataConnectorInput = Readonly<z.infer<typeof dataConnectorInput>>;
export const adminInput = z.object({ admin: z.string().regex(/^\d{1,20}$/, 'the teammate’s number') });
export type AdminInput = Readonly<z.infer<typeof adminInput>>;
export const secretInput = z.object({ secret: z.string().regex(/^\w{1,40}$/, 'the identity secret’s id') });
export type SecretInput = Readonly<z.infer<typeof secretInput>>;
export const noInput = z.object({}) as z.ZodType<Record<string, never>>;

const id = z.union([z.string(), z.number()]).transform(String);

export const dataConnectorSchema = z.object({
  id,
  name: z.string().nullable().default(''),
  state: z.string(),
  url: z.string().nullable().default(''),
  http_method: z.string().nullable().default('POST'),
});
export const adminSchema = z.object({
  id,
  away_mode_enabled: z.boolean().nullable().default(false),
  away_mode_reassign: z.boolean().nullable().default(false),
});
export const secretSchema = z.object({ id, name: z.string().nullable().default('') });
export const meSchema = z.object({
  id,
  app: z
    .object({ name: z.string().nullable().default('') })
    .nullable()
    .default(null),
});
