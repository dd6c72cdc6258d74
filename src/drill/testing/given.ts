import { parseInstant } from '../../base/instant.ts';
import type { Answer } from '../../model/command.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { AnswerKind } from '../../model/runbook.ts';
import type { Known } from '../../model/scenario.ts';

/** What a fact is, as the step that asks it has it answered. */

export type FactKind = AnswerKind | null;

/** Null for a fact that no step asks. The choice of a decision is a fact like any other. */
export const kindOfFact = (fact: string, steps: readonly PlannedStep[]): FactKind => {
  const asking = steps.find((step) => (step.kind === 'ask' || step.kind === 'decide') && step.fact === fact);
  if (asking?.kind === 'decide') return 'choice';
  return asking?.kind === 'ask' ? asking.answer : null;
};

/** `earliest` stands for a time that the file names once. */
export const momentOf = (text: string, earliest: string) =>
  parseInstant(text === 'earliest' ? earliest : text);

const byItself = (value: Exclude<Known, null>, earliest: string): Answer => {
  if (typeof value === 'boolean') return { is: 'yes-no', value };
  if (typeof value === 'number') return { is: 'number', value };
  if (typeof value !== 'string') return { is: 'items', ids: value };
  const at = momentOf(value, earliest);
  return at === null ? { is: 'text', text: value } : { is: 'time', at };
};

/** One that does not fit the kind is taken for what it is by itself; the lint has said so. */
export const givenAnswer = (kind: FactKind, value: Known, earliest: string): Answer => {
  if (value === null) return { is: 'unknown' };
  if (typeof value === 'string' && kind === 'choice') return { is: 'choice', id: value };
  if (typeof value === 'string' && (kind === 'text' || kind === 'long-text'))
    return { is: 'text', text: value };
  if (typeof value === 'string' && kind === 'items') return { is: 'items', ids: [value] };
  if (typeof value === 'number' && kind === 'range')
    return { is: 'range', about: value, from: value, to: value, basis: 'Counted' };
  return byItself(value, earliest);
};
