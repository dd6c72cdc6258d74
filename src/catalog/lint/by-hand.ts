import type { PhaseId } from '../../model/names.ts';
import type { StepSource } from '../../model/runbook.ts';
import { nearest } from '../nearest.ts';
import type { Path } from '../yaml.ts';
import type { Findings, Vocabulary } from './finding.ts';

type ByHand = Extract<StepSource, { do: unknown }>;

/** There a change is meant to stay, or is itself the way back. */
const STAYS: ReadonlySet<PhaseId> = new Set(['notify', 'recover', 'review']);

/** What a person does to a system, without the tool: who is rung, what it takes away, how it is put back. */
export function lintByHand(
  step: ByHand,
  path: Path,
  phase: PhaseId,
  { contacts }: Vocabulary,
  findings: Findings,
): void {
  const effect = step.do.effect ?? 'reads';
  if (effect === 'destroys-evidence' && step.preserve === undefined) lintPreserve(path, findings);
  if (effect === 'destroys-evidence' && step.confirm !== undefined && step.confirm !== 'type-target')
    findings.error(
      'FB021',
      [...path, 'confirm'],
      'what this takes away is gone for good: its confirmation is the typed name',
    );
  if (effect === 'reversible' && step.do.undo === undefined && !STAYS.has(phase))
    findings.warning(
      'FB022',
      [...path, 'do', 'effect'],
      'this can be put back, and nobody says how',
      'say it in `undo`: whoever puts it back was not there when it was changed',
    );
  lintCall(step, path, contacts, findings);
}

function lintCall(step: ByHand, path: Path, book: Vocabulary['contacts'], findings: Findings): void {
  const wanted = step.do.call;
  if (wanted === undefined || book === null) return;
  const known = book.contacts.flatMap((contact) => [contact.id, ...(contact.for ?? [])]);
  if (known.includes(wanted)) return;
  const [near] = nearest(wanted, known);
  const hint = near === undefined ? `add a row with \`for: [${wanted}]\`` : `did you mean \`${near}\`?`;
  findings.warning('FB004', [...path, 'do', 'call'], `nobody in contacts.yaml is \`${wanted}\``, hint);
}

export const lintPreserve = (path: Path, findings: Findings): void =>
  findings.error(
    'FB020',
    path,
    'this destroys evidence and preserves none before it',
    'name an earlier step in `preserve`',
  );
