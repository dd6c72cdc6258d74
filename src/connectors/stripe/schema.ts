import { z } from 'zod';

/** What the actions take, and the parts of Stripe's answers that they read. */

export const configSchema = z.strictObject({
  client_id: z
    .string()
    .regex(/^ca_\w+$/, 'the platform’s client id, ca_...')
    .exactOptional()
    .describe('of Connect, for cutting a connected account off'),
});

export const endpointInput = z.object({
  endpoint: z.string().regex(/^we_\w{1,64}$/, 'the endpoint’s id, we_...'),
});
export type EndpointInput = Readonly<z.infer<typeof endpointInput>>;

export const destinationInput = z.object({
  destination: z.string().regex(/^ed_\w{1,64}$/, 'the event destination’s id, ed_...'),
});
export type DestinationInput = Readonly<z.infer<typeof destinationInput>>;

export const linkInput = z.object({
  link: z.string().regex(/^plink_\w{1,64}$/, 'the payment link’s id, plink_...'),
});
export type LinkInput = Readonly<z.infer<typeof linkInput>>;

export const accountInput = z.object({
  account: z.string().regex(/^acct_\w{1,64}$/, 'the connected account’s id, acct_...'),
});
export type AccountInput = Readonly<z.infer<typeof accountInput>>;

export const endpointSchema = z.object({
  id: z.string(),
  url: z.string().default(''),
  status: z.string(),
  enabled_events: z.array(z.string()).default([]),
  created: z.number().optional(),
  livemode: z.boolean().default(true),
  description: z.string().nullable().default(null),
});

export const destinationSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  type: z.string().default(''),
  status: z.string(),
  enabled_events: z.array(z.string()).default([]),
  created: z.string().optional(),
  livemode: z.boolean().default(true),
});

export const linkSchema = z.object({ id: z.string(), active: z.boolean() });

export const accountSchema = z.object({
  id: z.string(),
  type: z.string().nullable().default(null),
  country: z.string().nullable().default(null),
});

export const errorSchema = z.object({
  error: z.object({
    type: z.string().default(''),
    code: z.string().default(''),
    message: z.string().default(''),
  }),
});
