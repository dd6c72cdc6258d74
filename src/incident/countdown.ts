import type { Json } from '../base/canonical.ts';
import { cappedDue, due as dueOf, type Cap, type Due, type Holidays } from '../base/calendar.ts';
import { HOUR, MINUTE, type Period } from '../base/duration.ts';
import { formatLocal, formatUtc, instantOrNull, parseInstant, type Instant } from '../base/instant.ts';
import {
  answerOf,
  isRuledOut,
  type FactView,
  type Obligation,
  type SubmissionView,
} from '../model/obligation.ts';

/**
 * Why the clock counts from where it does. `recorded`: a person recorded the start; `earliest`: nobody has yet, so the earliest
 * known time stands in; `not-known-yet`: somebody was asked and did not know, so it still stands in.
 */
export type CountedFrom = 'recorded' | 'earliest' | 'not-known-yet';

/** A clock that counts. `startedBy` is the entry that started it, null while provisional. */
export type Counted = Readonly<{
  startedAt: Instant;
  startedBy: number | null;
  due: Due;
  basis: CountedFrom;
}>;

/**
 * Where one duty stands at one moment. `context`: another party owes it. `left` is milliseconds to the due moment,
 * negative once late, null for a rule without a number. An overdue clock may be provisional: see its `basis`.
 */
export type Countdown = Readonly<{ duty: string; context: boolean }> &
  (
    | Readonly<{ standing: 'idle'; why: 'not-started' | 'not-in-force' }>
    | Readonly<{ standing: 'ruled-out'; fact: string; by: number; why: string | null }>
    | (Counted & Readonly<{ standing: 'provisional' | 'running' | 'overdue'; left: number | null }>)
    | (SubmissionView &
        Readonly<{ standing: 'sent' | 'met' | 'met-late'; late: boolean; counted: Counted | null }>)
  );

export type Options = Readonly<{
  /** IANA zone in which days begin and end. */
  zone: string;
  /** The earliest known time of the incident: alert, report, mailbox receipt. */
  earliestAt: Instant;
  /** Looks up a calendar by the name a rule gives; null asks for that of the company's place. */
  holidays: (calendar: string | null) => Holidays | null;
}>;

/**
 * The one reading of a duty's clock, for the board, the timeline, exports and alerts alike. It depends on nothing but its
 * arguments, so it says the same after a crash. Time alone moves it one way: once overdue it stays so until somebody
 * submits, or records a fact.
 */
export function countdown(
  duty: Obligation,
  facts: ReadonlyMap<string, FactView>,
  submissions: ReadonlyMap<string, SubmissionView>,
  now: Instant,
  options: Options,
): Countdown {
  const about = { duty: duty.id, context: duty.owed_by === 'context' } as const;
  const counted = countedFrom(duty, facts, options);

  const sent = submissions.get(duty.id);
  if (sent !== undefined) {
    const late = counted?.due.is === 'at' && sent.submittedAt > counted.due.at;
    const standing = !sent.proved ? 'sent' : late ? 'met-late' : 'met';
    const { submittedAt, proved, acknowledgedAt, phase } = sent;
    return { ...about, standing, submittedAt, proved, acknowledgedAt, phase, late, counted };
  }

  const out = ruledOut(duty, facts);
  if (out !== null) return { ...about, standing: 'ruled-out', ...out };
  if (counted === null) return { ...about, standing: 'idle', why: 'not-started' };
  if (!inForce(duty, counted.startedAt, options.zone))
    return { ...about, standing: 'idle', why: 'not-in-force' };

  const left = counted.due.is === 'at' ? counted.due.at - now : null;
  const counting = counted.basis === 'recorded' ? 'running' : 'provisional';
  return { ...about, ...counted, standing: left !== null && left < 0 ? 'overdue' : counting, left };
}

/**
 * Whether the rule is law on the local day of that moment. A rule without dates is taken to be in force. A local day is
 * that of UTC or a neighbour of it, so the zone, which is slow to load, is asked only near a date of the rule.
 */
function inForce(duty: Obligation, at: Instant, zone: string): boolean {
  const covers = (day: string): boolean =>
    (duty.effective_from ?? day) <= day && day <= (duty.effective_to ?? day);
  const utc = (days: number): string | null => {
    const near = instantOrNull(at + days * 24 * HOUR);
    return near === null ? null : formatUtc(near).slice(0, 10);
  };
  const [before, after] = [utc(-1), utc(1)];
  if (before !== null && after !== null && covers(before) && covers(after)) return true;
  return covers(formatLocal(at, zone, 'date'));
}

/** Before these lengths of time a person is alerted, once each; 0 is the due moment itself. Milliseconds. */
export const thresholds = [
  24 * HOUR,
  12 * HOUR,
  6 * HOUR,
  2 * HOUR,
  HOUR,
  30 * MINUTE,
  10 * MINUTE,
  0,
] as const;
export type Threshold = (typeof thresholds)[number];

/**
 * Which thresholds a clock crosses after `from` and up to `to`: the longest first. Each is crossed in exactly one of adjoining
 * spans, so that alerting once per threshold needs no memory but the moment it last looked.
 */
export function crossed(dueAt: Instant, from: Instant, to: Instant): readonly Threshold[] {
  return thresholds.filter((length) => from < dueAt - length && dueAt - length <= to);
}

function countedFrom(
  duty: Obligation,
  facts: ReadonlyMap<string, FactView>,
  options: Options,
): Counted | null {
  const start = facts.get(duty.starts);
  const { earliestAt } = options;
  const zone = duty.zone ?? options.zone;
  const calendar = calendarOf(duty);
  const holidays = calendar === undefined ? null : options.holidays(calendar);
  const answer = answerOf(start);
  const known = start !== undefined && (answer === 'yes' || answer === 'other');
  const cap = capOf(duty, facts, earliestAt);
  if (known) {
    const startedAt = timeOf(start.value) ?? start.at;
    const due =
      cap === null
        ? within(() => dueOf(duty.period, startedAt, zone, holidays))
        : within(() => cappedDue(cap.period, startedAt, cap, zone, holidays));
    return { startedAt, startedBy: start.n, due, basis: 'recorded' };
  }
  if (answer === 'no' || !duty.provisional) return null;
  const basis = start === undefined ? 'earliest' : 'not-known-yet';
  // Nobody has said that it began, but its last limit runs already.
  if (cap !== null) {
    const due = within(() => cappedDue({ ...cap.period, hours: cap.hours }, cap.from, cap, zone, holidays));
    return { startedAt: cap.from, startedBy: null, due, basis };
  }
  const due = within(() => dueOf(duty.period, earliestAt, zone, holidays));
  return { startedAt: earliestAt, startedBy: null, due, basis };
}

/** A year that was mistyped must not take the whole board away: such a period has an end that nobody can write. */
const within = (count: () => Due): Due => {
  try {
    return count();
  } catch (error) {
    if (error instanceof RangeError) return { is: 'none', wording: BEYOND };
    throw error;
  }
};
const BEYOND = 'the period ends outside the years 0000 to 9999';

/** The calendar that the period asks for: null is that of the company's place, undefined none at all. */
function calendarOf({ period }: Obligation): string | null | undefined {
  if (period.kind === 'business-days' || period.kind === 'months') return period.calendar;
  return period.kind === 'hours' ? period.rest?.calendar : undefined;
}

type CapFrom = Cap & Readonly<{ period: Extract<Period, { kind: 'hours' }> }>;

function capOf(
  { capped, period }: Obligation,
  facts: ReadonlyMap<string, FactView>,
  earliestAt: Instant,
): CapFrom | null {
  if (capped === undefined || period.kind !== 'hours') return null;
  const first = facts.get(capped.fact);
  const said = answerOf(first);
  const from =
    first !== undefined && (said === 'yes' || said === 'other')
      ? (timeOf(first.value) ?? first.at)
      : earliestAt;
  return { from, hours: capped.hours, period };
}

/** The answer to "when?" is a time with its offset. Any other answer started the duty when the fact happened. */
const timeOf = (value: Json): Instant | null => (typeof value === 'string' ? parseInstant(value) : null);

function ruledOut(
  duty: Obligation,
  facts: ReadonlyMap<string, FactView>,
): { fact: string; by: number; why: string | null } | null {
  const start = facts.get(duty.starts);
  if (start !== undefined && answerOf(start) === 'no') return { fact: duty.starts, by: start.n, why: null };
  for (const rule of duty.ruled_out_by) {
    const view = facts.get(rule.fact);
    if (view !== undefined && isRuledOut(rule, view)) return { fact: rule.fact, by: view.n, why: rule.why };
  }
  return null;
}
