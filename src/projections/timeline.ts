import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { isAboutDrill } from '../incident/drilled.ts';
import { isAboutPerson } from '../incident/person-clocks.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Basis, EventKind, Recorded, Reveal } from '../model/event.ts';
import type { PhaseId } from '../model/names.ts';
import { answerOf, isRuledOut, type Obligation } from '../model/obligation.ts';
import { stepsOf, type PlannedStep } from '../model/plan.ts';
import { bothTimes } from './facts.ts';
import type { TimelineContext, TimelineRow } from './row.ts';
import { personEffect } from './person-words.ts';
import { sentence } from './sentences.ts';

export { timelineContext, type TimelineContext, type TimelineRow } from './row.ts';

/** One entry as a line. Total: every kind has its sentence, and what is sealed reads `[sealed]`. */
export function timelineRow(entry: Recorded, reveal: Reveal, context: TimelineContext): TimelineRow {
  const step = stepOf(entry, context);
  const happened = occurred(entry);
  const says = sentence(entry, reveal, context);
  const serves = step === null ? [] : (context.steps.get(step)?.serves ?? []);
  const fromPerson = happened.occurredBasis !== 'tool' && happened.occurredAt !== null;
  return {
    n: entry.n,
    kind: entry.kind,
    ...happened,
    recordedAt: entry.recorded_at,
    actor: entry.actor,
    role: context.roleAt(entry.actor, entry.n),
    what: says.what,
    detail: says.detail ?? '',
    result: says.result ?? '',
    outcome: says.outcome ?? 'n/a',
    why: says.why ?? '',
    phase: phaseOf(step, context),
    step,
    targets: targetsOf(entry, context),
    clock: clockEffect(entry, context),
    obligations: [...dutiesOf(entry, context), ...serves],
    evidence: evidenceOf(entry),
    lagMs: fromPerson ? entry.recorded_at - (happened.occurredAt ?? entry.recorded_at) : null,
    source: sourceOf(entry),
    corrects: 'corrects' in entry.pub ? entry.pub.corrects : null,
    star: starred(entry, step, context),
    hash: entry.hash,
  };
}

type Occurred = Pick<TimelineRow, 'occurredAt' | 'occurredFidelity' | 'occurredBasis'>;

const nobodySaid: Occurred = { occurredAt: null, occurredFidelity: 'unknown', occurredBasis: null };
const inTheTool = (at: Instant): Occurred => ({
  occurredAt: at,
  occurredFidelity: 'exact',
  occurredBasis: 'tool',
});
const told = (at: Instant, basis: Basis): Occurred => ({
  occurredAt: at,
  occurredFidelity: at % MINUTE === 0 ? 'minute' : 'exact',
  occurredBasis: basis,
});

/** Kinds that a person writes down after they happened, saying when only in words, if at all. */
const writtenDown: ReadonlySet<EventKind> = new Set<EventKind>([
  'fact.ruled_out',
  'decision.made',
  'duty.proved',
  'contact.called',
]);

type ToldEntry = Recorded<
  'note.added' | 'duty.submitted' | 'duty.acknowledged' | 'clock.opened' | 'clock.corrected'
>;
const toldKinds: ReadonlySet<EventKind> = new Set<ToldEntry['kind']>([
  'note.added',
  'duty.submitted',
  'duty.acknowledged',
  'clock.opened',
  'clock.corrected',
]);
const toldAfterwards = (entry: Recorded): entry is ToldEntry => toldKinds.has(entry.kind);

function occurred(entry: Recorded): Occurred {
  if (entry.kind === 'fact.learned' || entry.kind === 'fact.corrected')
    return told(entry.pub.at, entry.pub.basis);
  if (toldAfterwards(entry)) return told(entry.pub.at, 'told');
  if (entry.kind === 'evidence.added' || entry.kind === 'act.verified') return inTheTool(entry.pub.at);
  const byHand = entry.kind === 'step.finished' && entry.pub.how === 'by-hand';
  const settled = entry.kind === 'act.outcome' && entry.pub.by === 'person';
  return byHand || settled || writtenDown.has(entry.kind) ? nobodySaid : inTheTool(entry.recorded_at);
}

function stepOf(entry: Recorded, { state }: TimelineContext): string | null {
  if ('step' in entry.pub) return entry.pub.step;
  return entry.kind === 'fact.corrected' ? stepThatAsked(entry.pub.fact, state) : null;
}

/** A correction belongs to the step that asked in the first place. */
function stepThatAsked(fact: string, { plan }: IncidentState): string | null {
  const asks = (step: PlannedStep): boolean =>
    (step.kind === 'ask' || step.kind === 'decide') && step.fact === fact;
  return plan === null ? null : (stepsOf(plan).find(asks)?.id ?? null);
}

const phaseOf = (step: string | null, { steps }: TimelineContext): PhaseId | null =>
  step === null ? null : (steps.get(step)?.phase ?? null);

function targetsOf(entry: Recorded, context: TimelineContext): readonly string[] {
  if ('target' in entry.pub) return [entry.pub.target];
  if (entry.kind === 'credential.given' || entry.kind === 'credential.made') return [entry.pub.credential];
  return entry.kind === 'step.finished' ? (context.targetsOf.get(entry.pub.step) ?? []) : [];
}

function dutiesOf(entry: Recorded, context: TimelineContext): readonly string[] {
  if ('duty' in entry.pub) return entry.pub.duty === null ? [] : [entry.pub.duty];
  if ('clock' in entry.pub) return [entry.pub.clock];
  if ('fact' in entry.pub) return touched(entry.pub.fact, context).map(({ id }) => id);
  return [];
}

const touched = (fact: string, { duties }: TimelineContext): readonly Obligation[] =>
  [...duties.values()].filter(
    (duty) => duty.starts === fact || duty.ruled_out_by.some((rule) => rule.fact === fact),
  );

const evidenceOf = (entry: Recorded): readonly string[] =>
  'evidence' in entry.pub && entry.pub.evidence !== null ? [entry.pub.evidence] : [];

function clockEffect(entry: Recorded, context: TimelineContext): string {
  if (isFact(entry)) return factEffect(entry, context);
  if (entry.kind === 'incident.opened')
    return `provisional clocks count from ${bothTimes(entry.pub.earliest_at, context.zone)}`;
  if (entry.kind === 'duty.submitted') return `${entry.pub.duty} submitted; met once proof is recorded`;
  if (isAboutPerson(entry)) return personEffect(entry, context.zone);
  if (entry.kind === 'duty.proved') return `${entry.pub.duty} met at the instant of submission`;
  return entry.kind === 'duty.acknowledged' ? `${entry.pub.duty} acknowledged` : '';
}

type FactEntry = Recorded<'fact.learned'> | Recorded<'fact.corrected'> | Recorded<'fact.ruled_out'>;

const isFact = (entry: Recorded): entry is FactEntry =>
  entry.kind === 'fact.learned' || entry.kind === 'fact.corrected' || entry.kind === 'fact.ruled_out';

function factEffect(entry: FactEntry, context: TimelineContext): string {
  const { fact } = entry.pub;
  // The sign that provisional clocks count from: an earlier one moves it back, only a correction moves it forward.
  if (fact === 'earliest-sign' && entry.kind !== 'fact.ruled_out' && entry.pub.known) {
    const counts = entry.kind === 'fact.corrected' || entry.pub.at <= context.state.earliestAt;
    return counts ? `provisional clocks count from ${bothTimes(entry.pub.at, context.zone)}` : '';
  }
  const duties = touched(fact, context);
  if (duties.length === 0) return '';
  const now = context.state.facts.get(fact);
  if (now !== undefined && now.n !== entry.n && !now.earlier.includes(entry.n))
    return `no effect: entry ${now.n} stands`;
  const known = entry.kind === 'fact.ruled_out' || entry.pub.known;
  const value = entry.kind === 'fact.ruled_out' ? null : entry.pub.value;
  const view = { known, value, ruledOut: entry.kind === 'fact.ruled_out' };
  const answer = answerOf(view);
  const started = duties.filter((duty) => duty.starts === fact).map(({ id }) => id);
  const ended = duties
    .filter((duty) => duty.ruled_out_by.some((rule) => rule.fact === fact && isRuledOut(rule, view)))
    .map(({ id }) => id);
  const words = { yes: 'starts', no: 'rules out', unknown: 'leaves provisional', other: 'starts' } as const;
  return [
    ...(started.length > 0 ? [`${words[answer]} ${started.join(', ')}`] : []),
    ...(ended.length > 0 ? [`rules out ${ended.join(', ')}`] : []),
  ].join('; ');
}

const byTheTool: ReadonlySet<EventKind> = new Set<EventKind>([
  'definition.frozen',
  'plan.adopted',
  'act.intent',
  'act.by_hand',
  'act.kept',
  'act.verified',
  'rotation.begun',
  'credential.made',
  'rotation.ended',
  'engine.recovered',
  'engine.taken_over',
  'origin.changed',
  'export.written',
  'anchor.made',
  'anchor.copied',
  'anchor.failed',
  'anchor.lost',
  'journal.contradicted',
  'key.lost',
  'clock.jump',
  'alert.rung',
  'alert.failed',
]);

function sourceOf(entry: Recorded): TimelineRow['source'] {
  if (entry.kind === 'drill.acknowledged') return 'person';
  if (isAboutDrill(entry)) return 'inject';
  if (entry.kind === 'act.outcome') return entry.pub.by;
  if (entry.kind === 'step.finished')
    return entry.pub.how === 'acted' || entry.pub.how === 'waited' ? 'tool' : 'person';
  return byTheTool.has(entry.kind) ? 'tool' : 'person';
}

const alwaysStarred: ReadonlySet<EventKind> = new Set<EventKind>([
  'incident.opened',
  'incident.closed',
  'severity.set',
  'override.taken',
  'approval.given',
  'hold.set',
  'hold.lifted',
  'content.destroyed',
  'review.given',
  'evidence.waived',
  'duty.submitted',
  'duty.proved',
  'duty.acknowledged',
  'clock.corrected',
  'clock.extended',
  'drill.scored',
  'drill.sprung',
  'drill.stopped',
  'anchor.lost',
  'journal.contradicted',
  'journal.acknowledged',
  'key.lost',
  'key.accepted',
  'clock.jump',
]);

/** What the summary keeps: chosen by a star of the runbook or of a person, by what weighs anyway, never by deletion. */
function starred(entry: Recorded, step: string | null, context: TimelineContext): boolean {
  if (alwaysStarred.has(entry.kind)) return true;
  if (entry.kind === 'note.added' || entry.kind === 'decision.made') return entry.pub.star;
  if (entry.kind === 'act.verified') return entry.pub.proof === 'refuted' || stepStar(step, context);
  if (entry.kind === 'step.finished' || entry.kind === 'step.skipped') return stepStar(step, context);
  return isFact(entry) && clockEffect(entry, context) !== '';
}

const stepStar = (step: string | null, { steps }: TimelineContext): boolean =>
  step !== null && (steps.get(step)?.star ?? false);
