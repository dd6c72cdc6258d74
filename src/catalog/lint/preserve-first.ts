import type { PhaseId } from '../../model/names.ts';
import type { RunbookSource, StepSource } from '../../model/runbook.ts';
import type { Findings, Vocabulary } from './finding.ts';

/** What leaves the company there touches no system under suspicion. */
const TELLING: ReadonlySet<PhaseId> = new Set(['notify', 'review']);

/** An action that nobody knows is taken for one that changes something. */
const changes = (step: StepSource, actions: Vocabulary['actions']): boolean => {
  if ('do' in step) return (step.do.effect ?? 'reads') !== 'reads';
  if (!('act' in step)) return false;
  const action = actions.get(step.act.action);
  return action === undefined || (action.effect !== 'reads' && action.creates !== true);
};

/** FB004 and FB020: where evidence comes first, each step that changes something names all of it in `preserve`. */
export function lintPreserveFirst(runbook: RunbookSource, { actions }: Vocabulary, findings: Findings): void {
  const first = runbook.preserve_first ?? [];
  const ids = runbook.phases.flatMap(({ steps }) => steps.map(({ id }) => id));
  for (const [i, id] of first.entries()) findings.reference(['preserve_first', i], 'step', id, ids);
  for (const [p, phase] of runbook.phases.entries()) {
    if (TELLING.has(phase.id)) continue;
    for (const [s, step] of phase.steps.entries()) {
      const lacking = first.filter((id) => step.id !== id && step.preserve?.includes(id) !== true);
      if (lacking.length > 0 && changes(step, actions))
        findings.error(
          'FB020',
          ['phases', p, 'steps', s],
          'this changes a system under suspicion before its evidence is kept',
          `name ${lacking.map((id) => `\`${id}\``).join(', ')} in \`preserve\``,
        );
    }
  }
}
