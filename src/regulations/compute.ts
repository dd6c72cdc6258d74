import { z } from 'zod';
import { cappedDue, due as dueOf, isZone, type Due, type Holidays } from '../base/calendar.ts';
import { unreachable } from '../base/assert.ts';
import type { Period } from '../base/duration.ts';
import { formatLocal, parseInstant, type Instant } from '../base/instant.ts';
import { DORA } from './dora.ts';

/** `due` in RFC 3339 with the zone's offset, to the second; null where the rule has no number. */
export type Computed = Readonly<{ id: string; due: string | null }>;

/** A record that cannot be computed, and why: the others are not held up by it. `id` is null when it has none. */
export type Refused = Readonly<{ id: string | null; refused: string }>;

const count = z.number().int().min(1);
const roll = z.enum(['none', 'next_working_day']).default('none');
// The limits keep a slip of the keyboard from counting working days for minutes.
const rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('elapsed_hours'), n: count.max(1_000_000) }),
  z.object({ kind: z.literal('calendar_days'), n: count.max(40_000) }),
  z.object({
    kind: z.literal('business_days'),
    n: count.max(10_000),
    calendar: z.string(),
    cutoff: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write the cutoff as HH:MM')
      .optional(),
  }),
  z.object({ kind: z.literal('months'), n: count.max(1200), roll, calendar: z.string().optional() }),
  z.object({ kind: z.literal('years'), n: count.max(100) }),
  z.object({ kind: z.literal('days_after_year_end'), n: count.max(40_000) }),
  z.object({ kind: z.literal('dora_initial'), calendar: z.string() }),
  z.object({ kind: z.literal('dora_intermediate'), calendar: z.string() }),
  z.object({ kind: z.literal('dora_final'), calendar: z.string() }),
  z.object({ kind: z.literal('none') }),
]);
type Rule = z.infer<typeof rule>;
const kinds: readonly string[] = rule.options.map((option) => option.shape.kind.value);

const record = z.object({
  id: z.string(),
  tz: z.string(),
  trigger: z.string(),
  rule,
  params: z
    .object({
      classified_at: z.string().optional(),
      excluded_entity: z.boolean().optional(),
    })
    .optional(),
});
type Params = NonNullable<z.infer<typeof record>['params']>;

/** Turns `holiday_calendars` of a vectors file (a list of dates by name) into calendars. */
export function calendarsOf(
  lists: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, Holidays> {
  return new Map(Object.entries(lists).map(([id, dates]) => [id, { id, dates: new Set(dates) }]));
}

/**
 * The due moment of one trigger under one rule: a pure calculator, with no incident and no regulation. It never throws for what
 * a file says; a kind of rule it does not know is refused by name, because a guessed deadline is worse than none.
 */
export function computeVector(input: unknown, calendars: ReadonlyMap<string, Holidays>): Computed | Refused {
  const parsed = record.safeParse(input);
  if (!parsed.success) return { id: idOf(input), refused: kindOf(input) ?? explain(parsed.error) };
  const { id, tz, trigger, rule: found, params = {} } = parsed.data;
  const start = parseInstant(trigger);
  if (start === null) return { id, refused: `trigger ${trigger} is not a time with its offset (RFC 3339)` };
  if (!isZone(tz)) return { id, refused: `tz ${tz} is not a known time zone` };
  const named = 'calendar' in found ? found.calendar : undefined;
  const holidays = named === undefined ? null : calendars.get(named);
  if (holidays === undefined) return { id, refused: `calendar ${named} is not given` };
  if (found.kind === 'months' && found.roll !== 'none' && holidays === null) {
    return { id, refused: 'a roll to the next working day needs a calendar' };
  }
  try {
    const end = endOf(found, start, params, tz, holidays);
    if (typeof end === 'string') return { id, refused: end };
    return { id, due: end.is === 'none' ? null : formatLocal(end.at, tz, 'rfc3339') };
  } catch (error) {
    // A period from the year 9999 ends where RFC 3339 has no more digits.
    if (error instanceof RangeError)
      return { id, refused: `trigger ${trigger}: the period ends outside the years 0000 to 9999` };
    throw error;
  }
}

/** Or why there is none. */
function endOf(
  found: Rule,
  start: Instant,
  params: Params,
  tz: string,
  holidays: Holidays | null,
): Due | string {
  if (found.kind !== 'dora_initial') return dueOf(periodOf(found, params), start, tz, holidays);
  const classified = parseInstant(params.classified_at ?? '');
  if (classified === null) return 'params.classified_at is not a time with its offset (RFC 3339)';
  const cap = { from: start, hours: DORA.initialCapHours };
  return cappedDue(DORA.initial(!params.excluded_entity, found.calendar), classified, cap, tz, holidays);
}

function periodOf(found: Exclude<Rule, { kind: 'dora_initial' }>, params: Params): Period {
  switch (found.kind) {
    case 'elapsed_hours':
      return { kind: 'hours', hours: found.n };
    case 'calendar_days':
      return { kind: 'calendar-days', days: found.n };
    case 'business_days': {
      const { n, calendar, cutoff } = found;
      return { kind: 'business-days', days: n, calendar, ...(cutoff !== undefined && { cutoff }) };
    }
    case 'months':
      return {
        kind: 'months',
        months: found.n,
        roll: found.roll === 'none' ? 'none' : 'next-working-day',
        calendar: found.calendar ?? null,
      };
    case 'years':
      return { kind: 'months', months: 12 * found.n, roll: 'none', calendar: null };
    case 'days_after_year_end':
      return { kind: 'days-after-year-end', days: found.n };
    case 'dora_intermediate':
      return DORA.intermediate(!params.excluded_entity, found.calendar);
    case 'dora_final':
      return DORA.final(found.calendar);
    case 'none':
      return { kind: 'none', wording: 'no fixed period' };
    default:
      return unreachable(found);
  }
}

const loose = z.object({
  id: z.string().nullable().catch(null),
  rule: z.object({ kind: z.string() }).nullable().catch(null),
});

const idOf = (input: unknown): string | null => loose.safeParse(input).data?.id ?? null;

function kindOf(input: unknown): string | null {
  const kind = loose.safeParse(input).data?.rule?.kind;
  if (kind === undefined || kinds.includes(kind)) return null;
  return `rule.kind ${kind} is not one that is computed; those are ${kinds.join(', ')}`;
}

const explain = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'the record'}: ${issue.message}`).join('; ');
