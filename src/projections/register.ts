import type { Instant } from '../base/instant.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';
import { decisionRecords, type DecisionRecord } from './decisions.ts';
import { factWords, type FactWords } from './facts.ts';

/**
 * The line of the register that is owed for every breach, whatever the risk: its facts, its effects and the remedial action
 * taken (GDPR Art. 33(5)), with why it was or was not notified. Each answer names the entries it rests on.
 */
export type RegisterLine = Readonly<{
  codename: string;
  openedAt: Instant;
  earliestAt: Instant;
  aware: FactWords;
  facts: Readonly<Record<'nature' | 'subjects' | 'records' | 'people' | 'data', FactWords>>;
  effects: FactWords;
  remedialAction: FactWords;
  decisions: readonly DecisionRecord[];
  /** What is still owed before the line is whole, as the law names it. */
  missing: readonly string[];
}>;

export function registerLine(state: IncidentState, reveal: Reveal, zone: string): RegisterLine {
  const fact = (id: string): FactWords => factWords(state, id, reveal, zone);
  const owed = {
    facts: fact('nature'),
    effects: fact('effects'),
    'remedial action': fact('remedial-action'),
  };
  return {
    codename: state.codename,
    openedAt: state.openedAt,
    earliestAt: state.earliestAt,
    aware: fact('aware'),
    facts: {
      nature: owed.facts,
      subjects: fact('subjects-count'),
      records: fact('records-count'),
      people: fact('subject-categories'),
      data: fact('data-categories'),
    },
    effects: owed.effects,
    remedialAction: owed['remedial action'],
    decisions: decisionRecords(state, reveal, zone),
    missing: Object.entries(owed)
      .filter(([, words]) => words.text === null)
      .map(([name]) => `Art. 33(5) ${name}`),
  };
}
