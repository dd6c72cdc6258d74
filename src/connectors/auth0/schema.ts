import { z } from 'zod';

/** What the actions take, and the parts of Auth0's answers that they read. */

export const configSchema = z.strictObject({});

export const userInput = z.object({
  user: z.string().regex(/^[\w|.@:+-]{3,200}$/, 'the user’s id, as in auth0|5f7c8ec7...'),
});
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const clientInput = z.object({ client: z.string().regex(/^\w{10,64}$/, 'the client’s id') });
export type ClientInput = Readonly<z.infer<typeof clientInput>>;
export const grantInput = z.object({
  grant: z.string().regex(/^cgr_\w{5,64}$/, 'the client grant’s id, cgr_...'),
});
export type GrantInput = Readonly<z.infer<typeof grantInput>>;
export const streamInput = z.object({ stream: z.string().regex(/^\w{5,64}$/, 'the stream’s id') });
export type StreamInput = Readonly<z.infer<typeof streamInput>>;

export const clientSchema = z.object({
  client_id: z.string(),
  name: z.string().default(''),
  app_type: z.string().nullable().default(''),
  grant_types: z.array(z.string()).default([]),
});
export const grantSchema = z.object({
  id: z.string(),
  client_id: z.string().default(''),
  audience: z.string().default(''),
  scope: z.array(z.string()).default([]),
});
export const streamSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  type: z.string().default(''),
  status: z.string(),
});
