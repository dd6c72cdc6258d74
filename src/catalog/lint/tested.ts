import { parseInstant } from '../../base/instant.ts';
import type { DrillSource } from '../../model/drill.ts';
import type { DutyId, ItemId } from '../../model/names.ts';
import type { AnswerKind, RunbookSource, StepSource } from '../../model/runbook.ts';
import type { Known } from '../../model/scenario.ts';
import type { Path } from '../yaml.ts';
import type { Findings } from './finding.ts';

/** What the tests of a runbook may name, and what each of its facts takes. */

export type TestedIn = Readonly<{
  runbook: RunbookSource;
  /** The rehearsal whose simulators and moves the tests begin with; without injects, traps and attackers. */
  drill: DrillSource;
  /** Null while no regulation is loaded. */
  duties: ReadonlySet<DutyId> | null;
  letters: ReadonlySet<string>;
  items: ReadonlySet<ItemId>;
}>;

/** What the steps of a runbook know of each fact; null for one that no step asks. */
type FactKinds = ReadonlyMap<string, AnswerKind | 'decision'>;

export const factsOf = (runbook: RunbookSource): FactKinds =>
  new Map(
    runbook.phases.flatMap(({ steps }) =>
      steps.flatMap((step): readonly (readonly [string, AnswerKind | 'decision'])[] => {
        if ('ask' in step) return [[step.ask.fact, step.ask.answer]];
        return 'decide' in step ? [[step.decide.fact, 'decision']] : [];
      }),
    ),
  );

const isTime = (value: Known): boolean =>
  typeof value === 'string' && (value === 'earliest' || parseInstant(value) !== null);

/** Why a value is no answer to such a question; null where it is one. */
const misfit = (kind: AnswerKind | 'decision', value: Known): string | null => {
  if (value === null) return null;
  const isText = typeof value === 'string';
  const takes: Readonly<Record<AnswerKind | 'decision', readonly [string, boolean]>> = {
    text: ['words', isText],
    'long-text': ['words', isText],
    number: ['a number', typeof value === 'number'],
    range: ['a number; from and to are answered in `moves`', typeof value === 'number'],
    'yes-no': ['true or false', typeof value === 'boolean'],
    choice: ['the id of a choice', isText],
    decision: ['the id of an option', isText],
    items: ['ids of the inventory', isText || Array.isArray(value)],
    time: ['a time with its offset', isTime(value)],
    secret: ['nothing here; a secret is given in `moves`', false],
  };
  const [what, fits] = takes[kind];
  return fits ? null : what;
};

/** A fact of the runbook with a value that fits what asks it. */
export const lintFact = (
  facts: FactKinds,
  fact: string,
  value: Known,
  path: Path,
  findings: Findings,
): void => {
  findings.reference(path, 'fact in the runbook', fact, facts.keys());
  const kind = facts.get(fact);
  const wrong = kind === undefined ? null : misfit(kind, value);
  if (wrong !== null) findings.error('FB004', path, `\`${fact}\` takes ${wrong}`);
};

/** `steps` by their ids, `order` these ids in the order of the plan. */
export type TestedAround = TestedIn &
  Readonly<{ steps: ReadonlyMap<string, StepSource>; order: readonly string[]; facts: FactKinds }>;
