import { z } from 'zod';
import { gdprTaskIds, pciElementIds } from './cadence.ts';
import { id, prose, semver } from './fields.ts';
import { line, move, seedValue } from './move.ts';
import { attackerSchema, condition, injectSchema, stopSchema, trapSchema } from './scenario.ts';

/**
 * `runbooks/<id>/drill.yaml`: the rehearsal of a runbook in a fake world. Seeds of the simulators, what the scripted
 * responder answers, what happens meanwhile, and what must be true in the simulators at the end.
 */

export const faultSchema = z.strictObject({
  instance: id,
  before: id.describe('armed when this step is about to run'),
  is: z.enum(['status', 'cut', 'hang', 'cut-after', 'hang-after']),
  status: z.number().int().optional(),
  retry_after: z.number().int().optional(),
  path: z.string().optional(),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .optional()
    .describe('where what is read and what is changed have the same path'),
});

export const madeUp = z.record(
  z.string(),
  z.union([
    z.strictObject({ prefix: z.string().max(40), length: z.number().int().min(8).max(200).optional() }),
    z.strictObject({ key: z.literal('rsa').describe('a private key, for what is signed') }),
  ]),
);
/** How a made-up secret looks. */
export type MadeUp = Readonly<z.infer<typeof madeUp>[string]>;

export const seeds = z
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
  injects: z.array(injectSchema),
  traps: z.array(trapSchema).optional(),
  attacker: z.array(attackerSchema).optional(),
  stops: z.array(stopSchema).optional().describe('what ends the drill at once, before its end'),
  faults: z.array(faultSchema).optional(),
  enough: id.optional().describe('the inject from which the facts suffice for deciding whom to notify'),
  targets: z.strictObject({
    contain_minutes: z.number().int(),
    declare_minutes: z.number().int(),
    acknowledge_minutes: z.number().int().optional(),
    decide_minutes: z.number().int().optional(),
    draft_minutes: z.number().int().optional(),
  }),
  objectives: z
    .array(
      z.strictObject({
        id,
        says: line,
        measures: z.array(id).optional().describe('measures of the scorecard that it rests on'),
        steps: z.array(id).optional().describe('critical steps of the runbook'),
      }),
    )
    .optional(),
  covers: z
    .strictObject({
      pci: z.array(z.enum(pciElementIds)).optional().describe('elements of PCI DSS 12.10.1'),
      gdpr: z.array(z.enum(gdprTaskIds)).optional().describe('tasks of Art. 33 and 34'),
    })
    .optional()
    .describe('what is practised in it; the cadence counts by this'),
  end: z
    .array(
      z.strictObject({
        id,
        says: line,
        check: condition,
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
