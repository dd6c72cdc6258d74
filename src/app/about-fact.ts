import { nearest } from '../catalog/nearest.ts';
import { advisingFacts } from '../incident/assessment/known.ts';
import type { FactState } from '../incident/state.ts';
import { valueOf } from '../incident/teach.ts';
import type { Answer } from '../model/command.ts';
import { stepsOf } from '../model/plan.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { IncidentParts } from './parts.ts';
import { clocksOf } from './views.ts';

const COUNTS: ReadonlySet<ClockView['standing']> = new Set(['provisional', 'running', 'overdue']);

/**
 * The duties of the company that an answer would end, by the clocks as they would stand after it. A person who ends one says why:
 * a "no" that was pressed in passing must not take a deadline away.
 */
export const endedBy = (
  { ledger, frozen, world, zone }: IncidentParts,
  fact: string,
  answer: Answer,
): readonly string[] => {
  const state = ledger.state();
  const now = world.clock.now();
  const { value, known } = valueOf(answer, state.zone);
  const learned: FactState = {
    n: state.size,
    at: now,
    recordedAt: now,
    known,
    value,
    ruledOut: false,
    by: '',
    basis: 'observed',
    earlier: [],
  };
  const facts = new Map([...state.facts, [fact, learned] as const]);
  const then = clocksOf({ ...state, facts }, frozen, now, zone);
  const left = new Set(then.filter(({ standing }) => standing !== 'ruled-out').map(({ duty }) => duty));
  return clocksOf(state, frozen, now, zone)
    .filter(({ standing, context, duty }) => COUNTS.has(standing) && !context && !left.has(duty))
    .map(({ duty }) => duty);
};

/** People in one place: there are as many of these facts as places. */
const PEOPLE = /^people-/;

/**
 * The fact that was probably meant, where nothing here is called so: no duty, no step and no letter. Null where it is known, or where
 * nothing is near it: a team may write down whatever it likes.
 */
export const meantFact = ({ ledger, frozen }: IncidentParts, fact: string): string | null => {
  const state = ledger.state();
  const duties = frozen.rules.flatMap(({ starts, ruled_out_by: out }) => [
    starts,
    ...out.map((one) => one.fact),
  ]);
  const steps = state.plan === null ? [] : stepsOf(state.plan);
  const asked = steps.flatMap((step) => (step.kind === 'ask' || step.kind === 'decide' ? [step.fact] : []));
  const known = new Set([...duties, ...asked, ...advisingFacts, ...state.facts.keys()]);
  return known.has(fact) || PEOPLE.test(fact) ? null : (nearest(fact, known)[0] ?? null);
};
