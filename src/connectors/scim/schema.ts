import { z } from 'zod';

/** What the action takes, and the parts of a SCIM 2.0 provider's answers that it reads (RFC 7643, RFC 7644). */

export const configSchema = z.strictObject({
  dialect: z
    .enum(['boolean', 'text', 'object'])
    .default('boolean')
    .describe(
      'how `active` is sent: false (RFC 7644), the text "False", or value: {active: false} without a path',
    ),
});

export const userInput = z.object({
  user: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,127}$/, 'the user’s SCIM id, as the provider gave it'),
});
export type UserInput = Readonly<z.infer<typeof userInput>>;

const members = z
  .array(z.object({ value: z.string().default('') }))
  .nullish()
  .transform((all) => (all ?? []).map((one) => one.value).toSorted());

/** Old Entra-style providers answer with texts what they want to be told in texts. */
const active = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(?:true|false)$/i)
    .transform((text) => text.toLowerCase() === 'true'),
]);

export const userSchema = z.object({ id: z.string(), active, groups: members, roles: members });
export const metaSchema = z.object({ meta: z.object({ version: z.string().optional() }).optional() });

export const configAnswer = z.object({
  patch: z.object({ supported: z.boolean() }).default({ supported: false }),
  etag: z.object({ supported: z.boolean() }).default({ supported: false }),
});
export const errorSchema = z.object({ detail: z.string().default(''), scimType: z.string().default('') });
