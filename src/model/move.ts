import { z } from 'zod';
import { id, prose, words } from './fields.ts';

/** One line of a drill. */
export const line = words(600);
const scalar = z.union([z.string().max(4000), z.number().int(), z.boolean()]);

/**
 * A value of a simulator's seed. The string `$secret:NAME` stands for a credential made up for this drill from its seed:
 * `NAME` is `<instance>.<secret>` for the tool's own, or a name of `secrets` below for leaked ones.
 */
export const seedValue: z.ZodType<SeedValue> = z.lazy(() =>
  z.union([scalar, z.null(), z.array(seedValue), z.record(z.string(), seedValue)]),
);
export type SeedValue =
  | string
  | number
  | boolean
  | null
  | readonly SeedValue[]
  | { readonly [key: string]: SeedValue };

/** What the scripted responder does at one step; a step without a line is run, ticked or waited for as it stands. */
export const move = z.union([
  z.strictObject({ answer: z.union([scalar, z.array(z.string())]), because: line.optional() }),
  z.strictObject({
    range: z.strictObject({
      about: z.number().int(),
      from: z.number().int(),
      to: z.number().int(),
      basis: line,
    }),
  }),
  z.strictObject({ unknown: z.literal(true) }),
  z.strictObject({
    rule_out: prose.describe('why it is not so: the question stays unanswered and its fact is ruled out'),
  }),
  z.strictObject({ secrets: z.array(id).min(1).describe('names of `secrets`, given on the hidden field') }),
  z.strictObject({ decide: id, because: prose }),
  z.strictObject({ record: prose }),
  z.strictObject({ skip: prose }),
  z.strictObject({
    run: z.literal(true),
    because: line.optional().describe('typed reason where the step asks for one'),
  }),
]);
export type Move = Readonly<z.infer<typeof move>>;
