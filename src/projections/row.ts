import type { Instant } from '../base/instant.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Basis, EventKind } from '../model/event.ts';
import type { PhaseId, Role } from '../model/names.ts';
import type { Obligation } from '../model/obligation.ts';
import { stepsOf, type PlannedStep } from '../model/plan.ts';

/**
 * One line of the timeline, one a journal entry. Texts are as they were given, foreign ones among them: every sink escapes
 * for itself. Instants are UTC milliseconds, `lagMs` milliseconds.
 */
export type TimelineRow = Readonly<{
  n: number;
  kind: EventKind;
  /** When it happened. Null when nobody said so: the time of writing it down is not put in its place. */
  occurredAt: Instant | null;
  /** How exactly `occurredAt` is known: `minute` for a time that a person gave without seconds. */
  occurredFidelity: 'exact' | 'minute' | 'unknown';
  /** How it is known; `tool`: it happened in the tool, by the tool's own clock. */
  occurredBasis: Basis | 'tool' | null;
  recordedAt: Instant;
  actor: string;
  role: Role | null;
  /** A plain sentence. */
  what: string;
  detail: string;
  /** In words; empty where there is nothing to succeed or fail. */
  result: string;
  /** The same for machines. */
  outcome: 'ok' | 'fail' | 'unsure' | 'n/a';
  why: string;
  phase: PhaseId | null;
  step: string | null;
  targets: readonly string[];
  /** What it does to a legal clock, in words. */
  clock: string;
  /** Duties and items of law it serves: `gdpr.33-1`, `pci:12.10.5`. */
  obligations: readonly string[];
  evidence: readonly string[];
  /** From happening to being written down, for what a person recorded; null where the time of happening is not known. */
  lagMs: number | null;
  source: 'tool' | 'person' | 'inject';
  corrects: number | null;
  star: boolean;
  hash: string;
}>;

/** What a row needs to know of the whole incident; made once, used for every row. */
export type TimelineContext = Readonly<{
  state: IncidentState;
  zone: string;
  /** The inventory's or the contact list's name for an id; null where it has none. */
  titles: (id: string) => string | null;
  steps: ReadonlyMap<string, PlannedStep>;
  duties: ReadonlyMap<string, Obligation>;
  /** Who held a role when an entry was written: nobody has one before they took it, or after somebody else did. */
  roleAt: (person: string, n: number) => Role | null;
  /** What each step was run on. */
  targetsOf: ReadonlyMap<string, readonly string[]>;
}>;

export const timelineContext = (
  state: IncidentState,
  obligations: readonly Obligation[],
  zone: string,
  titles: (id: string) => string | null,
): TimelineContext => ({
  state,
  zone,
  titles,
  steps: new Map((state.plan === null ? [] : stepsOf(state.plan)).map((step) => [step.id, step])),
  duties: new Map(obligations.map((duty) => [duty.id, duty])),
  roleAt: rolesByTime(state.team.held),
  targetsOf: targetsByStep(state),
});

type Held = Readonly<{ role: Role; from: number; until: number }>;

/** Of several that somebody holds, the one that was taken last. */
function rolesByTime(held: IncidentState['team']['held']): TimelineContext['roleAt'] {
  const byPerson = new Map<string, Held[]>();
  const ends = new Map<Role, number>();
  for (const { n, role, person } of held.toReversed()) {
    const mine = byPerson.get(person) ?? [];
    mine.push({ role, from: n, until: ends.get(role) ?? Infinity });
    byPerson.set(person, mine);
    ends.set(role, n);
  }
  return (person, n) => byPerson.get(person)?.find(({ from, until }) => from <= n && n < until)?.role ?? null;
}

function targetsByStep(state: IncidentState): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { step, target } of state.acts.values()) {
    if (step === null) continue;
    const targets = found.get(step) ?? new Set();
    found.set(step, targets.add(target));
  }
  return new Map([...found].map(([step, targets]) => [step, [...targets]]));
}
