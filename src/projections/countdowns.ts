import { unreachable } from '../base/assert.ts';
import type { Holidays } from '../base/calendar.ts';
import { HOUR } from '../base/duration.ts';
import { formatLocal, formatUtc, instantOrNull, type Instant } from '../base/instant.ts';
import { countdown, type Countdown, type Counted } from '../incident/countdown.ts';
import { sentBefore, sentFacts } from '../incident/follow-on.ts';
import { personFacts } from '../incident/person-clocks.ts';
import type { IncidentState, SubmissionState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';
import type { LetterSource } from '../model/letter.ts';
import type { FactView, Obligation, Reading, Standing } from '../model/obligation.ts';
import { SEALED } from './facts.ts';
import { changedSince } from './told.ts';

/**
 * One duty as a person reads it: to whom, until when, why it counts from where it does. Instants are UTC milliseconds,
 * `dueLocal` and `dueUtc` the same moment as text.
 */
export type ClockView = Readonly<{
  duty: string;
  /** What the company calls the request of the one person whose clock it is; `[sealed]` without the key, null for every other. */
  about: string | null;
  regime: string;
  title: string;
  to: string;
  owedBy: Obligation['owed_by'];
  /** The other party by name, where the clock is context only. */
  owedByName: string | null;
  /** Another party owes it: shown so that nobody is surprised, never the next thing to do. */
  context: boolean;
  standing: Standing;
  /** Counted from the earliest known time because nobody has yet recorded or ruled out the start. Also true when overdue so. */
  provisional: boolean;
  startedAt: Instant | null;
  /** The journal entry that started it, or ruled it out. */
  startedBy: number | null;
  /** The fact that starts the clock. */
  starts: string;
  /** A sentence: why the clock counts from there, or why it does not count. */
  startedBecause: string;
  /** The last moment that is in time; null where the rule has no number or nothing counts. */
  due: Instant | null;
  dueLocal: string | null;
  dueUtc: string | null;
  /** Milliseconds to the due moment, negative once late; null without a due moment, or once submitted. */
  leftMs: number | null;
  /** The rule's own words where it has no number: "without undue delay". Never turned into one. */
  wording: string | null;
  submittedAt: Instant | null;
  proved: boolean;
  late: boolean;
  acknowledgedAt: Instant | null;
  /** Number of the latest submission in phases; null before the first. */
  phase: number | null;
  /** Proved to have arrived, and nobody there has said that they have it. Null where nothing is waited for. */
  awaiting: Awaiting | null;
  /** Facts of its letter that are others than at the last submission; null before the first. */
  changed: number | null;
  source: string;
  version: string;
  confidence: Obligation['confidence'];
  region: string | null;
  note: string | null;
  readings: readonly Reading[];
  letter: string | null;
  /** Key of contacts.yaml `for`: whom to ring. */
  contact: string | null;
}>;

/** `since` is the last submission. `due` only where the rule gives the other side a time; `overdue` once it is over. */
export type Awaiting = Readonly<{ since: Instant; ageMs: number; due: Instant | null; overdue: boolean }>;

export type ClockOptions = Readonly<{
  /** IANA zone in which days begin and end, and in which times are shown. */
  zone: string;
  holidays: (calendar: string | null) => Holidays | null;
  reveal?: Reveal;
  /** The letter of a duty by its name: what was told is compared with now by its elements. */
  letter?: (id: string) => LetterSource | null;
}>;

/**
 * Every clock of the incident at one moment, in the order a tired person needs: late ones, then by due moment, then duties
 * without a number, then what was sent and not proved, then other parties' clocks, then what is over.
 */
export function clocks(
  state: IncidentState,
  obligations: readonly Obligation[],
  now: Instant,
  options: ClockOptions,
): readonly ClockView[] {
  const counting = { ...options, earliestAt: state.earliestAt };
  const sent = sentFacts(state, obligations);
  const facts: ReadonlyMap<string, FactView> =
    state.personClocks.size + sent.size === 0
      ? state.facts
      : new Map<string, FactView>([...state.facts, ...personFacts(state), ...sent]);
  const named = (id: string): string | null => {
    const opened = state.personClocks.get(id);
    return opened === undefined ? null : (options.reveal?.({ n: opened.n, name: 'ref' }) ?? SEALED);
  };
  return obligations
    .map((duty) => {
      const standing = countdown(duty, facts, state.submissions, now, counting);
      const told = state.submissions.get(duty.id);
      const letter = duty.letter === undefined ? null : (options.letter?.(duty.letter) ?? null);
      return viewOf(duty, named(duty.id), standing, options.zone, {
        awaiting: awaitingOf(duty, told, now),
        changed: changedSince(duty, letter, state.facts, told),
        recorded: recordedOf(state, duty),
      });
    })
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.due ?? 0) - (b.due ?? 0) ||
        certainty(a) - certainty(b) ||
        urgency(a) - urgency(b) ||
        (a.duty < b.duty ? -1 : 1),
    );
}

/** What is due next: the first clock that we owe and that still counts. Null when nothing does. */
export const nextClock = (views: readonly ClockView[]): ClockView | null =>
  views.find((view) => rank(view) <= 2) ?? null;

/** A standing as one word on a screen or in a table. */
export const standingWord: Readonly<Record<Standing, string>> = {
  idle: 'not started',
  provisional: 'PROVISIONAL',
  running: 'running',
  overdue: 'LATE',
  sent: 'SENT, NOT PROVED',
  met: 'met',
  'met-late': 'met, late',
  'ruled-out': 'ruled out',
};

function rank(view: ClockView): number {
  const { standing } = view;
  if (standing === 'idle') return 7;
  if (standing === 'ruled-out') return 6;
  if (standing === 'met' || standing === 'met-late') return 5;
  if (view.context) return 4;
  if (standing === 'sent') return 3;
  if (standing === 'overdue') return 0;
  return view.due === null ? 2 : 1;
}

/** Of two duties without a moment, the one that somebody has started comes first. */
const certainty = ({ provisional }: ClockView): number => (provisional ? 1 : 0);

/** The rule names no moment because it wants no time lost: such a duty is due from its start until it is done. */
export const dueAtOnce = ({ wording }: Pick<ClockView, 'wording'>): boolean =>
  wording !== null && /^(?:at once|immediately|without undue delay)/.test(wording);

/** Words of urgency come before words that name no time at all. */
const urgency = (view: ClockView): number => (view.wording === null || dueAtOnce(view) ? 0 : 1);

/** Waited for after the last submission alone: whoever answered to a later one has the earlier ones too. */
function awaitingOf(duty: Obligation, sent: SubmissionState | undefined, now: Instant): Awaiting | null {
  const last = sent?.each.at(-1);
  if (last === undefined || last.proofs.length === 0 || last.acknowledged !== null) return null;
  if (duty.no_acknowledgement === true || duty.owed_by === 'context') return null;
  const hours = duty.acknowledge_within?.hours;
  const due = hours === undefined ? null : instantOrNull(last.at + hours * HOUR);
  const { at: since } = last;
  return { since, ageMs: Math.max(0, now - since), due, overdue: due !== null && due < now };
}

function viewOf(
  duty: Obligation,
  about: string | null,
  at: Countdown,
  zone: string,
  { recorded, ...told }: Pick<ClockView, 'awaiting' | 'changed'> & Readonly<{ recorded: string }>,
): ClockView {
  const counted = countedOf(at);
  const due = counted?.due.is === 'at' ? counted.due.at : null;
  const sent = at.standing === 'sent' || at.standing === 'met' || at.standing === 'met-late' ? at : null;
  return {
    duty: duty.id,
    about,
    regime: duty.regime,
    title: duty.title,
    to: duty.to,
    owedBy: duty.owed_by,
    owedByName: duty.owed_by_name ?? null,
    context: at.context,
    standing: at.standing,
    starts: duty.starts,
    provisional: counted !== null && counted.basis !== 'recorded',
    startedAt: counted?.startedAt ?? null,
    startedBy: at.standing === 'ruled-out' ? at.by : (counted?.startedBy ?? null),
    // Told when asked: whoever only wants to know what is due next need not wait for time zones.
    get startedBecause() {
      return because(duty, at, counted, zone, recorded);
    },
    due,
    get dueLocal() {
      return due === null ? null : formatLocal(due, zone);
    },
    dueUtc: due === null ? null : formatUtc(due),
    leftMs: 'left' in at ? at.left : null,
    wording: duty.period.kind === 'none' ? duty.period.wording : null,
    submittedAt: sent?.submittedAt ?? null,
    proved: sent?.proved ?? false,
    late: sent?.late ?? at.standing === 'overdue',
    acknowledgedAt: sent?.acknowledgedAt ?? null,
    phase: sent?.phase ?? null,
    ...told,
    source: duty.source,
    version: duty.version,
    confidence: duty.confidence,
    region: duty.region ?? null,
    note: duty.note ?? null,
    readings: duty.readings ?? [],
    letter: duty.letter ?? null,
    contact: duty.contact ?? null,
  };
}

function countedOf(at: Countdown): Counted | null {
  if (at.standing === 'idle' || at.standing === 'ruled-out') return null;
  return 'counted' in at ? at.counted : at;
}

const orSubmitted = ({ after = [] }: Obligation): string =>
  after.length === 0 ? '' : `, or that ${after.join(' or ')} was submitted`;

/** What the entry that starts it records: the fact, or the submission that it follows on. */
const recordedOf = (state: IncidentState, duty: Obligation): string => {
  const before = sentBefore(state, duty);
  return before === null ? `"${duty.starts}"` : `that ${before.duty} was submitted`;
};

/** `recorded`: what the entry that started it says. */
function because(
  duty: Obligation,
  at: Countdown,
  counted: Counted | null,
  zone: string,
  recorded: string,
): string {
  if (at.standing === 'idle') {
    return at.why === 'not-in-force'
      ? 'the rule is not in force on that day'
      : `starts when somebody records "${duty.starts}"${orSubmitted(duty)}`;
  }
  if (at.standing === 'ruled-out')
    return `ruled out by entry ${at.by} ("${at.fact}")${at.why === null ? '' : `: ${at.why}`}`;
  if (counted === null) return `nothing recorded when "${duty.starts}" began`;
  const beyond =
    counted.due.is === 'none' && duty.period.kind !== 'none' ? `; ${counted.due.wording}: correct it` : '';
  const from = `${formatLocal(counted.startedAt, zone)}${beyond}`;
  switch (counted.basis) {
    case 'recorded':
      return `counted from ${from}, because entry ${counted.startedBy} records ${recorded}`;
    case 'earliest':
      return `provisional: counted from the earliest known time, ${from}, until somebody records or rules out "${duty.starts}"`;
    case 'not-known-yet':
      return `provisional: counted from the earliest known time, ${from}, because "${duty.starts}" was answered with not known yet`;
    default:
      return unreachable(counted.basis);
  }
}
