import { z } from 'zod';
import { isZone } from '../base/calendar.ts';
import { date, id, prose, words } from './fields.ts';
import type { Obligation } from './obligation.ts';

/**
 * `obligations.yaml`: duties that a company owes by contract, or by a law that is not known here. The same shape as the built-in
 * ones, so that their clocks count, are shown and are proved like any other; what is usual may be left out.
 */

const line = words(300);
const count = z.number().int().min(1);
const place = z.string().min(2).max(40).nullable().default(null);

const periodSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hours'), hours: count.max(100_000) }),
  z.strictObject({ kind: z.literal('calendar-days'), days: count.max(10_000) }),
  z.strictObject({
    kind: z.literal('business-days'),
    days: count.max(1000),
    calendar: place.describe('whose public holidays count; without it those of your country'),
    cutoff: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day like 17:30')
      .exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('months'),
    months: count.max(1200),
    roll: z.enum(['none', 'next-working-day', 'noon-of-next-working-day']).default('none'),
    calendar: place,
  }),
  z.strictObject({ kind: z.literal('days-after-year-end'), days: count.max(1000) }),
  z.strictObject({
    kind: z.literal('none'),
    wording: line.describe('the words of the contract where it names no number: without undue delay'),
  }),
]);

const ruledOutSchema = z.intersection(
  z.object({ fact: id, why: line }),
  z.union([
    z.object({ is: z.enum(['yes', 'no']) }),
    z.object({ below: z.number().int().min(1) }),
    z.object({ from: z.number().int().min(1) }),
  ]),
);

const elementSchema = z.strictObject({
  id,
  article: line.describe('the clause that asks for it'),
  title: line,
  facts: z.array(id).min(1),
  may_follow: z.boolean().default(false),
});

const dutySchema = z.strictObject({
  id: id.describe('known as own.<id>'),
  title: line,
  owed_by: z.enum(['company', 'controller', 'processor', 'merchant']).default('company'),
  to: line,
  starts: id.describe('the fact that starts its clock: aware, cardholder-data-suspected, or one of your own'),
  provisional: z
    .boolean()
    .default(true)
    .describe('counts from the earliest known time until the start is recorded or ruled out'),
  ruled_out_by: z.array(ruledOutSchema).default([]),
  period: periodSchema,
  capped: z
    .strictObject({ fact: id, hours: count.max(100_000) })
    .exactOptional()
    .describe('a second limit, counted from another fact'),
  zone: z.string().refine(isZone, 'write a time zone like Europe/Dublin').exactOptional(),
  threshold: line.default('as the contract says'),
  elements: z.array(elementSchema).default([]),
  per_person: z
    .strictObject({
      extension: z.number().int().min(1).max(24).nullable().default(null).describe('months'),
    })
    .exactOptional()
    .describe('owed to one person each: a clock is opened for each by firebreak clocks open own.<id>'),
  no_acknowledgement: z
    .literal(true)
    .exactOptional()
    .describe('nobody answers to it: otherwise an acknowledgement is waited for'),
  acknowledge_within: z
    .strictObject({ hours: count.max(100_000) })
    .exactOptional()
    .describe('by when the other side must say that it has it, counted from the submission'),
  source: line.describe('contract and clause'),
  version: line.default('as written down'),
  effective_from: date.nullable().default(null),
  effective_to: date.exactOptional(),
  confidence: z.enum(['primary', 'third-party', 'memory', 'disputed']).default('primary'),
  note: prose.exactOptional(),
  letter: id.exactOptional(),
  contact: id.exactOptional().describe('a `for` key of contacts.yaml'),
});

export const ownDutiesSchema = z.strictObject({ obligations: z.array(dutySchema).max(200) });
export type OwnDuties = Readonly<z.infer<typeof ownDutiesSchema>>;
export const noOwnDuties: OwnDuties = { obligations: [] };

/** Beside the laws they are one more regime, in which no item is asked of a runbook. */
export const OWN = 'own';
export const ownObligations = ({ obligations }: OwnDuties): readonly Obligation[] =>
  obligations.map((duty): Obligation => ({ ...duty, id: `${OWN}.${duty.id}`, regime: OWN, serves: [] }));
