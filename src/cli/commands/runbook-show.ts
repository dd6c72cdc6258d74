import type { CompiledRunbook } from '../../app/contract.ts';
import { packWords } from '../../projections/pack.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Run } from '../spec.ts';
import { askedFor } from './next.ts';

export const show: Run = async (context, input) => {
  const { summary, sha256, plan } = (await context.app('definitions')).compiled(input.arg(0));
  if (context.print.json) {
    context.print.object('runbook', { id: plan.runbook, summary, sha256, plan });
    return 0;
  }
  context.print.line(`${plan.runbook} ${plan.version} (${plan.severity}): ${plan.title}`);
  const pack = packWords(plan);
  if (pack !== null) context.print.line(pack);
  // Whoever wrote it may have broken it into lines; those of the tool alone begin at the edge.
  context.print.block(summary.trimEnd().replaceAll('\n', '\n  '));
  for (const text of plan.never) context.print.line(`NEVER: ${text}`);
  for (const phase of plan.phases) {
    context.print.line();
    context.print.line(`${phase.id.toUpperCase()}: ${phase.title} (${phase.goal})`);
    for (const step of phase.steps)
      context.print.line(`  ${step.id}: ${step.title} [${step.kind}, ${step.role}, ${step.minutes} min]`);
  }
  return 0;
};

/** Markdown for paper: what is needed when neither the network nor this program can be had. */
export const printed: Run = async (context, input) => {
  context.print.block(paper((await context.app('definitions')).compiled(input.arg(0))));
  return 0;
};

function paper({ summary, sha256, plan }: CompiledRunbook): string {
  const phases = plan.phases.flatMap((phase) => [
    `## ${phase.title}`,
    '',
    phase.goal,
    '',
    ...phase.steps.flatMap(stepOnPaper),
  ]);
  return [
    `# ${plan.title}`,
    '',
    ...(packWords(plan) === null ? [] : [`**${packWords(plan) ?? ''}**`, '']),
    summary,
    '',
    ...plan.never.map((text) => `**Never:** ${text}\n`),
    ...phases,
    `Version ${plan.version}, plan ${sha256.slice(0, 16)}. Not legal advice.`,
    '',
  ].join('\n');
}

function stepOnPaper(step: PlannedStep): readonly string[] {
  return [
    `### [ ] ${step.title}`,
    '',
    `${step.why} *${step.role}, ${step.minutes} minutes.*`,
    '',
    ...askedFor({ step }).map((line) => `- ${line.trim()}`),
    `- by hand: ${step.fallback}`,
    `- worked when: ${step.verify}`,
    '',
    'Time: ________  By: ________  Result: ________________________________',
    '',
  ];
}
