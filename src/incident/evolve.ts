import type { Instant } from '../base/instant.ts';
import type { Recorded } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import { agreed, ended, overridden } from './agreed.ts';
import { anchorsChanged, isAboutAnchors } from './anchored.ts';
import { alertsChanged, isAboutAlerts, type AlertEntry } from './alerts.ts';
import { bulletinsChanged, isAboutBulletins, type BulletinEntry } from './bulletins.ts';
import { attemptsChanged } from './batches.ts';
import { collected, isAboutLogs, type LogEntry } from './collections.ts';

import { handedChanged, isAboutHanding, type HandingEntry } from './handed.ts';
import { held, isAboutContent, type ContentEntry } from './holds.ts';
import { isAboutDrill, type DrillEntry } from './drilled.ts';
import { isAboutItem, type ItemEntry } from './improving.ts';
import { isAboutLetters, lettersChanged, type LetterEntry } from './released.ts';
import { isAboutPerson, personChanged, type PersonEntry } from './person-clocks.ts';
import { isAboutRotation, rotationsChanged } from './rotation.ts';
import type { RotationEntry } from './rotation.ts';
import { isAboutScope, scoped, type ScopeEntry } from './scoped.ts';
import { isAboutMail, sendingChanged, type MailEntry } from './sendings.ts';
import { put, unopened } from './state.ts';
import type { FactState, IncidentState, StepState } from './state.ts';
import { submissionsChanged } from './submissions.ts';
import { isAboutTeam, sooner, teamChanged, type TeamEntry } from './team.ts';

/** The only way state changes. Pure and total: the same journal always gives the same incident, with or without a key. */
export const evolve = (state: IncidentState, entry: Recorded): IncidentState => ({
  ...apart(state, entry),
  size: entry.n + 1,
});

export const fold = (entries: Iterable<Recorded>, from: IncidentState = unopened): IncidentState => {
  let state = from;
  for (const entry of entries) state = evolve(state, entry);
  return state;
};

const apart = (state: IncidentState, entry: Recorded): IncidentState => {
  if (isAboutContent(entry)) return { ...state, holds: held(state.holds, entry) };
  if (isAboutScope(entry)) return { ...state, scope: scoped(state.scope, entry) };
  if (isAboutLogs(entry)) return { ...state, collections: collected(state.collections, entry) };
  if (isAboutPerson(entry)) return { ...state, personClocks: personChanged(state.personClocks, entry) };
  if (isAboutRotation(entry)) return { ...state, rotations: rotationsChanged(state.rotations, entry) };
  if (isAboutLetters(entry)) return { ...state, ...lettersChanged(state, entry) };
  if (isAboutMail(entry)) return { ...state, ...sendingChanged(state, entry) };
  if (isAboutHanding(entry)) return { ...state, handed: handedChanged(entry) };
  if (isAboutAlerts(entry)) return { ...state, alerts: alertsChanged(state.alerts, entry) };
  if (isAboutBulletins(entry)) return { ...state, bulletins: bulletinsChanged(state.bulletins, entry) };
  if (isAboutTeam(entry)) return { ...state, ...teamChanged(state, entry) };
  if (isAboutDrill(entry) || isAboutItem(entry)) return state;
  return entry.kind === 'clock.jump' ? jumped(state, entry) : change(state, entry);
};

type Rest = Exclude<
  Recorded,
  | AlertEntry
  | BulletinEntry
  | ContentEntry
  | HandingEntry
  | DrillEntry
  | ItemEntry
  | LogEntry
  | LetterEntry
  | MailEntry
  | PersonEntry
  | RotationEntry
  | ScopeEntry
  | TeamEntry
  | Recorded<'clock.jump'>
>;

const change = (state: IncidentState, entry: Rest): IncidentState => {
  if (isAboutAnchors(entry)) return { ...state, anchors: anchorsChanged(state.anchors, entry) };
  switch (entry.kind) {
    case 'incident.opened':
      return opened(state, entry);
    case 'plan.adopted':
      return adopted(state, entry);
    case 'severity.set':
      return { ...state, severity: entry.pub.severity };
    case 'fact.learned':
    case 'fact.corrected':
    case 'fact.ruled_out':
      return { ...state, facts: factChanged(state, entry), earliestAt: earliest(state, entry) };
    case 'step.started':
    case 'step.finished':
    case 'step.skipped':
    case 'step.reopened':
      return { ...state, steps: stepChanged(state, entry), asked: ended(state.asked, entry) };
    case 'person.known':
    case 'approval.asked':
    case 'approval.given':
    case 'review.given':
      return agreed(state, entry);
    case 'act.intent':
    case 'act.by_hand':
    case 'act.kept':
    case 'act.outcome':
    case 'act.verified':
    case 'batch.intent':
    case 'batch.outcome':
      return { ...state, ...attemptsChanged(state, entry) };
    case 'evidence.waived':
    case 'override.taken':
    case 'credential.given':
    case 'decision.made':
    case 'evidence.added':
    case 'contact.called':
    case 'letters.merged':
      return listed(state, entry);
    case 'duty.submitted':
    case 'duty.proved':
    case 'duty.acknowledged':
      return { ...state, submissions: submissionsChanged(state, entry) };
    case 'incident.closed':
      return { ...state, phase: 'closed', closedAt: entry.recorded_at, closedAs: entry.pub.outcome };
    case 'definition.frozen':
    case 'note.added':
    case 'approval.used':
    case 'command.refused':
    case 'export.written':
    case 'engine.recovered':
    case 'engine.taken_over':
      return state;
  }
};

/** A clock that went back gives nobody more time for what was to end by then: such a moment moves with it. */
const jumped = (state: IncidentState, { n, pub }: Recorded<'clock.jump'>): IncidentState => ({
  ...state,
  jumps: [...state.jumps, { ...pub, n }],
  asked: new Map(
    [...state.asked].map(([entry, one]) => [
      entry,
      { ...one, expires_at: (one.expires_at + Math.min(0, pub.difference_ms)) as Instant },
    ]),
  ),
  overrides: state.overrides.map((one) => ({
    ...one,
    dueAt: (one.dueAt + Math.min(0, pub.difference_ms)) as Instant,
  })),
  team: sooner(state.team, Math.min(0, pub.difference_ms)),
});

const opened = (
  state: IncidentState,
  { pub, recorded_at, actor }: Recorded<'incident.opened'>,
): IncidentState => ({
  ...state,
  phase: 'open',
  codename: pub.codename,
  runbook: pub.runbook,
  severity: pub.severity,
  drill: pub.drill,
  zone: pub.zone,
  openedAt: recorded_at,
  openedBy: actor,
  earliestAt: pub.earliest_at,
  purpose: pub.purpose ?? 'breach',
});

/** The plan arrives in parts, because a leaf of the journal is bounded; it takes effect with the last one. */
const adopted = (state: IncidentState, { pub }: Recorded<'plan.adopted'>): IncidentState => {
  const text = (pub.part === 0 ? '' : state.planText) + pub.text;
  if (pub.part + 1 < pub.of) return { ...state, planText: text };
  const plan = planIn(text);
  if (plan === null) return { ...state, planText: '' };
  return { ...state, plan, planSha256: pub.plan_sha256, planText: '', runbook: pub.runbook };
};

/** Null for a text that is no plan: parts that do not belong together, or what another version meant by one. */
const planIn = (text: string): Plan | null => {
  try {
    const value = JSON.parse(text) as Plan | null;
    return value !== null && typeof value === 'object' && Array.isArray(value.phases) ? value : null;
  } catch {
    return null;
  }
};

type ListedEntry =
  | Recorded<'override.taken'>
  | Recorded<'evidence.waived'>
  | Recorded<'credential.given'>
  | Recorded<'decision.made'>
  | Recorded<'evidence.added'>
  | Recorded<'letters.merged'>
  | Recorded<'contact.called'>;

/** What is listed: an entry adds a row, or the newest of its kind takes the place of the one before. */
const listed = (state: IncidentState, entry: ListedEntry): IncidentState => {
  switch (entry.kind) {
    case 'override.taken':
      return {
        ...state,
        overrides: [...state.overrides, overridden(entry)],
      };
    case 'evidence.waived':
      return { ...state, waived: put(state.waived, entry.pub.preserve, entry.n) };
    case 'credential.given': {
      const { credential, fingerprint } = entry.pub;
      const before = state.credentials.get(credential) ?? [];
      return {
        ...state,
        credentials: put(state.credentials, credential, [...before, { n: entry.n, fingerprint }]),
      };
    }
    case 'decision.made':
      return {
        ...state,
        decisions: [...state.decisions, { n: entry.n, at: entry.recorded_at, by: entry.actor, ...entry.pub }],
      };
    case 'evidence.added': {
      const { evidence, sha256, size, method, at, step } = entry.pub;
      return {
        ...state,
        evidence: [...state.evidence, { n: entry.n, id: evidence, sha256, size, method, at, step }],
        collections: collected(state.collections, entry),
      };
    }
    case 'letters.merged':
      return { ...state, mailings: put(state.mailings, entry.pub.sha256, { n: entry.n, ...entry.pub }) };
    case 'contact.called':
      return { ...state, calls: [...state.calls, { n: entry.n, at: entry.recorded_at, ...entry.pub }] };
  }
};

type FactEntry = Recorded<'fact.learned'> | Recorded<'fact.corrected'> | Recorded<'fact.ruled_out'>;

/**
 * Learning twice keeps the first answer, so that nobody moves a deadline by typing again; only "not known yet" gives way
 * to an answer. A correction names the entry it corrects, and both stay.
 */
const factChanged = (state: IncidentState, entry: FactEntry): IncidentState['facts'] => {
  const before = state.facts.get(entry.pub.fact);
  const earlier = before === undefined ? [] : [...before.earlier, before.n];
  const base = { n: entry.n, recordedAt: entry.recorded_at, by: entry.actor, earlier };
  if (entry.kind === 'fact.ruled_out') {
    const fact: FactState = {
      ...base,
      at: entry.recorded_at,
      known: true,
      value: null,
      basis: 'told',
      ruledOut: true,
    };
    return put(state.facts, entry.pub.fact, fact);
  }
  const stands = before !== undefined && before.known && !before.ruledOut;
  if (entry.kind === 'fact.learned' && stands) return state.facts;
  const { at, known, value, basis } = entry.pub;
  return put(state.facts, entry.pub.fact, { ...base, at, known, value, basis, ruledOut: false });
};

/**
 * Provisional clocks count from the earliest known time. Learning of an earlier sign moves it back; only a correction with
 * its reason can move it forward.
 */
const earliest = (state: IncidentState, entry: FactEntry): Instant => {
  if (entry.kind === 'fact.ruled_out' || entry.pub.fact !== EARLIEST || !entry.pub.known)
    return state.earliestAt;
  return entry.kind === 'fact.corrected' || entry.pub.at < state.earliestAt ? entry.pub.at : state.earliestAt;
};
const EARLIEST = 'earliest-sign';

type StepEntry =
  | Recorded<'step.started'>
  | Recorded<'step.finished'>
  | Recorded<'step.skipped'>
  | Recorded<'step.reopened'>;

const stepChanged = (state: IncidentState, entry: StepEntry): IncidentState['steps'] => {
  const before = state.steps.get(entry.pub.step);
  const startedAt = before?.startedAt ?? entry.recorded_at;
  const base = { startedAt, endedAt: entry.recorded_at, n: entry.n, by: entry.actor };
  const next = (): StepState => {
    switch (entry.kind) {
      case 'step.started':
      case 'step.reopened':
        return { ...base, status: 'started', how: null, endedAt: null };
      case 'step.finished':
        return { ...base, status: 'finished', how: entry.pub.how };
      case 'step.skipped':
        return { ...base, status: 'skipped', how: null };
    }
  };
  // Starting again what has ended would hide that it ended; only `step.reopened` may do that.
  if (entry.kind === 'step.started' && before !== undefined) return state.steps;
  return put(state.steps, entry.pub.step, next());
};
