import { z } from 'zod';

/** What the actions take, and the parts of Microsoft Graph's answers that they read. */

const guid = (what: string) =>
  z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, `the ${what}, a GUID`);

export const configSchema = z.strictObject({});

export const userInput = z.object({ user: guid('user’s object id') });
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const appInput = z.object({ app: guid('object id of the enterprise app (service principal)') });
export type AppInput = Readonly<z.infer<typeof appInput>>;
export const secretInput = z.object({
  application: guid('object id of the app registration'),
  secret: guid('keyId of the client secret'),
});
export type SecretInput = Readonly<z.infer<typeof secretInput>>;

export const enabledSchema = z.object({ accountEnabled: z.boolean() });
export const sessionsSchema = z.object({ signInSessionsValidFromDateTime: z.string().nullable() });
export const signInSchema = z.object({ createdDateTime: z.string() });

export const principalSchema = z.object({
  id: z.string(),
  displayName: z.string().nullable().default(null),
  accountEnabled: z.boolean().nullable().default(null),
  createdDateTime: z.string().nullable().default(null),
  appOwnerOrganizationId: z.string().nullable().default(null),
});
const credentialSchema = z.object({
  keyId: z.string(),
  displayName: z.string().nullable().default(null),
  startDateTime: z.string().nullable().default(null),
  endDateTime: z.string().nullable().default(null),
});
export const applicationSchema = z.object({
  id: z.string(),
  displayName: z.string().nullable().default(null),
  passwordCredentials: z.array(credentialSchema).default([]),
  keyCredentials: z.array(credentialSchema).default([]),
});
export const grantSchema = z.object({
  id: z.string(),
  clientId: z.string().default(''),
  consentType: z.string().default(''),
  principalId: z.string().nullable().default(null),
  resourceId: z.string().default(''),
  scope: z.string().nullable().default(''),
});
export const roleSchema = z.object({
  id: z.string(),
  appRoleId: z.string().default(''),
  resourceId: z.string().default(''),
});
export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string().default('') }),
});
