import type { Findings, ScoredData } from '../severity.ts';
import type { Facts } from './factors.ts';
import { FEW, handsOf, lossOf, unreadable, type Hands } from './risk.ts';

/** The factors in the words of the ENISA tables, so that they can be scored. Where factors say less than a table asks, the higher row. */
export function findingsOf(facts: Facts): Findings {
  const { breach, identifiable, malicious, subjects } = facts;
  const loss = lossOf(facts);
  const felt = facts.service_impact === 'significant' || facts.service_impact === 'major';
  return {
    data: scoredData(facts),
    ease: identifiable === 'low' ? 'negligible' : 'maximum',
    confidentiality: confidentiality[handsOf(facts)](facts),
    integrity: breach.includes('integrity')
      ? ({ none: 'restored', timely: 'restored', late: 'recoverable', lost: 'unrecoverable' } as const)[loss]
      : 'untouched',
    availability:
      breach.includes('availability') || felt
        ? ({ none: 'copy', timely: 'copy', late: 'temporary', lost: 'lost' } as const)[loss]
        : 'untouched',
    intent: malicious ? 'malicious' : 'none',
    individuals: individuals(subjects),
    unintelligible: unreadable(facts),
  };
}

/** A number that can be stood for: the least where that is many already, else the most that it can be. */
const individuals = ({ least, most }: Facts['subjects']): number | null =>
  least > FEW ? least : Number.isFinite(most) ? most : null;

function scoredData(facts: Facts): Findings['data'] {
  const { special_categories, financial, national_id, vulnerable, data } = facts;
  const plain = data === 'basic_contact' && special_categories === false ? 1 : 2;
  const simple: ScoredData = { type: 'simple', dpc: vulnerable ? 4 : plain };
  return [
    simple,
    // An identity number beside financial data is what a fraud needs.
    ...(financial ? [{ type: 'financial', dpc: national_id ? 4 : 3 } as const] : []),
    ...(special_categories === true ? [{ type: 'sensitive', dpc: 4 } as const] : []),
    ...(special_categories === 'marginal_health' ? [{ type: 'sensitive', dpc: 2 } as const] : []),
  ];
}

const known = (): Findings['confidentiality'] => 'known-recipients';
const many = (): Findings['confidentiality'] => 'unknown-recipients';
const confidentiality: Readonly<Record<Hands, (facts: Facts) => Findings['confidentiality']>> = {
  none: ({ breach }) => (breach.includes('confidentiality') ? 'exposed' : 'untouched'),
  sworn: known,
  bound: known,
  circle: known,
  stranger: known,
  looked: many,
  insider: known,
  anybody: many,
};
