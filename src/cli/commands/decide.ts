import type { OpenIncident, View } from '../../app/contract.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { adviceFor, adviceLines } from '../../projections/decisions.ts';
import { askLine, reasonFor } from '../ask.ts';
import type { Context } from '../context.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { commandOf } from './next.ts';
import { viewOfStep } from './step.ts';

export const decide: Run = async (context, input) => {
  const named = input.args[0] ?? null;
  if (input.flag('advice')) return advice(context, (await context.incident()).view(), input.arg(0));
  const incident = await context.writable();
  return named === null
    ? await freely(context, input, incident)
    : await onStep(context, input, incident, named);
};

const onStep = async (
  context: Context,
  input: Input,
  incident: OpenIncident,
  named: string,
): Promise<number> => {
  const view = incident.view();
  const step = decisionStep(view, named);
  if (input.text('question') !== null || input.text('instead') !== null)
    throw usage('a step has its own question: --question and --instead are for a decision without a step');
  for (const line of input.text('option') === null ? adviceOf(step, view) : []) context.print.say(line);
  const ids = step.options.map(({ id }) => id);
  const wanted = { what: step.question, flags: `--option ${ids.join('|')}` };
  const option =
    input.text('option') ?? (await askLine(context, `${step.question} (${ids.join(', ')})`, wanted));
  if (!ids.includes(option)) throw usage(`choose one of ${ids.join(', ')}`);
  const rationale = await reasonFor(context, input.text('why'), step.question);
  const command = {
    do: 'decide',
    step: step.id,
    option,
    rationale,
    ...said(input, view),
  } as const;
  return await record(context, incident, command, `DECIDED ${step.id}: ${option}`);
};

const freely = async (context: Context, input: Input, incident: OpenIncident): Promise<number> => {
  const question =
    input.text('question') ??
    (await askLine(context, 'What is decided?', { what: 'what is decided', flags: '--question TEXT' }));
  const option =
    input.text('option') ?? (await askLine(context, question, { what: question, flags: '--option TEXT' }));
  const rationale = await reasonFor(context, input.text('why'), question);
  const instead = input.text('instead');
  if (instead !== null && !/^\d+$/.test(instead)) throw usage('--instead takes the number of an entry');
  const command = {
    do: 'decide',
    step: null,
    question,
    option,
    rationale,
    ...said(input, incident.view()),
    ...(instead === null ? {} : { instead: Number(instead) }),
  } as const;
  return await record(context, incident, command, `DECIDED: ${option}`);
};

type Decision = Extract<PlannedStep, { kind: 'decide' }>;

function decisionStep(view: View, named: string): Decision {
  const { step } = viewOfStep(view, named);
  if (step.kind !== 'decide') throw usage(`this step decides nothing: firebreak ${commandOf({ step })}`);
  return step;
}

function said(input: Input, view: View) {
  const objections = input.text('objections');
  const relies = (input.text('relies') ?? '')
    .split(',')
    .flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  const odd = relies.find((fact) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(fact));
  if (odd !== undefined) throw usage(`${odd} is no fact: facts are written like subjects-count`);
  return {
    decider: input.text('decider') ?? view.actor,
    ...(objections === null ? {} : { objections }),
    ...(relies.length === 0 ? {} : { relies }),
  };
}

const adviceOf = (step: Decision, view: View): readonly string[] => {
  const found = adviceFor(step, view.state);
  return found === null ? [] : adviceLines(found);
};

/** Reads only: both sides of what the rules say, and what they do not know. */
function advice({ print }: Context, view: View, named: string): number {
  const step = decisionStep(view, named);
  const found = adviceFor(step, view.state);
  if (print.json) {
    print.object('advice', {
      step: step.id,
      question: step.question,
      options: step.options.map(({ id, title, consequence }) => ({ id, title, consequence })),
      advised: found?.option ?? null,
      because: found?.point.because ?? [],
      against: found?.point.against ?? [],
      severity: found === null ? null : { se: found.severity.points / 100, level: found.severity.band },
      unknown: found?.open ?? [],
      facts: found?.facts ?? [],
      warnings: found?.warnings ?? [],
    });
    return 0;
  }
  print.line(step.question);
  for (const { id, title, consequence } of step.options) print.line(`  ${id}: ${title} (${consequence})`);
  if (step.advice !== '') print.line(`  runbook: ${step.advice}`);
  for (const line of found === null ? ['The rules say nothing about this question.'] : adviceLines(found))
    print.line(`  ${line}`);
  for (const warning of found?.warnings ?? []) print.say(`WARNING ${warning}`);
  return 0;
}
