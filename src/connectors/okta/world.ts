import { z } from 'zod';

/** The world of the simulator: people, apps with their tokens and secrets, hooks, and the log that tells of them. */

const thing = (status: string) => ({ id: z.string(), status: z.string().default(status) });

export const worldSchema = z.strictObject({
  tokens: z
    .array(
      z.strictObject({
        id: z.string(),
        token: z.string(),
        name: z.string().default('token'),
        userId: z.string().default('00uowner0000000000001'),
        created: z.string().default('2025-01-02T03:04:05.000Z'),
      }),
    )
    .default([]),
  policies: z
    .array(
      z.strictObject({
        ...thing('ACTIVE'),
        name: z.string().default('Default Policy'),
        rules: z
          .array(
            z.strictObject({
              name: z.string().default('Default Rule'),
              status: z.string().default('ACTIVE'),
              access: z.string().default('ALLOW'),
              require_factor: z.boolean().default(false),
            }),
          )
          .default([{ name: 'Default Rule', status: 'ACTIVE', access: 'ALLOW', require_factor: false }]),
      }),
    )
    .default([]),
  users: z
    .array(
      z.strictObject({
        ...thing('ACTIVE'),
        sessions: z.number().int().default(1),
        grants: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  apps: z
    .array(
      z.strictObject({
        ...thing('ACTIVE'),
        label: z.string().default('app'),
        tokens: z.array(z.string()).default([]),
        secrets: z
          .array(z.strictObject({ ...thing('ACTIVE'), client_secret: z.string().default('') }))
          .default([]),
      }),
    )
    .default([]),
  event_hooks: z.array(z.strictObject({ ...thing('ACTIVE'), uri: z.string() })).default([]),
  inline_hooks: z.array(z.strictObject({ ...thing('ACTIVE'), uri: z.string() })).default([]),
  /** The id of the next client secret. */
  next: z.number().int().default(1),
  log: z
    .array(z.strictObject({ published: z.string(), eventType: z.string(), user: z.string() }))
    .default([]),
});
export type World = z.infer<typeof worldSchema>;
