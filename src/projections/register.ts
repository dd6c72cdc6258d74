import type { Instant } from '../base/instant.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';
import { decisionRecords, type DecisionRecord } from './decisions.ts';
import { factWords, type FactWords } from './facts.ts';

/**
 * The line of the register that is owed for every breach, whatever the risk: its facts, its effects and the remedial action
 * taken (GDPR Art. 33(5)). Guidelines of the authorities read into the facts the cause, what took place and which data, beside the effects the
 * consequences, and ask for the reasons of what was decided and of a delay (EDPB Guidelines 9/2022, V.A). Each answer names its entries.
 */
export type RegisterLine = Readonly<{
  codename: string;
  openedAt: Instant;
  earliestAt: Instant;
  aware: FactWords;
  facts: Readonly<Record<'nature' | 'cause' | 'subjects' | 'records' | 'people' | 'data', FactWords>>;
  /** The fact of that name, else the likely consequences that an authority is told. */
  effects: FactWords;
  /** The fact of that name, else the measures that an authority is told. */
  remedialAction: FactWords;
  /** Null where nobody gave any. Missing only where a duty was late. */
  delay: FactWords | null;
  decisions: readonly DecisionRecord[];
  /** What is still owed before the line is whole, as the law names it. */
  missing: readonly string[];
}>;

/** `late`: a duty to notify was not met in time, or is not yet and the time is over. */
export function registerLine(
  state: IncidentState,
  reveal: Reveal,
  zone: string,
  late: boolean,
): RegisterLine {
  const fact = (id: string): FactWords => factWords(state, id, reveal, zone);
  const either = (id: string, other: string): FactWords => {
    const found = fact(id);
    return found.text === null && found.entries.length === 0 ? fact(other) : found;
  };
  const delay = fact('delay-reasons');
  const owed = {
    facts: fact('nature'),
    effects: either('effects', 'consequences'),
    'remedial action': either('remedial-action', 'measures'),
  };
  return {
    codename: state.codename,
    openedAt: state.openedAt,
    earliestAt: state.earliestAt,
    aware: fact('aware'),
    facts: {
      nature: owed.facts,
      cause: fact('cause'),
      subjects: fact('subjects-count'),
      records: fact('records-count'),
      people: fact('subject-categories'),
      data: fact('data-categories'),
    },
    effects: owed.effects,
    remedialAction: owed['remedial action'],
    delay: late || delay.text !== null ? delay : null,
    decisions: decisionRecords(state, reveal, zone),
    missing: [
      ...Object.entries(owed)
        .filter(([, words]) => words.text === null)
        .map(([name]) => `Art. 33(5) ${name}`),
      ...(late && delay.text === null ? ['Art. 33(1) reasons for the delay'] : []),
    ],
  };
}
