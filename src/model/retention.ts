import { z } from 'zod';
import { dataClasses } from './event.ts';
import type { PrivateClass } from './event.ts';

/** How long content is kept once an incident is closed, by data class, and which duties of keeping bind the company. */

const days = z.number().int().min(0).max(36_600);

export const retentionSchema = z.strictObject({
  keeps: z
    .array(z.string())
    .optional()
    .describe('ids of archive duties that bind you: firebreak help retention'),
  days: z
    .strictObject({
      victims: days.optional(),
      staff: days.optional(),
      evidence: days.optional(),
      exchange: days.optional(),
      definitions: days.optional(),
    })
    .optional()
    .describe('days after the incident was closed'),
});
export type Retention = Readonly<z.infer<typeof retentionSchema>>;

/**
 * Without a word of the company: no law names these numbers. Who was hit goes first; what was done about it and why outlives
 * the usual periods in which somebody can still be held to it. Leaked secrets, and new
 * ones that were put in their place, go when the incident is closed.
 */
export const usualDays: Readonly<Record<PrivateClass, number>> = {
  'secrets-seen': 0,
  'secrets-made': 0,
  victims: 365,
  exchange: 730,
  evidence: 1830,
  staff: 1830,
  definitions: 1830,
};

/** What nobody may choose to keep: it ends with the incident. */
const secretClasses = ['secrets-seen', 'secrets-made'] as const;
type SecretClass = (typeof secretClasses)[number];
export const isSecretClass = (one: PrivateClass): one is SecretClass =>
  secretClasses.some((name) => name === one);

/** The classes that a policy speaks of, in the order of a table. */
export const policyClasses = dataClasses;
