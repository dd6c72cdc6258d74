import { z } from 'zod';
import { id } from './fields.ts';
import { roles } from './names.ts';
import { channels } from './scenario.ts';

/**
 * What a facilitator and the drill that people play say to each other: one line of JSON a request and one an answer. Both ends read
 * it as words of a stranger, so everything has a shape and a size.
 */

const text = z.string().trim().min(1).max(2000);
const shown = z.string().max(5000);
const few = 60;

export const directionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['fire', 'hold', 'skip']), inject: id }),
  z.strictObject({ do: z.literal('free'), channel: z.enum(channels), to: z.enum(roles), text }),
  z.strictObject({ do: z.literal('assist'), text }),
  z.strictObject({ do: z.literal('compress'), speed: z.number().min(0.1).max(600) }),
  z.strictObject({ do: z.enum(['pause', 'go-on', 'end', 'real-event']) }),
]);
/** One thing that a facilitator does to a drill. */
export type Directing = Readonly<z.infer<typeof directionSchema>>;

const handle = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i);

/** `stays`: it sits there until it leaves; else it came for one request. */
export const seatRequestSchema = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('join'),
    as: handle,
    stays: z.boolean(),
  }),
  z.strictObject({ is: z.literal('show') }),
  /** Something real has happened: whoever says so needs no chair. */
  z.strictObject({ is: z.literal('real-event'), as: handle }),
  /** Whoever plays takes over a drill that waits for its players. */
  z.strictObject({ is: z.literal('take') }),
  z.strictObject({ is: z.literal('direct'), direction: directionSchema }),
]);
export type SeatRequest = z.infer<typeof seatRequestSchema>;

const queued = z.object({
  id: shown,
  state: z.enum(['arrived', 'due', 'waiting', 'conditional', 'held', 'skipped']),
  /** Minutes after the page: when it came, else when it is due; null where only a wrong move brings it. */
  minute: z.number().nullable(),
  channel: shown,
  from: shown,
  to: shown,
  body: shown,
  artifact: shown.nullable(),
  /** What the players are expected to do, and whether they have. */
  expect: z.array(z.object({ step: shown, done: z.boolean() })).max(few),
  within: z.number().nullable(),
  condition: shown.nullable(),
  note: shown.nullable(),
});

export const backstageSchema = z.object({
  drill: shown,
  runbook: shown,
  title: shown,
  /** Of the drill's time since the page. */
  minute: z.number(),
  now: z.number(),
  speed: z.number(),
  paused: z.boolean(),
  over: shown.nullable(),
  truth: shown,
  players: z.object({
    step: shown.nullable(),
    title: shown.nullable(),
    done: z.number(),
    total: z.number(),
    acknowledged: z.number().nullable(),
  }),
  /** What the players did last, newest first. */
  lately: z.array(z.object({ minute: z.number(), who: shown, what: shown })).max(few),
  queue: z.array(queued).max(1000),
  traps: z
    .array(
      z.object({ id: shown, says: shown, instead: shown, points: z.number(), sprung: z.number().nullable() }),
    )
    .max(200),
  attackers: z
    .array(
      z.object({
        id: shown,
        says: shown,
        gets_in: z.boolean().nullable(),
        tries: z.number(),
        taken: z.number(),
        unit: shown,
      }),
    )
    .max(few),
  clocks: z
    .array(z.object({ duty: shown, title: shown, standing: shown, due: z.number().nullable() }))
    .max(400),
  lost: z.array(shown).max(few),
  slept_minutes: z.number(),
  assists: z.number(),
});
/** What only the facilitator sees: the truth, what is still to come, and how the players stand. */
export type Backstage = Readonly<z.infer<typeof backstageSchema>>;
export type Queued = Backstage['queue'][number];

export const seatAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), said: shown.optional(), page: backstageSchema.optional() }),
  z.object({ ok: z.literal(false), why: shown }),
]);
export type SeatAnswer = Readonly<z.infer<typeof seatAnswerSchema>>;
