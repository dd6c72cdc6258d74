import { z } from 'zod';

/** What the actions take, and the parts of HubSpot's answers that they read. */

export const configSchema = z.strictObject({
  app: z
    .string()
    .regex(/^\d{1,12}$/, 'the number of your own public app')
    .exactOptional(),
  client_id: z.string().max(60).exactOptional().describe('of that app, for revoking refresh tokens'),
  webhooks_path: z
    .string()
    .regex(/^\/webhooks\/[\w-]{1,12}$/, '/webhooks/v3 or a dated one')
    .default('/webhooks/v3')
    .describe('HubSpot replaces v3 by dated paths step by step'),
});

export const subscriptionInput = z.object({
  subscription: z.string().regex(/^\d{1,20}$/, 'the subscription’s number'),
});
export type SubscriptionInput = Readonly<z.infer<typeof subscriptionInput>>;
export const userInput = z.object({ user: z.string().regex(/^\d{1,20}$/, 'the user’s number') });
export type UserInput = Readonly<z.infer<typeof userInput>>;
export const noInput = z.object({}) as z.ZodType<Record<string, never>>;

const id = z.union([z.string(), z.number()]).transform(String);

export const subscriptionSchema = z.object({
  id,
  eventType: z.string().default(''),
  active: z.boolean(),
  createdAt: z.string().exactOptional(),
});
export const settingsSchema = z.object({
  targetUrl: z.string(),
  throttling: z.object({
    maxConcurrentRequests: z.number().default(10),
    period: z.string().default('SECONDLY'),
  }),
});
