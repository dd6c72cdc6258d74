import { z } from 'zod';

/** What the actions take, and the parts of Salesforce's answers that they read. */

const sfId = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$`), `the ${what}’s id, ${prefix}...`);

export const configSchema = z.strictObject({
  version: z
    .string()
    .regex(/^v\d\d\.0$/, 'v62.0')
    .default('v62.0')
    .describe('of the REST API'),
  client_id: z
    .string()
    .min(1)
    .exactOptional()
    .describe('the connected app whose refresh tokens are to be proved dead'),
});

export const userInput = z.object({ user: sfId('005', 'user') });
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const tokenInput = z.object({ token: sfId('0CQ', 'token entry') });
export type TokenInput = Readonly<z.infer<typeof tokenInput>>;
export const appInput = z.object({
  app: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._()&-]{0,79}$/u, 'the app’s name, as OAuth Usage shows it'),
});
export type AppInput = Readonly<z.infer<typeof appInput>>;

export const loginSchema = z.object({ Id: z.string(), IsFrozen: z.boolean() });
export const activeSchema = z.object({ IsActive: z.boolean() });
export const sessionSchema = z.object({
  Id: z.string(),
  ParentId: z.string().nullable().default(null),
  SessionType: z.string().nullable().default(null),
  CreatedDate: z.string().default(''),
  LoginType: z.string().nullable().default(null),
});
export const tokenSchema = z.object({
  Id: z.string(),
  AppName: z.string().nullable().default(null),
  UserId: z.string().nullable().default(null),
  LastUsedDate: z.string().nullable().default(null),
  CreatedDate: z.string().nullable().default(null),
  UseCount: z.number().nullable().default(null),
});
export const errorSchema = z
  .array(z.object({ errorCode: z.string(), message: z.string().default('') }))
  .min(1);
