import { z } from 'zod';
import { id, prose } from './fields.ts';
import { line, move } from './move.ts';
import { roles } from './names.ts';

/** What happens to the players of a drill: messages, wrong moves with their consequences, and somebody who does not stop. */

/**
 * CEL over what is so at that moment: `sim.<instance>`, `steps.<step>`, `facts.<fact>`, `clocks.<duty>`, `at.<step>` (seconds from the
 * page to its end, a thousand million until then), `decided.<step>` (the option), `time.<fact>` (seconds from the page to the time that it is), `undone`, `waived` and `acted` (lists of step ids, of
 * `step.preserved` and of `what:row`) and `second` (since the page). Ids with underscores for hyphens; in the lists as they are.
 */
export const condition = z.string().max(500).describe('CEL; see the guide of drills');

/** By which a message of a drill reaches its players. */
export const channels = ['pager', 'mail', 'chat', 'phone', 'press', 'regulator', 'tool'] as const;

export const injectSchema = z
  .strictObject({
    id,
    at: z.number().int().optional().describe('minutes after the page'),
    after: id.optional().describe('the trap whose consequence it is'),
    delay: z.number().int().min(0).optional().describe('minutes after that trap was sprung; without it 1'),
    if: condition.optional().describe('it comes only once this is so'),
    channel: z.enum(channels),
    from: line,
    to: z.enum(roles),
    body: prose,
    artifact: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{0,80}$/)
      .optional()
      .describe('a file in the folder artifacts beside it'),
    expect: z.array(id).optional(),
    within: z.number().int().optional().describe('minutes'),
    note: prose.optional().describe('for the facilitator'),
  })
  .refine(({ at, after }) => (at === undefined) !== (after === undefined), {
    message: 'a message comes at a minute, or after a trap: give `at` or `after`',
  });
export type InjectSource = Readonly<z.infer<typeof injectSchema>>;

/** What a wrong move weighs. */
export const trapWeights = {
  harmful: 5,
  'evidence-lost': 5,
  leak: 4,
  'out-of-order': 2,
  needless: 1,
} as const;
export type TrapKind = keyof typeof trapWeights;

/** The value of a fact: of a time RFC 3339 with offset, or `earliest`; of rows of the inventory their ids. Null: not known. */
export const known = z.union([z.string().max(4000), z.number(), z.boolean(), z.array(id), z.null()]);
export type Known = z.infer<typeof known>;

/** One thing that the scripted responder does before a step: when it walks into a trap, or in a test of the runbook. */
export const deed = z.union([
  z.strictObject({ take: id.describe('another step, out of its order') }),
  z.strictObject({ undo: id.describe('a step that was done') }),
  z.strictObject({ wait: z.number().int().min(1).describe('minutes') }),
  z.strictObject({ stop: z.strictObject({ item: id, what: z.enum(['pause', 'revoke']) }) }),
  z
    .strictObject({ learn: z.strictObject({ fact: id, value: known, because: line.optional() }) })
    .describe('a fact, outside the steps; one that is recorded is corrected'),
]);
export type Deed = Readonly<z.infer<typeof deed>>;

export const trapSchema = z.strictObject({
  id,
  inject: id.optional().describe('the message that tempts into it'),
  says: line.describe('the wrong move, as the report names it'),
  instead: line.describe('what would have been right'),
  kind: z.enum(Object.keys(trapWeights) as [TrapKind, ...TrapKind[]]),
  points: z.number().int().min(1).max(10).optional().describe('without it, what its kind weighs'),
  when: condition.describe('true once somebody has walked into it'),
  play: z
    .strictObject({
      moves: z.record(id, move).optional(),
      before: z.record(id, z.array(deed).min(1)).optional(),
    })
    .describe('how the scripted responder walks into it'),
});
export type TrapSource = Readonly<z.infer<typeof trapSchema>>;

export const pointsOf = ({ kind, points }: TrapSource): number => points ?? trapWeights[kind];

export const attackerSchema = z.strictObject({
  id,
  says: line.describe('what somebody does with what they have'),
  instance: id,
  from: z.number().int().min(0).optional().describe('minutes after the page'),
  every_seconds: z.number().int().min(5),
  refused_every_seconds: z.number().int().min(5).optional().describe('once refused it tries less often'),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().max(300),
  headers: z
    .record(z.string(), z.string().max(400))
    .optional()
    .describe('`$secret:NAME` inside is filled in'),
  body: z.string().max(2000).optional(),
  without: z.string().max(200).optional().describe('an answer that holds these words lets it in no more'),
  takes: z.number().int().min(0).optional().describe('how much each time it gets in'),
  unit: z.string().max(40).optional().describe('of what: conversations, records'),
});
export type AttackerSource = Readonly<z.infer<typeof attackerSchema>>;

export const stopSchema = z.strictObject({ id, says: line, when: condition });
