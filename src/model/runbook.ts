import { z } from 'zod';
import { date, id, prose, semver, words } from './fields.ts';
import { effects, frictions } from './action.ts';
import { phaseIds, roles, severities } from './names.ts';

/**
 * A runbook as a person writes it in `runbooks/<id>/runbook.yaml`. Pure data: hashed, frozen into the incident and shown
 * before anything runs. Every object is strict, so that a misspelt key is an error with a suggestion, never a silent skip.
 */

const line = words(400);
const itemOfLaw = z
  .string()
  .regex(/^[a-z0-9]+:[0-9A-Za-z.()-]+$/, 'write regulation:item, for example gdpr:33 or pci:12.10.5');
/** CEL, evaluated over `facts`, `steps` and `incident`; `matches` is refused because it is a backtracking regex. */
const condition = z.string().min(1).max(500);

/** Which rows of the inventory an action works on. Several keys narrow the choice together. */
export const targetsSchema = z
  .strictObject({
    items: z.array(id).min(1).optional().describe('inventory ids, named outright'),
    fact: id.optional().describe('a fact whose answer names one or more inventory ids'),
    kind: z.enum(['channel', 'integration', 'credential']).optional(),
    channel: id.optional().describe('only what belongs to this channel'),
    connector: id.optional().describe('only what this kind of connector can reach'),
    tag: id.optional(),
  })
  .describe('which inventory rows the action works on');
export type Targets = Readonly<z.infer<typeof targetsSchema>>;

const common = {
  id,
  title: z.string().trim().min(4).max(60).describe('one imperative: verb, object, place'),
  why: prose.describe('what it is good for, in a sentence or two'),
  role: z.enum(roles),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .describe('time-box'),
  when: condition.optional().describe('CEL; the step is left out, and said so, while it is false'),
  after: z.array(id).optional().describe('steps that must be finished or skipped first'),
  verify: prose.describe('how a person knows that it worked'),
  fallback: prose.describe('the way by hand: console path, phone, what to record'),
  preserve: z.array(id).optional().describe('evidence steps to try before this one'),
  approvals: z.number().int().min(0).max(3).optional(),
  confirm: z.enum(frictions).optional().describe('friction; the effect of the action sets the least'),
  serves: z.array(itemOfLaw).min(1).describe('regulation items that the step serves'),
  star: z.boolean().optional().describe('show the step in the summary timeline'),
} as const;

const answer = z.enum([
  'text',
  'long-text',
  'number',
  'range',
  'yes-no',
  'choice',
  'time',
  'items',
  'secret',
]);
export type AnswerKind = z.infer<typeof answer>;

const act = z.strictObject({
  ...common,
  act: z.strictObject({
    action: z
      .string()
      .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'write connector.action, for example meta.stop-webhooks'),
    targets: targetsSchema,
    input: z.record(z.string(), z.union([z.string().max(2000), z.number().int(), z.boolean()])).optional(),
  }),
});
const ask = z.strictObject({
  ...common,
  ask: z.strictObject({
    question: line,
    fact: id,
    answer,
    choices: z
      .array(z.strictObject({ id, title: line }))
      .min(2)
      .optional(),
    unknown: z.boolean().optional().describe('"not known yet" is an answer too'),
    help: prose.optional(),
  }),
});
const decide = z.strictObject({
  ...common,
  decide: z.strictObject({
    question: line,
    fact: id.describe('the decision is a fact that conditions and clocks can hang on'),
    options: z.array(z.strictObject({ id, title: line, consequence: line })).min(2),
    decider: z.enum(roles),
    advice: prose.optional(),
    relies: z
      .array(id)
      .min(1)
      .optional()
      .describe('facts that the decision rests on: it is asked again once one of them changes'),
    assess: z
      .strictObject({
        about: z
          .enum(['authority', 'people'])
          .describe('whether the authority is notified (GDPR 33), or the people are told (GDPR 34)'),
        advised: id.describe('the option that is meant where the rules advise it'),
        not_advised: id.describe('the option that is meant where they do not'),
        factors: z
          .record(z.string(), z.json())
          .optional()
          .describe('what is true of every breach of this kind, as `firebreak assess` reads it'),
      })
      .optional()
      .describe(
        'shows the advice of the notification rules, from the facts of the incident, beside the question',
      ),
  }),
});
const byHand = z.strictObject({
  ...common,
  do: z.strictObject({
    instruction: prose,
    record: line.describe('what to write down as the result'),
    call: z.string().optional().describe('a contact of contacts.yaml to ring'),
    evidence: z.boolean().optional().describe('the result is evidence: a file, URL or command output'),
    submits: z
      .string()
      .optional()
      .describe('a duty that is met by this: asks for the time of submission and the proof'),
    effect: z.enum(effects).optional(),
    undo: prose.optional().describe('how it is put back, where that can be done'),
  }),
});
const write = z.strictObject({
  ...common,
  write: z.strictObject({ letter: id, duty: z.string().optional() }),
});
const wait = z.strictObject({
  ...common,
  wait: z.strictObject({ fact: id.optional(), minutes: z.number().int().min(1).optional() }),
});

const stepSchema = z.union([act, ask, decide, byHand, write, wait]);
export type StepSource = Readonly<z.infer<typeof stepSchema>>;

export const runbookSchema = z.strictObject({
  title: z.string().trim().min(4).max(80),
  version: semver,
  summary: prose,
  severity: z.enum(severities).describe('the worst plausible; it can be lowered later with a reason'),
  words: z.array(z.string()).min(1).describe('what a tired person would type to find this runbook'),
  duties: z.array(z.string()).describe('duties that could apply; provisional from the earliest known time'),
  reviewed: date,
  preserve_first: z
    .array(id)
    .min(1)
    .optional()
    .describe(
      'evidence steps that every step that changes something must preserve, as on suspect card systems',
    ),
  never: z.array(line).optional().describe('what must not be done, shown at the top'),
  phases: z
    .array(
      z.strictObject({ id: z.enum(phaseIds), title: line, goal: line, steps: z.array(stepSchema).min(1) }),
    )
    .min(1),
});
export type RunbookSource = Readonly<z.infer<typeof runbookSchema>>;
