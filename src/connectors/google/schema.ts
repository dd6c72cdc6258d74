import { z } from 'zod';

/** What the actions take, and the parts of Google's answers that they read. */

const account = z
  .string()
  .regex(/^[a-z0-9-]{4,40}@[a-z0-9.-]{3,80}\.gserviceaccount\.com$/, 'the service account’s address');

export const configSchema = z.strictObject({
  project: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'the project’s id')
    .exactOptional()
    .describe('the Cloud project whose service accounts are listed'),
  client_id: z
    .string()
    .min(1)
    .exactOptional()
    .describe('the OAuth client whose refresh tokens are to be proved dead'),
});

export const userInput = z.object({
  user: z.string().regex(/^[^\s@/?#'"\\]{1,64}@[a-zA-Z0-9.-]{3,190}$/, 'the user’s main address'),
});
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const userAppInput = userInput.extend({
  client: z.string().regex(/^[A-Za-z0-9._-]{3,120}$/, 'the app’s OAuth client id'),
});
export type UserAppInput = Readonly<z.infer<typeof userAppInput>>;
export const accountInput = z.object({ account });
export type AccountInput = Readonly<z.infer<typeof accountInput>>;
export const keyInput = z.object({
  account,
  key: z.string().regex(/^[0-9a-f]{40}$/, 'the key’s id, 40 hex digits'),
});
export type KeyInput = Readonly<z.infer<typeof keyInput>>;
export const appInput = z.object({
  client: z.string().regex(/^[A-Za-z0-9._-]{3,120}$/, 'the app’s OAuth client id'),
});
export type AppInput = Readonly<z.infer<typeof appInput>>;

export const suspendedSchema = z.object({ suspended: z.boolean() });
/** What is false Google leaves out. */
export const disabledSchema = z.object({ name: z.string(), disabled: z.boolean().default(false) });
export const tokenSchema = z.object({
  clientId: z.string(),
  displayText: z.string().default(''),
  scopes: z.array(z.string()).default([]),
  nativeApp: z.boolean().default(false),
});
export const accountSchema = z.object({
  email: z.string(),
  displayName: z.string().default(''),
  disabled: z.boolean().default(false),
});
export const keySchema = z.object({
  name: z.string(),
  keyType: z.string().default(''),
  validAfterTime: z.string().default(''),
  validBeforeTime: z.string().default(''),
  disabled: z.boolean().default(false),
});
export const activitySchema = z.object({ id: z.object({ time: z.string() }) });
export const errorSchema = z.object({
  error: z.object({ status: z.string().default(''), message: z.string().default('') }),
});
