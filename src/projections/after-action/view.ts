import { MINUTE } from '../../base/duration.ts';
import type { Instant } from '../../base/instant.ts';
import type { Progress, StepView } from '../../incident/ready.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Recorded, Reveal } from '../../model/event.ts';
import type { ClockView } from '../countdowns.ts';
import type { Turn } from '../programme/cadence.ts';
import type { Card } from '../programme/card.ts';
import type { DrillRecord } from '../programme/record.ts';
import { earlierOf, series, type Series } from './compare.ts';
import { objectiveRow, type ObjectiveRow } from './objectives.ts';
import { scenarioOf, type Scenario } from './scenario.ts';
import { beside, type BesideRow } from './timeline.ts';

/** Everything that the report after a drill says, out of its journal and those of the drills before it. */
export type AfterAction = Readonly<{
  record: DrillRecord;
  scenario: Scenario;
  company: string;
  zone: string;
  plan: string;
  /** Roles with who held them, then those who acted without one. */
  participants: readonly Readonly<{ role: string; person: string }>[];
  /** green: passed and every target met; amber: passed; red: not passed; cut short: by something real, so it says neither. */
  light: 'green' | 'amber' | 'red' | 'cut short' | 'not scored';
  objectives: readonly ObjectiveRow[];
  timeline: readonly BesideRow[];
  clocks: readonly ClockView[];
  well: readonly string[];
  hindered: readonly string[];
  /** Steps that the team may want to change in the runbook. */
  runbook: readonly string[];
  comparison: readonly Series[];
  earlier: readonly DrillRecord[];
  next: Readonly<{ programme: Turn; scenario: Turn | null }>;
}>;

export type AfterActionInput = Readonly<{
  record: DrillRecord;
  drills: readonly DrillRecord[];
  entries: readonly Recorded[];
  reveal: Reveal;
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  company: string;
  zone: string;
  next: AfterAction['next'];
}>;

export const afterAction = (input: AfterActionInput): AfterAction => {
  const { record, drills, entries, reveal, state, progress } = input;
  const { card } = record;
  const scenario = scenarioOf(entries, reveal);
  const steps = new Map(progress.steps.map((view) => [view.step.id, view]));
  const about = { entries, reveal, state, steps, scenario };
  const earlier = earlierOf(record, drills);
  return {
    record,
    scenario,
    company: input.company,
    zone: input.zone,
    plan: state.planSha256,
    participants: participantsOf(record, state),
    light: record.realEvent ? 'cut short' : lightOf(card),
    objectives: scenario.objectives.map((one) => objectiveRow(one, card, steps)),
    timeline: beside(about),
    clocks: input.clocks.filter(({ standing, context }) => standing !== 'idle' && !context),
    well: wentWell(card, about),
    hindered: gotInTheWay(card, progress, state),
    runbook: slowSteps(progress, state),
    comparison: series(record, earlier),
    earlier,
    next: input.next,
  };
};

const lightOf = (card: Card | null): AfterAction['light'] => {
  if (card === null) return 'not scored';
  if (!card.passed) return 'red';
  return card.measures.every(({ met }) => met) && card.traps.length === 0 ? 'green' : 'amber';
};

const participantsOf = (record: DrillRecord, state: IncidentState): AfterAction['participants'] => {
  const held = [...state.roles].map(([role, person]) => ({ role: String(role), person }));
  const named = new Set(held.map(({ person }) => person));
  const others = record.people.filter((person) => !named.has(person));
  return [...held, ...others.map((person) => ({ role: 'without a role', person }))];
};

type About = Readonly<{
  steps: ReadonlyMap<string, StepView>;
  state: IncidentState;
  scenario: Scenario;
  entries: readonly Recorded[];
}>;

/** Nothing to be proud of: they count what happened to a team, or what did not. */
const UNTOLD: ReadonlySet<string> = new Set(['overrides', 'taken', 'handovers']);

/** Targets that were met by a figure, and reactions that came in half the time. */
const wentWell = (card: Card | null, { state, scenario, entries }: About): readonly string[] => {
  const met = (card?.measures ?? [])
    .filter((one) => one.met && !UNTOLD.has(one.id))
    .map(({ title, value, target }) => `${title}: ${value}, target ${target}.`);
  const early = entries.flatMap((entry) => {
    if (entry.kind !== 'drill.injected') return [];
    const about = scenario.injects.find(({ id }) => id === entry.pub.inject);
    const { within } = about ?? {};
    if (within === undefined) return [];
    return (about?.expect ?? []).flatMap((step) => {
      const ended = state.steps.get(step)?.endedAt ?? null;
      if (ended === null || ended < entry.recorded_at) return [];
      const took = ended - entry.recorded_at;
      return took * 2 > within * MINUTE
        ? []
        : [`${step}: ${tenth(took)} min after the message, asked for within ${within}.`];
    });
  });
  return [...met, ...early];
};

const tenth = (ms: number): number => Math.round((ms * 10) / MINUTE) / 10;

/** About systems and steps, never about somebody. */
const gotInTheWay = (card: Card | null, progress: Progress, state: IncidentState): readonly string[] => {
  const missed = (card?.measures ?? [])
    .filter(({ met }) => !met)
    .map(({ title, value, target }) => `${title}: ${value}, target ${target}.`);
  const false_ = (card?.ends ?? [])
    .filter(({ holds }) => !holds)
    .map(({ says }) => `Not so at the end: ${says}.`);
  const unsure = progress.steps
    .filter(({ status }) => status === 'unsure')
    .map(({ step }) => `${step.id}: what the system did is not known.`);
  const byHand = progress.steps
    .filter(({ status, step }) => status === 'hand' && step.kind === 'act')
    .map(({ step }) => `${step.id}: the tool could not do it, somebody did it by hand.`);
  const waived = [...state.waived.keys()].map(
    (step) => `${step}: evidence was not taken before the step after it.`,
  );
  const lost = (card?.notMeasured ?? []).map((what) => `Not measured: ${what}.`);
  const stopped = card === null || card.stopped === null ? [] : [`It ended before its end: ${card.stopped}`];
  return [...stopped, ...missed, ...false_, ...unsure, ...byHand, ...waived, ...lost];
};

/** Twice the time-box, or left out: the runbook asks for something that this night did not have. */
const slowSteps = (progress: Progress, state: IncidentState): readonly string[] =>
  progress.steps.flatMap(({ step, status }) => {
    if (status === 'skip') return [`${step.id}: left out; is it needed, and is it said well?`];
    const { startedAt = null, endedAt = null } = state.steps.get(step.id) ?? {};
    if (startedAt === null || endedAt === null || step.minutes === 0) return [];
    const took: number = endedAt - startedAt;
    return took > 2 * step.minutes * MINUTE
      ? [`${step.id}: took ${tenth(took)} min, its time-box is ${step.minutes}.`]
      : [];
  });

/** The newest thing that the report rests on, by the machine's clock: the same journal makes the same report. */
export const asOf = ({ begunAt, items, calls }: DrillRecord): Instant =>
  Math.max(
    begunAt,
    ...items.flatMap(({ openedAt, closed }) => [openedAt, closed?.at ?? 0]),
    ...calls.map(({ at }) => at),
  ) as Instant;
