import { z } from 'zod';

/** What the Graph API answers, as far as it is read here; everything else in an answer is ignored. */

export const subscribedApps = z.object({
  data: z.array(
    z.object({
      whatsapp_business_api_data: z.object({ id: z.string(), name: z.string().optional() }),
      override_callback_uri: z.string().optional(),
    }),
  ),
});

export const phoneNumber = z.object({
  id: z.string(),
  webhook_configuration: z
    .object({ override_callback_uri: z.string().optional(), phone_number: z.string().optional() })
    .optional(),
});

export const appSubscriptions = z.object({
  data: z.array(
    z.object({
      object: z.string(),
      callback_url: z.string(),
      active: z.boolean().default(true),
      fields: z.array(z.union([z.string(), z.object({ name: z.string() })])).default([]),
    }),
  ),
});

export const pageApps = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string().optional(),
      subscribed_fields: z.array(z.string()).exactOptional(),
    }),
  ),
});

export const debugToken = z.object({
  data: z.object({
    is_valid: z.boolean(),
    app_id: z.string().optional(),
    user_id: z.string().optional(),
    type: z.string().optional(),
    // Seconds since 1970; 0 is never. What is no moment is read as never, not as a crash.
    expires_at: z.number().int().min(0).max(250_000_000_000).optional().catch(0),
    scopes: z.array(z.string()).default([]),
  }),
});

export const permissions = z.object({
  data: z.array(z.object({ permission: z.string(), status: z.string() })),
});

export const named = z.object({ data: z.array(z.object({ id: z.string(), name: z.string().default('') })) });

export const phones = z.object({
  data: z.array(z.object({ id: z.string(), display_phone_number: z.string().default('') })),
});

export const paging = z
  .object({
    cursors: z.object({ after: z.string().optional() }).optional(),
    next: z.string().optional(),
  })
  .optional();

export const assignedUsers = z.object({
  data: z.array(
    z.object({ id: z.string(), name: z.string().default(''), tasks: z.array(z.string()).exactOptional() }),
  ),
  paging,
});

export const systemUsers = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string().default(''), role: z.string().default('') })),
});

export const ownedPages = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string().default(''),
      instagram_business_account: z.object({ id: z.string() }).optional(),
    }),
  ),
});

/** Instagram calls the account `user_id`; `id` is the app's own name for it. */
export const instagramMe = z.object({
  id: z.string(),
  user_id: z.string().optional(),
  username: z.string().default(''),
});

export const config = z.strictObject({
  graph_version: z
    .string()
    .regex(/^v\d+\.\d+$/, 'write a version like v23.0')
    .default('v23.0'),
  app_id: z
    .string()
    .regex(/^\d+$/)
    .describe('the app that receives the webhooks: App Dashboard > Settings > Basic'),
  instagram_app_id: z
    .string()
    .regex(/^\d+$/)
    .exactOptional()
    .describe('where Instagram’s own login is used: App Dashboard > Instagram; it differs from app_id'),
  business_id: z.string().regex(/^\d*$/).default('').describe('lets a listing find every WhatsApp account'),
});
