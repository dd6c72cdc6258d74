import { z } from 'zod';
import { faultSchema, madeUp, seeds } from './drill.ts';
import { id, prose } from './fields.ts';
import { line, move } from './move.ts';
import { condition, deed, known } from './scenario.ts';

/**
 * `runbooks/<id>/test.yaml` and `runbooks/<id>/tests/<name>.yaml`: what a runbook must do, given facts, answers and faults. Each test
 * is played on simulators by the scripted responder, in a time that moves only by what is waited for.
 */

/** Where a step stands, in the words that conditions use. */
const stepWords = ['todo', 'now', 'wait', 'done', 'hand', 'skip', 'fail', 'unsure', 'void'] as const;

/** Where a clock stands, in the words of `clocks --json`. */
const standingWords = [
  'idle',
  'provisional',
  'running',
  'overdue',
  'sent',
  'met',
  'met-late',
  'ruled-out',
] as const;

/** What became of what had to be stopped, in the words of `status --json`. */
const holdWords = [
  'proved',
  'unproved',
  'refuted',
  'failed',
  'unsure',
  'by-hand',
  'left-out',
  'open',
  'taken-back',
] as const;

/** `open`: a step that writes it is still to come. `not-needed`: none will. */
export const letterWords = ['complete', 'incomplete', 'open', 'not-needed'] as const;

const moment = z.string().max(40).describe('RFC 3339 with offset; `earliest` is that of the scenery');

const expectedClock = z.strictObject({
  is: z.enum(standingWords).optional(),
  started: moment.nullable().optional().describe('from when it counts; null: it does not'),
  due: moment.nullable().optional().describe('the last moment in time; null: there is none'),
});

const expected = z.strictObject({
  path: z
    .array(id)
    .min(1)
    .optional()
    .describe('steps in the order in which they end, others may lie between; named twice: asked again'),
  steps: z
    .record(id, z.enum(stepWords))
    .optional()
    .describe('where each stands at the end; void: not needed'),
  again: z.array(id).optional().describe('exactly these decisions were asked again'),
  unsure: z.array(id).optional().describe('exactly these steps were in doubt on the way, settled or not'),
  clocks: z.record(z.string().max(80), expectedClock).optional(),
  letters: z.record(id, z.enum(letterWords)).optional(),
  bleeding: z.enum(['yes', 'no', 'unsure', 'unknown']).optional(),
  contained: z.record(id, z.enum(holdWords)).optional().describe('row of the inventory -> what became of it'),
  facts: z.record(id, known).optional().describe('what is known at the end; null: nothing'),
  checks: z.array(condition).optional().describe('what is true at the end, as in `end` of a drill'),
});

/** Simulators and what fails in them are those of the drill, where it has one and nothing is said here. */
const scenery = {
  starts: z
    .string()
    .optional()
    .describe('RFC 3339 with offset: the time stands there until something is waited for'),
  earliest: z.string().optional().describe('RFC 3339 with offset: the earliest known time'),
  secrets: madeUp.optional(),
  systems: seeds.optional(),
};

const test = z.strictObject({
  id,
  says: line.describe('what must be so, in one sentence'),
  starts: scenery.starts,
  earliest: scenery.earliest,
  facts: z.record(id, known).optional().describe('what is known before the first step'),
  moves: z.record(id, move).optional().describe('over those of the file, and these over those of the drill'),
  before: z.record(id, z.array(deed).min(1)).optional().describe('what is done before a step, out of order'),
  faults: z.array(faultSchema).optional().describe('instead of those of the drill; [] for none'),
  until: id.optional().describe('the test ends in front of this step'),
  expect: expected.refine((one) => Object.keys(one).length > 0, {
    message: 'a test that expects nothing shows nothing',
  }),
});

export const runbookTestSchema = z.strictObject({
  about: prose.optional(),
  ...scenery,
  moves: z.record(id, move).optional().describe('over those of the drill, for all tests of this file'),
  tests: z.array(test).min(1),
});
export type RunbookTests = Readonly<z.infer<typeof runbookTestSchema>>;
export type RunbookTest = RunbookTests['tests'][number];
export type Expected = RunbookTest['expect'];
