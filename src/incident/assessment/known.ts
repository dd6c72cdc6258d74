import type { Json } from '../../base/canonical.ts';
import type { Assess, PlannedStep } from '../../model/plan.ts';
import type { FactState, IncidentState } from '../state.ts';
import { assess, type Assessment, type Point } from './assess.ts';
import { factorNames, type Factor } from './factors.ts';

/** What the rules on notifying say about an incident, from its recorded facts and what its runbook knows of such breaches. */
export type Advice = Readonly<{
  about: Assess['about'];
  point: Point;
  /** The option of the step that the advice means. */
  option: string;
  severity: Assessment['severity'];
  /** What is not known, decisive first, each with the fact that would say it. */
  open: readonly Readonly<{ fact: string; text: string; decisive: boolean }>[];
  /** The facts it was drawn from, and those that nobody knows yet: a decision rests on both. */
  facts: readonly string[];
  warnings: readonly string[];
}>;

/** Facts that runbooks ask for under a name of their own; a yes says that much of the factor, a no says nothing about it. */
const ALSO: Readonly<Partial<Record<Factor, Readonly<{ fact: string; when: 'any' | 'yes' }>>>> = {
  subjects: { fact: 'subjects-count', when: 'any' },
  special_categories: { fact: 'special-category', when: 'any' },
  financial: { fact: 'cardholder-data-suspected', when: 'yes' },
};

/** Every other factor is said by the fact of its own name: `data_unintelligible` by `data-unintelligible`. */
const factOfFactor = (factor: Factor): string => {
  const also = ALSO[factor];
  return also?.when === 'any' ? also.fact : factor.replaceAll('_', '-');
};

/** Every fact that the advice asks for. */
export const advisingFacts: readonly string[] = factorNames.flatMap((factor) => [
  factor.replaceAll('_', '-'),
  factOfFactor(factor),
]);

/** Null for a step that decides something else. */
export const adviceOn = (step: PlannedStep, { facts }: Pick<IncidentState, 'facts'>): Advice | null => {
  if (step.kind !== 'decide' || step.assess === undefined) return null;
  const { about, advised, not_advised, factors } = step.assess;
  const known = factsOf(facts);
  const found = assess({
    ...factors,
    ...Object.fromEntries(known.map(({ factor, value }) => [factor, value])),
  });
  const open = found.unknown
    .map(({ factor, text, decisive }) => ({ fact: factOfFactor(factor), text, decisive }))
    .toSorted((a, b) => Number(b.decisive) - Number(a.decisive));
  const point = found[about];
  return {
    about,
    point,
    option: point.yes ? advised : not_advised,
    severity: found.severity,
    open,
    facts: [...new Set([...known, ...open].map(({ fact }) => fact))],
    warnings: found.warnings,
  };
};

type Known = Readonly<{ factor: Factor; fact: string; value: Json }>;

/** The factors that facts speak about. What was asked and is not known is said too: it counts as unknown, not as silence. */
const factsOf = (facts: IncidentState['facts']): readonly Known[] =>
  factorNames.flatMap((factor): readonly Known[] => {
    const also = ALSO[factor];
    const own = read(facts, factor.replaceAll('_', '-'));
    if (own !== null) return [{ factor, ...own }];
    const other = also === undefined ? null : read(facts, also.fact);
    if (other === null || (also?.when === 'yes' && other.value !== true && other.value !== 'yes')) return [];
    return [{ factor, ...other, value: also?.when === 'yes' ? true : other.value }];
  });

const read = (facts: IncidentState['facts'], fact: string): Omit<Known, 'factor'> | null => {
  const found = facts.get(fact);
  return found === undefined ? null : { fact, value: said(found) };
};

/** A fact that was ruled out is a no. A text that only its key shows is known to somebody and not to the rules. */
const said = ({ known, ruledOut, value }: FactState): Json => {
  if (ruledOut) return false;
  if (!known) return null;
  return value === 'yes' ? true : value === 'no' ? false : value;
};
