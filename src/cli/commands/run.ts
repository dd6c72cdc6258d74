import type { RotationPlan } from '../../app/contract.ts';
import { otherWay } from '../../app/other-way.ts';
import { waysToEnd } from '../../app/rotation-words.ts';
import type { OpenIncident } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Context } from '../context.ts';
import { perform } from '../consent.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { commandOf } from './next.ts';
import { manualLines } from '../words.ts';
import { viewOfStep } from './step.ts';

export const runStep: Run = async (context, input) => {
  const byHand = input.flag('by-hand');
  const incident = byHand ? await context.incident() : await context.writable();
  const step = viewOfStep(incident.view(), input.arg(0));
  if (byHand) return await tellByHand(context, incident, step.step.id);
  if (step.step.kind !== 'act') throw usage(`a person does this step: firebreak ${commandOf(step)}`);
  if (step.targets.length === 0) throw withoutTarget(step.step);
  return await perform(
    context,
    incident,
    async () => {
      const prepared = await incident.prepare(step.step.id);
      const rotation = await otherWay(incident, prepared);
      for (const line of rotation === null ? [] : otherLines(rotation, step.step.id)) context.print.say(line);
      return prepared;
    },
    input,
  );
};

/** Said before the plan, which is the short way: what each way breaks, and for how long. */
const otherLines = (plan: RotationPlan, step: string): readonly string[] => [
  ...waysToEnd(plan).flatMap(({ id, title, radius }) => [
    `WAY ${id}: ${title}`,
    ...radius.map((text) => `      ${text}`),
  ]),
  `      firebreak rotate ${plan.item} --step ${step}`,
];

/** The page of each target, whether or not the tool could do it. */
async function tellByHand({ print }: Context, incident: OpenIncident, step: string): Promise<number> {
  const pages = await incident.manual(step);
  if (print.json) {
    print.object('manual', { incident: incident.id, step, pages });
    return 0;
  }
  for (const { target, manual } of pages)
    for (const line of [`${target}, by hand:`, ...manualLines(manual)]) print.line(line);
  print.say(`When it is done: firebreak done ${step} "what you saw"`);
  return 0;
}

/** An action on nothing is never done in silence. */
function withoutTarget({ id, from_fact: fact, targets }: Extract<PlannedStep, { kind: 'act' }>): Problem {
  const why =
    fact === null || targets.length === 0
      ? `no row of the inventory fits; do it by hand, then: firebreak done ${id} "what you saw"`
      : `it works on the answer to ${fact}, which names nothing yet`;
  return new Problem('step-not-ready', { step: id, why });
}

export const undoStep: Run = async (context: Context, input: Input) => {
  const incident = await context.writable();
  const id = input.arg(0);
  // What was paused or revoked outside a runbook is named by its row of the inventory.
  const isStep = incident.view().progress.steps.some(({ step }) => step.id === id);
  const prepare = async () =>
    isStep ? await incident.prepareUndo(id) : await incident.prepareItem(id, 'undo');
  return await perform(context, incident, prepare, input);
};
