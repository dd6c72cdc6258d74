import type { DrillSource } from '../../model/drill.ts';
import type { Move } from '../../model/move.ts';
import type { StepSource } from '../../model/runbook.ts';
import type { Path } from '../yaml.ts';
import type { Findings } from './finding.ts';

/** The move must fit the kind of step: an answer for a question, an option that exists for a decision. */
export function lintMove(
  step: StepSource,
  move: Move,
  path: Path,
  findings: Findings,
  drill: DrillSource,
): void {
  if ('skip' in move) return;
  if ('secrets' in move) {
    for (const [i, name] of move.secrets.entries())
      findings.reference(
        [...path, 'secrets', i],
        'secret in this drill',
        name,
        Object.keys(drill.secrets ?? {}),
      );
    if (!('ask' in step) || step.ask.answer !== 'secret')
      findings.error('FB004', path, 'this step asks for no secret');
    return;
  }
  const asks = 'answer' in move || 'range' in move || 'unknown' in move || 'rule_out' in move;
  if (asks && !('ask' in step)) findings.error('FB004', path, 'this step asks nothing');
  if ('ask' in step && !asks)
    findings.error('FB004', path, 'this step asks a question: give answer, range or unknown');
  if (('unknown' in move || 'rule_out' in move) && 'ask' in step && step.ask.unknown !== true)
    findings.error('FB004', path, '"not known yet" is no answer to this step');
  if (
    'range' in move !== ('ask' in step && step.ask.answer === 'range') &&
    !('unknown' in move) &&
    !('rule_out' in move) &&
    asks
  ) {
    findings.error('FB004', path, 'a range answers a question for a range, and nothing else does');
  }
  if ('decide' in move) {
    if (!('decide' in step)) findings.error('FB004', path, 'this step decides nothing');
    else
      findings.reference(
        [...path, 'decide'],
        'option',
        move.decide,
        step.decide.options.map(({ id }) => id),
      );
  } else if ('decide' in step)
    findings.error('FB004', path, 'this step is a decision: give decide and because');
}
