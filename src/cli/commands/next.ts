import type { OpenIncident, View } from '../../app/contract.ts';
import { doubtsNow } from '../../projections/doubts.ts';
import { approvalLines } from '../../projections/people.ts';
import type { Context } from '../context.ts';
import { doubtJson, doubtLines } from '../doubts.ts';
import type { Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { manualLines, stepWord } from '../words.ts';

type StepView = View['progress']['steps'][number];

export const next: Run = async (context, input) =>
  await tellNext(context, await context.incident(input.args[0] ?? null));

/** The one step to take now, with what is needed to take it without the app. */
export async function tellNext(context: Context, incident: OpenIncident): Promise<number> {
  const view = incident.view();
  const { progress } = view;
  const { current, next: following, done, total } = progress;
  const unsure = current?.status === 'unsure' ? doubtsNow(view, current.step.id) : [];
  const manual = current?.step.kind === 'act' ? await incident.manual(current.step.id) : [];
  if (context.print.json) {
    const step =
      current === null ? null : { ...current.step, status: current.status, because: current.because };
    context.print.object('next', {
      incident: incident.id,
      step,
      done,
      total,
      following: following?.step.id ?? null,
      manual,
      in_doubt: unsure.map(doubtJson),
    });
    return 0;
  }
  if (current === null) {
    context.print.line(`Nothing is left to do (${done} of ${total} steps done).`);
    return 0;
  }
  for (const line of stepLines(current)) context.print.line(line);
  for (const line of doubtLines(unsure)) context.print.line(line);
  const approval = incident.view().people.approvals.find((one) => one.step === current.step.id)?.approval;
  for (const text of approval === undefined
    ? []
    : approvalLines(approval, (at) => bothTimes(at, incident.view().zone)))
    context.print.line(`    approval: ${text}`);
  for (const { target, manual: way } of manual) {
    context.print.line(`    by hand, ${target}:`);
    for (const line of manualLines(way)) context.print.line(line);
  }
  // Asked first: running a step that may have happened is the second best answer.
  context.print.line(`    firebreak ${unsure.length > 0 ? 'status --recheck' : commandOf(current)}`);
  context.print.say(
    `${done} of ${total} steps done${following === null ? '' : `; then ${following.step.id}: ${following.step.title}`}`,
  );
  return 0;
}

/** A step as a person alone needs it: what, why, who, how long, how to know that it worked, the way by hand. */
export function stepLines({ step, status, because }: StepView): readonly string[] {
  return [
    `${stepWord[status]} ${step.id}: ${step.title}`,
    ...(because === '' ? [] : [`    ${because}`]),
    `    why: ${step.why}`,
    `    who: ${step.role}, ${step.minutes} min`,
    ...askedFor({ step }),
    `    worked when: ${step.verify}`,
    `    otherwise: ${step.fallback}`,
  ];
}

export function askedFor({ step }: Pick<StepView, 'step'>): readonly string[] {
  switch (step.kind) {
    case 'act':
      return step.targets.map(
        ({ item, instance }) => `    target: ${item}${instance === null ? ' (by hand)' : ` via ${instance}`}`,
      );
    case 'ask':
      return [
        `    question: ${step.question}`,
        ...step.choices.map(({ id, title }) => `      ${id}: ${title}`),
      ];
    case 'decide':
      return [
        `    question: ${step.question}`,
        ...step.options.map(({ id, title, consequence }) => `      ${id}: ${title} (${consequence})`),
      ];
    case 'do':
      return [
        `    do: ${step.instruction}`,
        `    write down: ${step.record}`,
        ...(step.undo === undefined ? [] : [`    put back: ${step.undo}`]),
      ];
    case 'write':
      return [`    letter: ${step.letter}`];
    case 'wait':
      return [`    waits for: ${step.fact ?? `${step.for_minutes ?? 0} min`}`];
  }
}

/** The command that takes this step. */
export function commandOf({
  step,
  targets,
}: Pick<StepView, 'step'> & Partial<Pick<StepView, 'targets'>>): string {
  switch (step.kind) {
    case 'act':
      return targets?.length === 0 && step.from_fact === null
        ? `done ${step.id} "what you saw"`
        : `run ${step.id}`;
    case 'ask':
      return step.answer === 'secret' ? `done ${step.id} --secrets-stdin` : `done ${step.id} --answer VALUE`;
    case 'decide':
      return `decide ${step.id} --option ID --why TEXT`;
    case 'do':
      return step.submits === null
        ? `done ${step.id} "what you saw"`
        : `done ${step.id} "what was sent" --reference PROOF`;
    case 'write':
      return `done ${step.id}`;
    case 'wait':
      return `done ${step.id} "what ended the wait"`;
  }
}
