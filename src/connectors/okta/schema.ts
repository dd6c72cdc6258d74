import { z } from 'zod';

/** What the actions take, and the parts of Okta's answers that they read. */

const oktaId = (what: string) =>
  z.string().regex(/^[A-Za-z0-9]{15,30}$/, `the ${what}’s id, as in its address`);

export const configSchema = z.strictObject({
  auth: z
    .enum(['SSWS', 'Bearer'])
    .default('SSWS')
    .describe('SSWS for an API token, Bearer for an access token of an OAuth service app'),
});

export const userInput = z.object({ user: oktaId('user') });
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const appInput = z.object({ app: oktaId('app') });
export type AppInput = Readonly<z.infer<typeof appInput>>;
export const secretInput = z.object({ app: oktaId('app'), secret: oktaId('client secret') });
export type SecretInput = Readonly<z.infer<typeof secretInput>>;
export const hookInput = z.object({ hook: oktaId('hook') });
export type HookInput = Readonly<z.infer<typeof hookInput>>;
export const tokenInput = z.object({ token: oktaId('API token') });
export type TokenInput = Readonly<z.infer<typeof tokenInput>>;

/** Users, apps, hooks and client secrets all have these two; what else they hold is not needed to switch them. */
export const thingSchema = z.object({ id: z.string(), status: z.string() });

export const appSchema = thingSchema.extend({
  label: z.string().default(''),
  signOnMode: z.string().nullable().default(''),
  created: z.string().default(''),
});

const channel = z
  .object({
    config: z
      .object({ uri: z.string().default(''), authScheme: z.unknown().optional() })
      .default({ uri: '' }),
  })
  .default({ config: { uri: '' } });
export const hookSchema = thingSchema.extend({
  name: z.string().default(''),
  created: z.string().default(''),
  events: z.object({ items: z.array(z.string()).nullable().default([]) }).optional(),
  channel,
});

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  userId: z.string().default(''),
  created: z.string().default(''),
  lastUpdated: z.string().default(''),
});

export const meSchema = z.object({ id: z.string(), status: z.string().default('') });
export const eventSchema = z.object({ published: z.string(), eventType: z.string().default('') });
export const errorSchema = z.object({ errorCode: z.string(), errorSummary: z.string().default('') });
