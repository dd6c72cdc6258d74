import type { PlannedStep } from '../../model/plan.ts';
import { stepsOf } from '../../model/plan.ts';
import { alert, briefing, drillText, facilitator, quoted } from './kit-text.ts';
import type { KitInput } from './kit-text.ts';

/**
 * A whole scenario to begin from, out of a runbook and an inventory: the script answers every question, one trap can be walked into, and
 * what must be true at the end is asked of steps that were proved. It is meant to be rewritten, and plays as it stands.
 */
export type Kit = Readonly<Record<string, string>>;

type Act = Extract<PlannedStep, { kind: 'act' }>;
type Move = Readonly<{ move: string; secrets?: readonly string[] }>;

const reached = (step: Act, simulated: ReadonlySet<string>): readonly string[] =>
  step.targets.flatMap(({ item, action, instance }) =>
    action !== null && instance !== null && simulated.has(instance) ? [item] : [],
  );

/** The credential that a question for a leaked one is answered with: one that a later step can end. */
const leaked = (
  fact: string,
  { plan, simulated, looks }: KitInput,
  used: ReadonlySet<string>,
): string | null => {
  for (const step of stepsOf(plan)) {
    if (step.kind !== 'act' || step.from_fact !== fact) continue;
    const found = reached(step, simulated).find((item) => Object.hasOwn(looks, item) && !used.has(item));
    if (found !== undefined) return found;
  }
  return null;
};

const answerTo = (step: Extract<PlannedStep, { kind: 'ask' }>, input: KitInput, used: Set<string>): Move => {
  const unknown: Move = { move: '{ unknown: true }' };
  switch (step.answer) {
    case 'secret': {
      const row = leaked(step.fact, input, used);
      if (row !== null) used.add(row);
      if (row !== null) return { move: `{ secrets: [${row}] }`, secrets: [row] };
      return unknown;
    }
    case 'items': {
      const [row] = input.rows;
      return row === undefined || step.unknown ? unknown : { move: `{ answer: [${row}] }` };
    }
    case 'text':
    case 'long-text':
      return {
        move: `{ answer: ${quoted('What was seen, by whom and since when: write what fits your story.')} }`,
      };
    case 'number':
      return { move: '{ answer: 1 }' };
    case 'yes-no':
      return { move: '{ answer: true }' };
    case 'choice':
      return { move: `{ answer: ${step.choices[0]?.id ?? ''} }` };
    case 'time':
      return { move: '{ answer: earliest }' };
    case 'range':
      return {
        move: `{ range: { about: 100, from: 50, to: 200, basis: ${quoted('What the number rests on')} } }`,
      };
  }
};

const moveOf = (step: PlannedStep, input: KitInput, used: Set<string>): Move | null => {
  if (step.kind === 'ask') return answerTo(step, input, used);
  if (step.kind !== 'decide') return null;
  return {
    move: `{ decide: ${quoted(step.options[0]?.id ?? '')}, because: ${quoted('Say why, as you would that night')} }`,
  };
};

/** What the drill turns on: steps that end something in a system it plays; where there is none, what people do by hand. */
const critical = ({ plan, simulated }: KitInput, named: ReadonlySet<string>): readonly PlannedStep[] => {
  const always = stepsOf(plan).filter(({ when }) => when === null);
  const acts = always.filter(
    (step) =>
      step.kind === 'act' &&
      step.stops &&
      reached(step, simulated).length > 0 &&
      (step.from_fact === null || named.has(step.from_fact)),
  );
  return acts.length > 0 ? acts.slice(0, 5) : always.filter(({ kind }) => kind === 'do').slice(0, 2);
};

export const kitOf = (input: KitInput): Kit => {
  const steps = stepsOf(input.plan);
  /** One credential leaks once. */
  const used = new Set<string>();
  const moves = steps.flatMap((step) => {
    const move = moveOf(step, input, used);
    return move === null ? [] : [{ step, ...move }];
  });
  const named = new Set(
    moves.flatMap(({ step, secrets }) => (secrets === undefined || step.kind !== 'ask' ? [] : [step.fact])),
  );
  const turning = critical(input, named);
  const facts = { input, moves, turning, first: steps.slice(0, 2).map(({ id }) => id) };
  return {
    'drill.yaml': drillText(facts),
    'briefing.md': briefing(input),
    'facilitator.md': facilitator(input, turning),
    'artifacts/alert.txt': alert(input),
  };
};
