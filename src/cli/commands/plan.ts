import type { PlanPreview } from '../../app/contract.ts';
import { hasNoRow } from '../../model/plan.ts';
import { packWords } from '../../projections/pack.ts';
import type { Run } from '../spec.ts';
import { manualLines, planLines } from '../words.ts';
import { askedFor } from './next.ts';

export const plan: Run = async (context, input) => {
  const preview = await (await context.app('definitions')).plan(input.arg(0));
  if (context.print.json) {
    const { runbook, title, sha256, steps, plan: bound } = preview;
    context.print.object('plan', {
      runbook,
      title,
      sha256,
      ...(bound.pack === undefined ? {} : { pack: bound.pack }),
      steps: steps.map(({ step, prepared }) => ({ ...step, prepared })),
    });
    return 0;
  }
  for (const line of previewLines(preview)) context.print.line(line);
  return 0;
};

function previewLines({ runbook, title, plan: bound, steps, sha256 }: PlanPreview): readonly string[] {
  const acts = steps.filter(({ step }) => step.kind === 'act' && step.effect !== 'reads');
  const final = acts.filter(({ step }) => step.kind === 'act' && !step.reversible);
  return [
    `DRY RUN ${runbook}: ${title} (nothing is changed)`,
    ...[packWords(bound)].filter((words) => words !== null),
    `${steps.length} steps, ${acts.length} change something, ${final.length} cannot be undone${final.length === 0 ? '' : `: ${final.map(({ step }) => step.id).join(', ')}`}`,
    ...bound.never.map((text) => `NEVER: ${text}`),
    ...bound.phases.flatMap((phase) => [
      '',
      `${phase.id.toUpperCase()}: ${phase.title}`,
      ...steps.filter(({ step }) => step.phase === phase.id).flatMap(stepPreview),
    ]),
    '',
    `plan sha256 ${sha256}`,
  ];
}

function stepPreview({ step, prepared }: PlanPreview['steps'][number]): readonly string[] {
  const condition = step.when === null ? '' : ` (only when ${step.when})`;
  const head = `  ${step.id}: ${step.title}${condition}`;
  if (step.kind !== 'act') return [head, ...askedFor({ step })];
  if (prepared === null) {
    const byHand = manualLines({ where: 'by hand', steps: [step.fallback], record: step.verify });
    return [
      head,
      ...(step.from_fact === null || hasNoRow(step)
        ? byHand
        : [`    targets are chosen by the answer to ${step.from_fact}`]),
    ];
  }
  return [head, `    effect: ${step.effect}`, ...planLines(prepared).map((line) => `    ${line}`)];
}
