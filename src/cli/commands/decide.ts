import { askLine, reasonFor } from '../ask.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';
import { commandOf } from './next.ts';
import { viewOfStep } from './step.ts';

export const decide: Run = async (context, input) => {
  const incident = await context.writable();
  const view = incident.view();
  const { step } = viewOfStep(view, input.arg(0));
  if (step.kind !== 'decide') throw usage(`this step decides nothing: firebreak ${commandOf({ step })}`);
  const ids = step.options.map(({ id }) => id);
  const wanted = { what: step.question, flags: `--option ${ids.join('|')}` };
  const option =
    input.text('option') ?? (await askLine(context, `${step.question} (${ids.join(', ')})`, wanted));
  if (!ids.includes(option)) throw usage(`choose one of ${ids.join(', ')}`);
  const rationale = await reasonFor(context, input.text('why'), step.question);
  const objections = input.text('objections');
  const command = {
    do: 'decide',
    step: step.id,
    option,
    rationale,
    decider: input.text('decider') ?? view.actor,
    ...(objections === null ? {} : { objections }),
  } as const;
  return await record(context, incident, command, `DECIDED ${step.id}: ${option}`);
};
