import { z } from 'zod';
import { id, prose, semver, words } from './fields.ts';
import { roles } from './names.ts';

/**
 * `runbooks/<id>/drill.yaml`: the rehearsal of a runbook in a fake world. Seeds of the simulators, what the scripted
 * responder answers, what happens meanwhile, and what must be true in the simulators at the end.
 */

const line = words(600);
const scalar = z.union([z.string().max(4000), z.number().int(), z.boolean()]);

/**
 * A value of a simulator's seed. The string `$secret:NAME` stands for a credential made up for this drill from its seed:
 * `NAME` is `<instance>.<secret>` for the tool's own, or a name of `secrets` below for leaked ones.
 */
const seedValue: z.ZodType<SeedValue> = z.lazy(() =>
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
const move = z.union([
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

const fault = z.strictObject({
  instance: id,
  before: id.describe('armed when this step is about to run'),
  is: z.enum(['status', 'cut', 'hang', 'cut-after', 'hang-after']),
  status: z.number().int().optional(),
  retry_after: z.number().int().optional(),
  path: z.string().optional(),
});

const madeUp = z.record(
  z.string(),
  z.strictObject({ prefix: z.string().max(40), length: z.number().int().min(8).max(200).optional() }),
);
const seeds = z
  .record(id, z.record(z.string(), seedValue))
  .describe('instance of the company -> seed of its simulator');

export const drillSchema = z.strictObject({
  title: line,
  version: semver,
  story: prose.describe('what the players are told'),
  truth: prose.describe('what really happened; shown at the end'),
  starts: z.string().describe('RFC 3339 with offset: when the page comes'),
  earliest: z
    .string()
    .describe('RFC 3339 with offset: the earliest known time, where provisional clocks count from'),
  duration_minutes: z.number().int().min(1),
  secrets: madeUp.optional(),
  systems: seeds,
  moves: z.record(id, move),
  injects: z.array(
    z.strictObject({
      id,
      at: z.number().int().min(0).describe('minutes after the start'),
      channel: z.enum(['pager', 'mail', 'chat', 'phone', 'press', 'regulator', 'tool']),
      from: line,
      to: z.enum(roles),
      body: prose,
      expect: z.array(id).optional(),
      within: z.number().int().optional().describe('minutes'),
    }),
  ),
  faults: z.array(fault).optional(),
  targets: z.strictObject({ contain_minutes: z.number().int(), declare_minutes: z.number().int() }),
  end: z
    .array(
      z.strictObject({
        id,
        says: line,
        check: z.string().max(500).describe('CEL over sim.<instance_with_underscores>, steps, facts, clocks'),
      }),
    )
    .min(1),
});
export type DrillSource = Readonly<z.infer<typeof drillSchema>>;

/** The part of a scenario that a fake world is made of. */
export type Scenery = Pick<DrillSource, 'secrets' | 'systems'>;

/** How a receiver of webhooks is careless: what it takes although it must not. */
const careless = ['unsigned', 'wrong-key', 'wrong-verify-token', 'repeats', 'any-rate'] as const;
export type Careless = (typeof careless)[number];

/**
 * `runbooks/_company/practice.yaml`: the example company on an ordinary day, with everything in it that `doctor`, `inventory
 * sync` and `audit` are there to find. Nothing happens in it and nobody plays it.
 */
export const practiceSchema = z.strictObject({
  now: z.string().describe('RFC 3339 with offset: the moment that it is'),
  secrets: madeUp.optional(),
  missing: z.array(z.string()).describe('`<instance>.<secret>` that nobody has set'),
  systems: seeds,
  receivers: z
    .record(id, z.strictObject({ takes: z.array(z.enum(careless)) }))
    .describe('row of `receivers` in the inventory -> how it is careless'),
});
export type PracticeSource = Readonly<z.infer<typeof practiceSchema>>;
