import type { Outdated } from '../incident/approvals.ts';
import { saysOther } from '../incident/letter-facts.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { IncidentParts } from './parts.ts';

/**
 * Whoever agrees to a letter agrees to what it says: once a fact of it is another, the request is for words that would no longer leave, and
 * others are asked anew.
 */
export const outdatedIn =
  ({ ledger, frozen }: Pick<IncidentParts, 'ledger' | 'frozen'>): Outdated =>
  (step, { facts }) => {
    const letter = letterOf(step, frozen);
    const source = letter === null ? undefined : frozen.letters[letter]?.source;
    return source !== undefined && saysOther(source, facts, ledger.state().facts);
  };

/** The letter that leaves with this step: the one it writes, or that of the duty it submits. */
const letterOf = (step: PlannedStep, { rules }: IncidentParts['frozen']): string | null => {
  if (step.kind === 'write') return step.letter;
  if (step.kind !== 'do' || step.submits === null) return null;
  return rules.find(({ id }) => id === step.submits)?.letter ?? null;
};
