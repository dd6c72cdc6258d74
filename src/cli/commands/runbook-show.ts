import { packWords } from '../../projections/pack.ts';
import type { Run } from '../spec.ts';

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
